"""Serialise a `PosterContent` for the Typst templates of the poster and the door sheet."""

import re
from dataclasses import replace

from ..document import PrintDocument
from ..fields import WHERE
from ..layouts import STANDARD
from ..pdf.letter_widths import Text
from ..pdf.serialise import serialise
from ..pdf.texts import NO_BREAK, clean, cut, cuts
from ..qr import group_qr
from .content import PersonToAsk, PosterContent

#: The longest word, in characters, that always fits the width of the paper in the smallest letters of name and times,
#: a column, and the caption of the QR code.
IN_LARGE, IN_A_COLUMN, IN_A_CAPTION = 20, 22, 15
#: Up to so many times, each has a line for the day and one for the time.
FEW_TIMES = 2
#: Between a day and its time, where a sentence on when it meets has a line for each.
_DAY_AND_TIME = re.compile(r", (?=(?:from )?(?:\d|noon|midnight))")


def serialise_poster(content: PosterContent, paper_size: str) -> dict[str, object]:
    """Return the content as a mapping that can be encoded as JSON. `paper_size` is "a4" or "a5"."""
    entry = content.entry
    # A list without groups has what the templates of lists share: title, dates of printing, help now.
    document = PrintDocument(
        entry.name, content.printed_on, content.good_until, entry.url, (), help_now=content.help_now
    )
    return serialise(document, STANDARD) | {
        "paper_size": paper_size,
        "name": cut(entry.name, IN_LARGE),
        "organisation": cut(entry.organisation, IN_A_COLUMN),
        "summary": cut(entry.summary, IN_A_COLUMN),
        "flags": cuts(entry.flags, IN_A_COLUMN),
        "when": [_time(words, on_one_line=len(entry.when) > FEW_TIMES) for words in entry.when if clean(words)],
        "dates": cuts(content.dates, IN_A_COLUMN),
        "notes": cuts(content.notes, IN_A_COLUMN),
        "where": cuts(entry.where, IN_A_COLUMN),
        "where_in_line": cuts([WHERE.text(entry)], IN_A_COLUMN),
        "getting_there": cuts(content.getting_there, IN_A_COLUMN),
        "has_joining": bool(content.joining),
        "joining": cuts([f"{content.joining} {content.cost}"], IN_A_COLUMN),
        "people": [_person(person) for person in content.people],
        "to_call": [_person(replace(person, address="")) for person in content.people if person.numbers],
        "checked": cut(entry.checked, IN_A_COLUMN),
        "qr": group_qr(entry.url),
        "alt": f"QR code of the address {entry.short_url}",
        "short": cut(entry.short_url, IN_A_CAPTION),
    }


def _time(words: str, on_one_line: bool) -> dict[str, object]:
    """Return when it meets: the lines of the first sentence, the day and the time, and what else is said of it."""
    first, _, more = clean(words).partition(". ")
    lines = cuts(_DAY_AND_TIME.split(first.removesuffix("."), maxsplit=1), IN_LARGE)
    return {"lines": _joined(lines) if on_one_line else lines, "more": cut(more, IN_A_COLUMN)}


def _joined(lines: list[Text]) -> list[Text]:
    """Return a day and its time as one line that breaks between them only; as two if they have too long words."""
    match lines:
        case [str(day), str(time)] if len(time) <= IN_LARGE:
            return [f"{day}, {time.replace(' ', NO_BREAK)}"]
    return lines


def _person(person: PersonToAsk) -> dict[str, object]:
    return {
        "role": cut(person.role, IN_A_COLUMN),
        "numbers": cuts(person.numbers, IN_A_COLUMN),
        "address": cut(person.address, IN_A_COLUMN),
        "note": cut(person.note, IN_A_COLUMN),
    }
