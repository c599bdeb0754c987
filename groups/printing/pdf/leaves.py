"""Distribute the groups over the leaves of pocket.typ: as many on each as fit, none of them cut if it fits a leaf.

Heights are foretold here, and never too low: measuring in Typst takes as long as all the rest. Every distance here is
also in pocket.typ.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .letter_widths import Text, line_ends, pieces_of

MM = 72 / 25.4
#: Sizes of letters: of text, of the title, of headings of sections (and of groups, where there are no sections), of
#: groups. All distances are in points.
SIZE, TITLE, HEADING, NAME = 7.8, 15, 10.5, 9.2
#: In em: the height of a capital letter, and what is between lines.
CAPITAL, LEADING = 0.76, 0.48
#: Of a leaf: its width, and the height above a foot of a few crisis lines. Each line more takes `MORE_HELP`.
WIDTH, HEIGHT, FEW_CRISIS_LINES, MORE_HELP = 91 * MM, 122 * MM, 4, 3 * MM
#: The QR code of a group, and what it takes of the width; where the text of a fact begins.
CODE, BESIDE_CODE, LABEL = 18 * MM, 21 * MM, 20.5 * MM
#: Above the text of a group, between its paragraphs, below a heading, and between groups.
INSIDE, BETWEEN, BELOW_HEADING, GAP = 2 * MM, 1.3 * MM, 1.4 * MM, 2.6 * MM
#: On the cover: below the title; the height of the rest, without a list's code that is larger than so; how to fold it.
#: With a code wider than `WIDEST_CODE` no group stands there.
BELOW_TITLE, COVER, WIDEST_CODE, FOLDING = 3 * MM, 33 * MM, 42 * MM, 12 * MM
MODULE = 0.45 * MM
#: A group that is longer than a leaf is broken after so many lines, or fewer.
LINES = 5


@dataclass
class Part:
    """A piece of a group, with its height, that is never broken."""

    height: float
    content: dict[str, Any]


@dataclass
class Leaf:
    """A page of A6, with what has been put on it."""

    left: float
    items: list[dict[str, Any]] = field(default_factory=list)

    def put(self, heading: Text, parts: Sequence[Part]) -> None:
        self.left -= _height(heading, parts) + GAP
        self.items.append({"heading": heading, "parts": [part.content for part in parts]})


def fill_leaves(
    sections: Sequence[Mapping[str, Any]], left_out: Sequence[Text], title: Text, qr: str, help_now: Sized
) -> list[list[dict[str, Any]]]:
    """Return what is on each leaf: a heading or "", and parts. The first has the cover above it."""
    height = HEIGHT - MORE_HELP * max(0, len(help_now) - FEW_CRISIS_LINES)
    name_size = NAME if any(section["heading"] for section in sections) else HEADING
    leaves = [Leaf(height - _cover(title, qr))]
    for heading, parts in _items(sections, left_out, name_size):
        if _height(heading, parts) <= leaves[-1].left:
            leaves[-1].put(heading, parts)
        elif _height(heading, parts) <= height:
            leaves.append(Leaf(height))
            leaves[-1].put(heading, parts)
        else:
            _put_broken(leaves, height, heading, list(parts))
    return [leaf.items for leaf in leaves]


def _put_broken(leaves: list[Leaf], height: float, heading: Text, parts: list[Part]) -> None:
    """Put a group that is longer than a leaf on as many as it needs, beginning on the last."""
    while parts:
        number = len(parts)
        while number and _height(heading, parts[:number]) > leaves[-1].left:
            number -= 1
        # A name stands alone only where its group has no more, or begins with what is longer than a leaf.
        number = max(1, number) if leaves[-1].left == height else number
        if number > 1 or number == len(parts) or leaves[-1].left == height:
            leaves[-1].put(heading, parts[:number])
            parts, heading = parts[number:], ""
        if parts:
            leaves.append(Leaf(height))


def _items(
    sections: Sequence[Mapping[str, Any]], left_out: Sequence[Text], name_size: float
) -> Iterator[tuple[Text, list[Part]]]:
    """Yield what must stay together: the heading of a section, if any, with the parts of its first group."""
    for section in sections:
        heading = section["heading"]
        for entry in section["entries"]:
            yield heading, list(_parts(entry, name_size))
            heading = ""
        if section["also"]:
            yield heading, [_paragraph(words) for words in section["also"]]
    if left_out:
        yield "Not on this list", [_paragraph(words) for words in left_out]


def _parts(entry: Mapping[str, Any], name_size: float) -> Iterator[Part]:
    beside_code = WIDTH - BESIDE_CODE
    kind = [*pieces_of(entry["organisation"]), ". ", *pieces_of(entry["what"])]
    ends = line_ends(entry["summary"], beside_code / SIZE)
    first, rest = entry["summary"], []
    if len(ends) > LINES:
        first, rest = pieces_of(first)[: ends[LINES - 1]], pieces_of(first)[ends[LINES - 1] :]
    heights = [_lines(text, beside_code) for text in (kind, first) if text]
    heights += [_lines(text, beside_code, bold=True) for text in entry["flags"]]
    name = _lines(entry["name"], beside_code, name_size, bold=True)
    height = max(CODE, name + BELOW_HEADING + sum(heights) + BETWEEN * (len(heights) - 1))
    words = {key: entry[key] for key in ("name", "code", "qr", "alt", "organisation", "what", "flags")}
    yield Part(height, {**words, "summary": first, "height": height})
    yield from (_paragraph(text) for text in _broken(rest, WIDTH))
    for label, lines in entry["facts"]:
        for number, texts in enumerate(_by_lines(lines)):
            height = sum(_lines(text, WIDTH - LABEL) for text in texts) + SIZE * LEADING * (len(texts) - 1)
            yield Part(height, {"label": "" if number else label, "lines": texts})
    checked = [*pieces_of(entry["checked"]), ". ", *pieces_of(entry["short"])]
    yield Part(_lines(checked, WIDTH), {key: entry[key] for key in ("checked", "url", "short")})


def _by_lines(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Yield the texts of a fact in parts of a few lines."""
    part: list[Text] = []
    count = 0
    for text in texts:
        for piece in _broken(text, WIDTH - LABEL):
            lines = len(line_ends(piece, (WIDTH - LABEL) / SIZE))
            if part and count + lines > LINES:
                yield part
                part, count = [], 0
            part.append(piece)
            count += lines
    yield part


