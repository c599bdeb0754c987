"""Divide what stands at the end of easy.typ into pages: the code of the list, what is not printed, and which group is
on which page.

Page numbers that Typst has to find have it lay out every page twice. Here they are known beforehand, for heights are
foretold, and never too low. Every distance here is also in easy.typ.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import Any

from .letter_widths import Text, line_ends, pieces_of
from .one_page import CAPITAL, WIDTH, height_of_pages

#: The size of letters and of headings, and what is between the lines of a paragraph, in points.
SIZE, HEADING, LEADING = 14, 16, 7.7
#: Above a heading, what follows one, a paragraph, the name of a place, and each of its groups.
ABOVE_HEADING, BELOW_HEADING, BETWEEN, ABOVE_PLACE, IN_PLACE = 19.2, 10.4, 9.8, 14.0, 7.0
#: The least height of the code of the list and that of a module of it, and what is above the heading after it.
CODE, MODULE, BELOW_CODE = 113.4, 1.28, 22.7
#: What the bullet of a list takes of the width, with the space after it; and how far the second line of a group begins.
BULLET, HANGING = 20.0, 14.0

LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Part:
    """A heading, the code or a paragraph, in points, with what the template prints of it."""

    kind: str
    above: float
    height: float
    content: Mapping[str, Any]
    #: Whether it is on the page of the part that follows.
    is_sticky: bool = False


def last_pages(
    sections: Sequence[Mapping[str, Any]],
    left_out: Sequence[Text],
    places: Iterable[tuple[Text, Iterable[Mapping[str, Any]]]],
    qr: str,
    help_now: Sized,
) -> list[list[dict[str, Any]]]:
    """Return the parts on each page after those of the groups: none for a single group, if nothing is left out.

    A part has its `kind`, the space `above` it in points, and its `text`; a group has its `page`, and what is left out
    the `texts` of a list.
    """
    entries = [entry for section in sections for entry in section["entries"]]
    if len(entries) == 1 and not left_out:
        return []
    room = height_of_pages(help_now)
    pages: list[list[dict[str, Any]]] = [[]]
    used = 0.0
    for parts in _unbroken(_parts(sections, left_out, places, qr, entries)):
        height = sum(part.above + part.height for part in parts)
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        used += height - (0 if pages[-1] else parts[0].above)
        for part in parts:
            if part.kind == LEFT_OUT and pages[-1] and pages[-1][-1]["kind"] == LEFT_OUT:
                # One list, for screen readers.
                pages[-1][-1]["texts"] += part.content["texts"]
            else:
                pages[-1].append({"kind": part.kind, "above": part.above, **part.content})
    return pages


def _unbroken(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield what must stay on one page."""
    together: list[Part] = []
    for part in parts:
        together.append(part)
        if not part.is_sticky:
            yield together
            together = []


def _parts(
    sections: Sequence[Mapping[str, Any]],
    left_out: Sequence[Text],
    places: Iterable[tuple[Text, Iterable[Mapping[str, Any]]]],
    qr: str,
    entries: Sequence[Mapping[str, Any]],
) -> Iterator[Part]:
    numbers = {entry["code"]: number for number, entry in enumerate(entries, start=1)}
    [modules] = re.findall(r'^<svg viewBox="0 0 (\d+)', qr)
    yield _heading("This list as it is now", 0)
    yield Part("code", BELOW_HEADING, max(CODE, int(modules) * MODULE), {})
    above = BELOW_CODE
    on_more_days = [section for section in sections if section["also"]]
    if on_more_days:
        yield _heading("On more than one day", above)
        above = ABOVE_HEADING
    for number, section in enumerate(on_more_days):
        yield _paragraph("name", section["heading"], BETWEEN if number else BELOW_HEADING, bold=True)
        for words in section["also"]:
            yield _paragraph("paragraph", words, BETWEEN)
    if left_out:
        yield _heading("Not on this list", above)
        above = ABOVE_HEADING
        for number, words in enumerate(left_out):
            height = _height(words, WIDTH - BULLET)
            yield Part(LEFT_OUT, BETWEEN if number else BELOW_HEADING, height, {"texts": [words]})
    named = [(name, list(groups)) for name, groups in places]
    yield _heading("Places" if named else "In this list", above)
    for number, (name, groups) in enumerate(named):
        yield _paragraph("name", name, ABOVE_PLACE if number else BELOW_HEADING, bold=True)
        for group in groups:
            yield _group(group["name"], numbers[group["code"]], IN_PLACE)
    for number, entry in enumerate(() if named else entries):
        yield _group(entry["name"], numbers[entry["code"]], BETWEEN if number else BELOW_HEADING)


def _heading(words: str, above: float) -> Part:
    return Part("heading", above, HEADING * CAPITAL, {"text": words}, is_sticky=True)


def _paragraph(kind: str, words: Text, above: float, bold: bool = False) -> Part:
    return Part(kind, above, _height(words, WIDTH, bold=bold), {"text": words}, is_sticky=bold)


def _group(name: Text, page: int, above: float) -> Part:
    *pieces, last = pieces_of(name)
    height = _height([*pieces, f"{last.rstrip()}, ", "page ", str(page)], WIDTH - HANGING, start=-HANGING)
    return Part("group", above, height, {"text": name, "page": page})


def _height(words: Text, width: float, start: float = 0, bold: bool = False) -> float:
    lines = len(line_ends(words, width / SIZE, start / SIZE, bold))
    return lines * (SIZE * CAPITAL + LEADING) - LEADING
