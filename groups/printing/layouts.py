"""The layouts of printed lists, a `LayoutSpec` each. A new one is an entry of `LAYOUTS` and its Typst template."""

from dataclasses import dataclass

from .document import PrintEntry
from .fields import ACCESS, FACTS, NEXT_DATES, WHEN, WHERE, Fact, Lines

#: So many meetings and groups without a day are one page of a week.
WEEK_ON_A_PAGE = 14


@dataclass(frozen=True, kw_only=True)
class LayoutSpec:
    """A page design of printed lists, as a PDF, and as an HTML page unless it is a PDF only."""

    #: In the query string, and the name of the template: `pdf/<key>.typ`.
    key: str
    label: str
    #: Where layouts are chosen.
    sentence: str
    #: The most groups in a PDF: what two idle processors compile in about three seconds, in a process of half a
    #: gigabyte. Measurements: docs/adr/0029.
    most_in_pdf: int
    #: The longest word, in characters, that always fits the column of a group; longer ones are split.
    longest_word: int
    #: For a layout that only a PDF has: the sentence above the standard page, which is shown instead of its own.
    pdf_only: str = ""
    #: Whether its HTML page is printed with the long side at the top. A PDF's is in its template.
    is_landscape: bool = False
    #: Whether it begins with a timetable of the week.
    has_timetable: bool = False
    #: Whether it is divided into pages of as large letters as fill them (pdf/large.py).
    fills_pages: bool = False
    #: Whether facts stand under questions, each line by itself, and the HTML page has no headings of sections.
    has_questions: bool = False
    #: Whether a sheet is folded into leaves, on which groups are distributed beforehand.
    is_folded: bool = False
    facts: tuple[Fact, ...] = FACTS
    pdf_facts: tuple[Fact, ...] = FACTS

    @property
    def template(self) -> str:
        return f"{self.key}.typ"

    @property
    def page(self) -> "LayoutSpec":
        """The layout of its HTML page: the standard one for a layout that only a PDF has."""
        return STANDARD if self.pdf_only else self

    def page_facts(self, entry: PrintEntry) -> list[tuple[str, Lines]]:
        """Return the facts on the HTML page as (label, lines); the lines of an unknown fact are ()."""
        return [(fact.question if self.has_questions else fact.label, fact.page_lines(entry)) for fact in self.facts]

    def pdf_lines(self, fact: Fact, entry: PrintEntry) -> Lines:
        return fact.lines(entry) if self.has_questions else fact.pdf_lines(entry)


def _first(*facts: Fact) -> tuple[Fact, ...]:
    """Return all facts, these before the others."""
    return (*facts, *(fact for fact in FACTS if fact not in facts))


STANDARD = LayoutSpec(
    key="standard",
    label="Standard",
    sentence="On A4, the most groups on a page.",
    most_in_pdf=500,
    longest_word=26,
)
LAYOUTS = {
    layout.key: layout
    for layout in (
        STANDARD,
        LayoutSpec(
            key="large",
            label="Large print",
            sentence="Letters of 18 points or more, in one column.",
            most_in_pdf=300,
            longest_word=26,
            fills_pages=True,
        ),
        LayoutSpec(
            key="week",
            label="A week on a page",
            sentence="From Monday to Sunday. "
            f"As a PDF, up to {WEEK_ON_A_PAGE} meetings are one page; more take more pages.",
            most_in_pdf=500,
            longest_word=28,
            is_landscape=True,
            has_timetable=True,
        ),
        LayoutSpec(
            key="easy",
            label="One group on each page",
            sentence="Big and plain, to give to somebody.",
            most_in_pdf=500,
            longest_word=26,
            has_questions=True,
            pdf_facts=_first(WHEN, NEXT_DATES, WHERE, ACCESS),
        ),
        LayoutSpec(
            key="pocket",
            label="To fold for a pocket",
            sentence="One sheet of A4, folded twice.",
            most_in_pdf=300,
            longest_word=26,
            is_folded=True,
            pdf_only="What folds into a pocket is made as a PDF: see below. This is the list as usual.",
        ),
    )
}
