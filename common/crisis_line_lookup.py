"""Finds crisis lines by number, for people who type one into a search box."""

from .crisis_lines import SECTIONS, URGENT_LINES, CrisisLine


def lines_with_number(text: str) -> tuple[CrisisLine, ...]:
    """Return the lines whose number is all the digits of a text, whatever words are beside it; none for another number.

    The line of one nation for a crisis comes with those of the others, for nobody knows where the text is typed.
    """
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    every = dict.fromkeys(line for section in SECTIONS for line in section.lines)
    matches = tuple(
        line for line in every if digits and digits in (line.number.replace(" ", ""), line.text_number.replace(" ", ""))
    )
    return tuple(URGENT_LINES.values()) if set(matches) & set(URGENT_LINES.values()) else matches
