"""Divide a list in large print into runs of pages: what follows on one page, and in which size of letters.

One group takes most of a page, so pages would end anywhere. Heights are computed here, from the widths of letters:
measuring each group in Typst takes as long as setting it. The margins and gaps are those of `large.typ`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..document import PrintDocument, Section
from .letter_widths import Text, joined, measured
from .texts import cut


@dataclass(frozen=True, slots=True)
class Style:
    """The size of letters in points, and in ems the space between two lines and between two paragraphs."""

    size: int
    leading: float = 0.6
    gap: float = 0.85


@dataclass(frozen=True)
class Run:
    """Blocks that follow each other from the top of a page in one style."""

    style: Style
    #: How many: the front of the list is the first, then its sections have the groups and the cross-references of each.
    blocks: int
    #: Of each, whether it may be broken; None if it has to be measured.
    breakable: list[bool | None]


#: What the front announces: a name, when it is, and the code of the group whose page is named.
Contents = list[tuple[str, str, str]]
#: A height in points, by the style.
Height = Callable[[Style], float]

MM = 72 / 25.4
#: What a page has room for, in points, and what each crisis line above four takes of it.
WIDTH, HEIGHT, MORE_HELP = 180 * MM, 229 * MM, 8.2 * MM
#: For a group that needs it to be on one page; for others; for pages that would be left empty below.
TIGHT, USUAL = Style(18, 0.5, 0.5), Style(18)
LARGER = [Style(size) for size in range(19, 25)]
#: The share of a page that is filled: no less but on the last one, and no more where a wrong guess would cost a page.
LEAST, MOST = 0.76, 0.96
#: The share of a page that a group does not fit, though it may be some lines lower than computed.
SURELY_LONG = 1.15
#: The same where a group goes over several pages, and what each end of a page leaves empty on average.
LONG_MOST, PAGE_END = 0.9, 0.04
#: In ems: the height of a capital, the space between groups; and the letters of the title, headings and names.
CAPITAL, BETWEEN, TITLE, HEADING, NAME = 0.76, 1.2, 28 / 18, 24 / 18, 21 / 18
#: How wide QR codes and the gaps before them are, in points: of a group, and of the list, which grows with the letters.
CODE, CODE_GAP, LIST_CODE, LIST_GAP = 28 * MM, 6 * MM, 40 * MM, 8 * MM


def divide(
    document: PrintDocument, cut_sections: Iterable[Mapping[str, Any]], longest: int
) -> tuple[Contents, list[Run], list[int | None]]:
    """Return what the front announces, the runs of pages of a list, and where cross-references are.

    Those of a section are below the group of so many before it in the section, or after all if there is None. The texts
    of `cut_sections` (serialise.py) have no word that is longer than `longest`.
    """
    room = HEIGHT - max(0, len(document.help_now) - 4) * MORE_HELP
    front = _front(document, longest)
    both = zip(document.sections, cut_sections, strict=True)
    sections = [_blocks(section, words["entries"], longest, room) for section, words in both]
    blocks = [block for of_section, _ in sections for block in of_section]
    contents: Contents = []
    if blocks and front(USUAL) + blocks[0](USUAL) > room * MOST and not _is_long(blocks[0], room):
        # The first group begins a page, so the first page has room for what is in the list.
        choices = _contents(document)
        contents = next(
            (rows for rows in choices if _announcing(front, rows, longest)(USUAL) <= room * MOST),
            choices[-1],
        )
    runs = list(_runs([_announcing(front, contents, longest), *blocks], room))
    return contents, runs, [also_below for _, also_below in sections]


def _runs(blocks: list[Height], room: float) -> Iterator[Run]:
    run: list[Height] = []
    for block in blocks:
        if run and not _may_follow(run, block, room):
            yield _run(run, room)
            run = []
        run.append(block)
    # The last page may be empty below.
    last = _run(run, room)
    yield last if last.style == TIGHT else _run_in(USUAL, run, room)


def _may_follow(run: list[Height], block: Height, room: float) -> bool:
    """Whether a block begins on the page that a run ends on: if it fits there, or if it is broken anyhow.

    That would only leave the page empty below, but a page that is full without it keeps letters of its own size.
    """
    total = _total(run, USUAL, room)
    if total > 1 and not any(_is_long(before, room) for before in run):
        return False
    used = _last_page(total)
    needed = (block(USUAL) + BETWEEN * USUAL.size) / room
    return used + needed <= MOST or (used < LEAST and _is_long(block, room))


def _run(run: list[Height], room: float) -> Run:
    """Return a run in the style that fills its last page: the first that does, or else the one that fills it most."""
    if not any(_is_long(block, room) for block in run):
        return _run_in(_style_of_page(run, room), run, room)
    # In larger letters than this, a group that fits a page would not.
    whole = [block for block in run if not _is_long(block, room)]
    larger = [style for style in LARGER if all(block(style) <= room * MOST for block in whole)]
    ends = {style: _last_page(_total(run, style, room)) for style in (USUAL, *larger)}
    # What may not fit is no better than an empty page.
    fullest = max(ends, key=lambda style: ends[style] if ends[style] <= LONG_MOST else 0)
    best = next((style for style, end in ends.items() if LEAST <= end <= LONG_MOST), fullest)
    return _run_in(best, run, room)


def _style_of_page(run: list[Height], room: float) -> Style:
    if _total(run, USUAL, room) > 1:
        return TIGHT
    # The larger its letters, the higher it is: so few heights have to be computed.
    styles = (USUAL, *LARGER)
    number = bisect_left(styles, LEAST, key=lambda style: _total(run, style, room))
    if number and (number == len(styles) or _total(run, styles[number], room) > MOST):
        number -= 1
    return styles[number]


def _run_in(style: Style, run: list[Height], room: float) -> Run:
    return Run(style, len(run), [_is_breakable(block(style), room) for block in run])


def _is_breakable(height: float, room: float) -> bool | None:
    return False if height <= room * MOST else True if height > room * SURELY_LONG else None


def _is_long(block: Height, room: float) -> bool:
    """Whether a block is higher than a page."""
    return block(USUAL) > room and block(TIGHT) > room


def _total(run: list[Height], style: Style, room: float) -> float:
    """Return how many pages a run takes."""
    total = (sum(block(style) for block in run) + (len(run) - 1) * BETWEEN * style.size) / room
    return total + PAGE_END * int(total)


def _last_page(total: float) -> float:
    return total if total <= 1 else total % 1


def _blocks(
    section: Section, entries: Iterable[Mapping[str, Any]], longest: int, room: float
) -> tuple[list[Height], int | None]:
    """Return the blocks of a section, and the group that its cross-references are below: the lowest, if both fit.

    After all groups they would often have a page of their own.
    """
    blocks = [_group(entry) for entry in entries]
    if section.heading and blocks:
        blocks[0] = _under_heading(section.heading, blocks[0], longest)
    also_below = None
    if section.also:
        also = _paragraphs(section.also, longest)
        lowest = min(range(len(blocks)), key=lambda number: blocks[number](USUAL), default=None)
        both = None if lowest is None else _below(blocks[lowest], also)
        if lowest is not None and both is not None and both(TIGHT) <= room * MOST:
            blocks[lowest], also_below = both, lowest
        else:
            under = _under_heading(section.heading, also, longest)
            blocks.append(under if section.heading and not section.entries else also)
    return blocks, also_below


def _front(document: PrintDocument, longest: int) -> Height:
    title, check = (
        _Words(cut(document.title, longest), bold=True),
        _Words(cut("Please check before you travel.", longest), bold=True),
    )

    def height(style: Style) -> float:
        scale = style.size / USUAL.size
        left = WIDTH - (LIST_CODE + LIST_GAP) * scale
        width = left / style.size
        words = TITLE * title.em(width / TITLE, style) + check.em(width, style) + 4 * CAPITAL + 2 * style.gap + 4
        code = LIST_CODE * scale + (0.6 + 2 * CAPITAL + style.leading) * style.size
        return max(words * style.size, code)

    return height


def _contents(document: PrintDocument) -> list[Contents]:
    """Return what the front may announce, the most first: groups with their times, groups, or sections only."""
    names = [(entry.name, "", entry.code) for entry in document.entries]
    times = [(entry.name, "; ".join(entry.when), entry.code) for entry in document.entries]
    sections = [(section.heading, "", section.entries[0].code) for section in document.sections if section.entries]
    return [times, names, sections] if any(heading for heading, _, _ in sections) else [times, names]


def _announcing(front: Height, contents: Contents, longest: int) -> Height:
    if not contents:
        return front
    rows = [[_Words(cut(text, longest)) for text in (f"{name}, page 100", when) if text] for name, when, _ in contents]

    def height(style: Style) -> float:
        width = WIDTH / style.size - 1
        each = sum(sum(words.em(width, style) + style.leading for words in row) - style.leading for row in rows)
        return front(style) + (HEADING * CAPITAL + 2.2 + each + (len(rows) - 1) * style.gap) * style.size

    return height


def head_up_to(entry: Mapping[str, Any]) -> int:
    """Return the largest size of letters, in points, in which the head of a group is no higher than its code; else 0.

    It may be lower than computed, but not higher.
    """
    styles = (USUAL, *LARGER)
    number = bisect_right(styles, CODE, key=_head(entry))
    return styles[number - 1].size if number else 0


def _head(entry: Mapping[str, Any]) -> Height:
    under = joined(entry["organisation"], entry["what"], end=".")
    name, kind = _Words(entry["name"], bold=True), _Words(under)

    def height(style: Style) -> float:
        left = (WIDTH - CODE - CODE_GAP) / style.size
        return style.size * (NAME * name.em(left / NAME, style) + (0.6 + kind.em(left, style) if under else 0))

    return height


def _group(entry: Mapping[str, Any]) -> Height:
    head = _head(entry)
    flags = [_Words(flag, bold=True) for flag in entry["flags"]]
    facts: Sequence[tuple[str, list[Text]]] = entry["facts"]
    singles = [joined(f"{label}:", lines[0]) for label, lines in facts if len(lines) == 1]
    last = joined(joined(entry["checked"], end="."), entry["short"])
    texts = [_Words(text) for text in (entry["summary"], *singles, last) if text]
    lists = [[_Words(line) for line in lines] for _, lines in facts if len(lines) > 1]

    def height(style: Style) -> float:
        size, gap, leading = style.size, style.gap, style.leading
        width = WIDTH / size
        boxed = sum(flag.em(width - 1.2, style) + gap for flag in flags) + (1.2 if flags else 0)
        body = sum(text.em(width, style) + gap for text in texts)
        listed = sum(CAPITAL + gap + sum(line.em(width, style) + leading for line in lines) for lines in lists)
        return max(head(style), CODE) + (0.9 + boxed + body + listed) * size

    return cache(height)


def _paragraphs(texts: Iterable[str], longest: int) -> Height:
    each = [_Words(cut(text, longest)) for text in texts]
    return lambda style: sum(words.em(WIDTH / style.size, style) + style.gap for words in each) * style.size


def _below(block: Height, also: Height) -> Height:
    return lambda style: block(style) + also(style) + (BETWEEN + 0.9) * style.size


def _under_heading(heading: str, block: Height, longest: int) -> Height:
    words = _Words(cut(heading, longest), bold=True)
    return lambda style: block(style) + style.size * (0.8 + HEADING * words.em(WIDTH / style.size / HEADING, style))


class _Words:
    """A text, measured once, to be set in lines."""

    def __init__(self, text: Text, bold: bool = False) -> None:
        self._measured = measured(text, bold) if text else None

    def em(self, width: float, style: Style) -> float:
        """Return how high they are in lines of a width in ems; 0 for no words."""
        lines = self._measured.lines(width) if self._measured else 0
        return lines * CAPITAL + (lines - 1) * style.leading if lines else 0
