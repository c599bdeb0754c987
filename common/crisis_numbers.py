"""Which crisis line somebody may want who typed a number."""

from .crisis_lines import SECTIONS, URGENT_LINES, CrisisLine


def lines_with_number(text: str) -> tuple[CrisisLine, ...]:
    """Return the lines whose number is all the digits of a text, whatever words are beside it; none for another number.

    The line of one nation for a crisis comes with those of the others, for nobody knows where the text is typed.
    """
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    every = dict.fromkeys(line for section in SECTIONS for line in section.lines)
    found = tuple(
        line for line in every if digits and digits in (line.number.replace(" ", ""), line.text_number.replace(" ", ""))
    )
    return tuple(URGENT_LINES.values()) if set(found) & set(URGENT_LINES.values()) else found
