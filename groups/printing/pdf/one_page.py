"""Fit each group on one page of easy.typ: in letters as large as may be, and cut only if nothing else helps.

Heights are foretold here, and never too low: measuring in Typst takes longer than all the rest. Every distance here is
also in easy.typ.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from itertools import islice
from typing import Any, NamedTuple

from ..fields import ACCESS, JOINING
from .letter_widths import Measured, Text, measured, pieces_of, width_of

#: (question, [(subheading, lines)])
Answer = tuple[str, Sequence[tuple[str, Sequence[Text]]]]
#: A group as serialise.py makes it, with `questions`, and `run_on`: the same with what can be one line as one line.
Entry = dict[str, Any]


class Style(NamedTuple):
    """How the text of a page is set."""

    #: Of the letters, in points.
    size: float
    #: Between lines, in em.
    leading: float


#: The first in which a group fits is taken: each line by itself, or else what can be one line as one. In each of these
#: a group is lower than in the one before.
APART = tuple(Style(size, 0.65) for size in (24, 22, 20, 18))
RUN_ON = (Style(18, 0.65), Style(17, 0.65), Style(16, 0.6), Style(15, 0.55), Style(14, 0.5))
SMALLEST = RUN_ON[-1]
#: Inside the margins, in points: the width of a page, and the height above a foot of a few crisis lines. Each line more
#: takes `MORE_HELP`. The height is rounded down, for lines are as high as their font says.
WIDTH, HEIGHT, FEW_CRISIS_LINES, MORE_HELP = 504.5, 709.0, 4, 15.6
#: Above the first group: the size of the title in points, and the height of all that is not the title. Above the first
#: of a section: the size of the heading.
TITLE, HEAD, SECTION = 16, 73.5, 14
#: In em: the height of a capital letter; what is between paragraphs, beside the leading; above and below an answer
#: together; between it and its question; what a flag is narrower.
CAPITAL, BETWEEN, AROUND, ASIDE, FLAG = 0.76, 0.15, 1.0, 0.5, 1.0
#: The last answer has the QR code at its right: what it is narrower and how high it is at least, in points.
CODE_WIDTH, CODE_HEIGHT = 76.0, 76.0
#: In em: the size of the name, and what is below it or another heading.
NAME, BELOW_NAME = 1.3, 0.65
#: What is cut first, to so many lines.
WHAT, LAST_QUESTION = "What is it?", "Is it still on?"
NEEDED_LEAST, FEW = (WHAT, ACCESS.pdf_question, JOINING.pdf_question), 2
ELLIPSIS = "…"


def fit_pages(sections: Sequence[Mapping[str, Any]], title: Text, help_now: Sized) -> list[dict[str, Any]]:
    """Return the sections, each group with its `style` and whether it `is_cut`. The title stands above the first."""
    whole_page = height_of_pages(help_now)
    fitted = []
    for section in sections:
        heading = section["heading"]
        entries = []
        for entry in section["entries"]:
            room = whole_page - _headings(heading, SECTION)
            if title:
                room -= HEAD + _headings(title, TITLE)
            entries.append(fit(entry, room))
            title = heading = ""
        fitted.append({**section, "entries": entries})
    return fitted


def height_of_pages(help_now: Sized) -> float:
    """Return the height of a page above its foot, in points."""
    return HEIGHT - MORE_HELP * max(0, len(help_now) - FEW_CRISIS_LINES)


def fit(entry: Entry, room: float) -> Entry:
    """Return a group in the first style in which it is not higher than `room`, in points; else cut."""
    whole = {key: value for key, value in entry.items() if key != "run_on"}
    page = _measured_page(entry)
    for styles, questions in ((APART, entry["questions"]), (RUN_ON, entry["run_on"])):
        page = page.with_questions(questions)
        number = page.first_that_fits(styles, room)
        if number < len(styles):
            return whole | {"questions": questions, "style": _with_last(page, styles[number]), "is_cut": False}
    questions, over = entry["run_on"], 0
    while (too_high := page.height(SMALLEST) - room) > 0 and questions:
        over += math.ceil(too_high / SMALLEST.size / (CAPITAL + SMALLEST.leading))
        questions = _cut(entry["run_on"], over)
        page = page.with_questions(questions)
    return whole | {"questions": questions, "style": _with_last(page, SMALLEST), "is_cut": True}


class MeasuredPage(NamedTuple):
    """The texts of the page of a group, each measured once for all styles; those of answers with their starts."""

    name: Measured
    flags: list[Measured]
    last_answer: list[tuple[Measured, float]]
    answers: int = 0
    texts: Sequence[tuple[Measured, float]] = ()

    def with_questions(self, questions: Sequence[Answer]) -> "MeasuredPage":
        texts = [(measured(text), start) for text, start in _starts(questions)]
        return self._replace(answers=len(questions), texts=texts)

    def first_that_fits(self, styles: Sequence[Style], room: float) -> int:
        """Return the position of the first style, of ever smaller ones, whose page fits; their number if none does."""
        return bisect_left(styles, True, key=lambda style: self.height(style) <= room)

    def height(self, style: Style) -> float:
        """Return the height in points, or a little more."""
        leading, width = style.leading, WIDTH / style.size
        height = NAME * _height_of_bold([self.name], width / NAME, leading) + BELOW_NAME
        if self.flags:
            height += _height_of_bold(self.flags, width - FLAG, leading) + AROUND + ASIDE
        height += _height_of(self.texts, self.answers, width, leading)
        return style.size * height + self.height_of_last(style)

    def height_of_last(self, style: Style) -> float:
        width = (WIDTH - CODE_WIDTH) / style.size
        return max(CODE_HEIGHT, style.size * _height_of(self.last_answer, 1, width, style.leading))


def _measured_page(entry: Entry) -> MeasuredPage:
    """Return the page of a group without its questions."""
    short = [entry["short"]] if isinstance(entry["short"], str) else entry["short"]
    look = [*pieces_of("Look here:"), *short]
    last = _starts([(LAST_QUESTION, [("", [*filter(None, [entry["checked"]]), look])])])
    return MeasuredPage(
        name=measured(entry["name"], bold=True),
        flags=[measured(flag, bold=True) for flag in entry["flags"]],
        last_answer=[(measured(text), start) for text, start in last],
    )


def _with_last(page: MeasuredPage, style: Style) -> dict[str, float]:
    return {"size": style.size, "leading": style.leading, "last": page.height_of_last(style)}


def _headings(text: Text, size: float) -> float:
    return size * (_height_of_bold([measured(text, bold=True)], WIDTH / size, leading=0.55) + BELOW_NAME) if text else 0


def _height_of(texts: Sequence[tuple[Measured, float]], answers: int, width: float, leading: float) -> float:
    """Return the height of so many answers, each below a rule, in em."""
    lines = sum(text.lines(width, start) for text, start in texts)
    return answers * (AROUND - leading) + lines * (CAPITAL + leading) + (len(texts) - answers) * BETWEEN


def _starts(questions: Iterable[Answer]) -> Iterator[tuple[Text, float]]:
    """Yield the texts of the answers, each with where its first line begins in em: after the labels on that line."""
    for question, facts in questions:
        start = width_of(question, bold=True) + ASIDE
        for subheading, texts in facts:
            if subheading:
                start += width_of(subheading, bold=True) + ASIDE
            for text in texts:
                yield text, start
                start = 0


def _height_of_bold(texts: Sequence[Measured], width: float, leading: float) -> float:
    """Return the height of paragraphs in em of their letters, between lines so wide in em."""
    lines = sum(text.lines(width) for text in texts)
    return lines * (CAPITAL + leading) - leading + (len(texts) - 1) * BETWEEN


def _cut(questions: Sequence[Answer], over: int) -> list[Answer]:
    """Return the questions with the answers cut by so many lines: those needed least, then whichever is longest."""
    width = WIDTH / SMALLEST.size
    starts = _starts(questions)
    lines = [
        [measured(text).ends(width, start) for text, start in islice(starts, len(texts))]
        for _, facts in questions
        for _, texts in facts
    ]
    needed_least = [question in NEEDED_LEAST for question, facts in questions for _ in facts]
    limits = [sum(map(len, texts)) for texts in lines]
    for _ in range(min(over, sum(limits))):
        limits[max(range(len(limits)), key=lambda fact: _spare(limits[fact], needed_least[fact]))] -= 1
    rest = iter(zip(limits, lines, strict=True))
    cut = [
        (question, [(subheading, _cut_texts(texts, *next(rest))) for subheading, texts in facts])
        for question, facts in questions
    ]
    with_texts = [(question, [fact for fact in facts if fact[1]]) for question, facts in cut]
    return [answer for answer in with_texts if answer[1]]


def _spare(lines: int, is_needed_least: bool) -> tuple[int, int]:
    """Return how well an answer can spare one of its lines, to compare."""
    if lines > 1:
        return (3 if is_needed_least and lines > FEW else 2), lines
    return (1 if is_needed_least else 0) if lines else -1, lines


def _cut_texts(texts: Sequence[Text], limit: int, lines: Sequence[Sequence[int]]) -> list[Text]:
    """Return so many lines of texts, whose `lines` end there, with an ellipsis at the end if that is not all."""
    shown: list[Text] = []
    for text, ends in zip(texts, lines, strict=True):
        if len(ends) > limit:
            if limit:
                shown.append(pieces_of(text)[: ends[limit - 1]])
            shown[-1:] = [_with_ellipsis(last) for last in shown[-1:]]
            break
        shown.append(text)
        limit -= len(ends)
    return shown


def _with_ellipsis(text: Text) -> Text:
    """Return the text with an ellipsis in the place of its last pieces, so that it is no longer than it was."""
    pieces, removed = pieces_of(text)[:], 0.0
    while len(pieces) > 1 and removed < width_of(ELLIPSIS):
        removed += width_of(pieces.pop())
    pieces[-1] = pieces[-1].rstrip() + ELLIPSIS
    return pieces