def _broken(text: Text, width: float) -> Iterator[Text]:
    """Yield a text in parts of a few lines: itself, if it has no more."""
    ends = line_ends(text, width / SIZE)
    if len(ends) <= LINES:
        if text:
            yield text
        return
    breaks = [0, *ends[LINES - 1 : -1 : LINES], ends[-1]]
    yield from (pieces_of(text)[start:end] for start, end in pairwise(breaks))


def _paragraph(text: Text) -> Part:
    return Part(_lines(text, WIDTH), {"text": text})


def _cover(title: Text, qr: str) -> float:
    """Return the height of what is on the cover, above and below a group."""
    [modules] = re.findall(r'^<svg viewBox="0 0 (\d+)', qr)
    code = max(30 * MM, int(modules) * MODULE)
    if code > WIDEST_CODE:
        return HEIGHT
    return _lines(title, WIDTH, TITLE, bold=True) + BELOW_TITLE + max(code, COVER) + GAP + FOLDING


def _height(heading: Text, parts: Sequence[Part]) -> float:
    above = _lines(heading, WIDTH, HEADING, bold=True) + BELOW_HEADING if heading else 0
    return above + INSIDE + sum(part.height for part in parts) + BETWEEN * (len(parts) - 1)


def _lines(text: Text, width: float, size: float = SIZE, bold: bool = False) -> float:
    """Return the height of a text between lines of a width in points."""
    return size * (len(line_ends(text, width / size, bold=bold)) * (CAPITAL + LEADING) - LEADING)
