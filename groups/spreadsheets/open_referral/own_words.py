"""What descriptions and ways to join of a feed like ours are made of, as cells: text under headings, notes. Pure."""

import re

from organisations.choices import YesNo

from ...choices import Joining, Route
from ...open_referral.headings import AGREED_ON, OF_GROUP, OF_ORGANISATION, without_headings
from ..organisation_details import APPROACH, NAME_NOTE, RECOGNISES, USER_LED, USER_LED_NOTE

_COLUMNS = {
    "who_meets_you": "Who meets you",
    "do_i_have_to_talk": "Do I have to talk?",
    "can_i_bring_someone": "Can I bring someone?",
    "accessibility": "Accessibility",
    "agreement": "Group agreement",
    "how_it_came_about": "How it came about",
}
_OF_ORGANISATION = {"former_names_note": NAME_NOTE, "approach": APPROACH, "recognises": RECOGNISES}
_DATE = r"(\d{1,2} [A-Z][a-z]+ \d{4})"
_AGREED = re.compile(rf"\n\n{AGREED_ON}{_DATE}\.$")
#: What our own feed says of joining besides the group's own words: it is made of the terms.
_MADE_OF_TERMS = re.compile(
    rf"(?:{'|'.join(map(re.escape, Joining.labels))})\. ?(?:The group will tell you where to come\. ?)?"
    r"(?:[^.]+ can (?:(?:also )?refer you|do that)\. ?)?(?:You can refer yourself(?:, too)?\. ?)?"
)
_AGAIN = re.compile(rf"We will ask again on {_DATE}\.")
_NOTE = re.compile(rf"({'|'.join(map(re.escape, Route.labels))}): (.+)")


def described(description: str) -> tuple[str, dict[str, str]]:
    """Return the description of a group without the parts that have columns of their own, and the cells of these."""
    words, texts = without_headings(description, OF_GROUP)
    cells = {_COLUMNS[name]: text for name, text in texts.items()}
    if agreed := _AGREED.search(cells.get("Group agreement", "")):
        cells |= {"Group agreement": cells["Group agreement"][: agreed.start()], "Agreement made on": agreed[1]}
    return words, cells


def organisation_described(description: str) -> tuple[str, dict[str, str]]:
    """Return the description of an organisation without the parts that have cells of their own, and these cells."""
    words, texts = without_headings(description, OF_ORGANISATION)
    answer, _, note = texts.pop("user_led", "").partition("\n\n")
    is_led = {"Yes.": YesNo.YES.label, "No.": YesNo.NO.label}.get(answer, "")
    cells = {USER_LED: is_led, USER_LED_NOTE: note if is_led else answer}
    return words, cells | {_OF_ORGANISATION[name]: text for name, text in texts.items()}


def joining_cells(process: str, routes: str) -> dict[str, str]:
    """Return what is said of how to join: the group's own words, notes of its routes, and when we ask again.

    `routes` is the cell that the terms make.
    """
    made_of_terms = _MADE_OF_TERMS.match(process)
    lines = (process[made_of_terms.end() :] if made_of_terms else process).strip().split("\n")
    again = _AGAIN.fullmatch(lines[-1])
    lines = lines[:-1] if again else lines
    notes: dict[str, str] = {}
    while lines and (note := _NOTE.fullmatch(lines[-1])) and note[1] in routes.split("\n"):
        notes[note[1]] = note[2]
        lines.pop()
    ways = [f"{route}: {notes[route]}" if route in notes else route for route in routes.split("\n")]
    return {
        "More about joining": "\n".join(lines).strip(),
        "Ways in": "\n".join(ways),
        "Look again on": again[1] if again else "",
    }
