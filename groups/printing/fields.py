"""The fields of a printed group, once: page, PDFs, text, CSV and XLSX read their texts and labels from here."""

from collections.abc import Callable
from dataclasses import dataclass

from .document import PrintEntry

Lines = tuple[str, ...]


def _sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends in punctuation."""
    return text if text.rstrip().endswith((".", "!", "?", ":", ";")) else f"{text.rstrip()}."


def _without_comma(text: str) -> str:
    return text.rstrip(",")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a printed group. The layouts have places of their own for it, unless it is a `Fact`."""

    value: Callable[[PrintEntry], str | Lines]
    #: Heading of its column in CSV and XLSX, and the width in characters; "" for a field that has no column.
    column: str = ""
    width: int = 0
    #: Between its lines where they are one text, and how each of them ends there.
    separator: str = " "
    ended: Callable[[str], str] = str

    def lines(self, entry: PrintEntry) -> Lines:
        """Return its lines, without blank ones; () if it is unknown."""
        value = self.value(entry)
        return tuple(filter(None, (value,) if isinstance(value, str) else value))

    def text(self, entry: PrintEntry) -> str:
        return self.separator.join(map(self.ended, self.lines(entry)))


@dataclass(frozen=True, kw_only=True)
class Fact(Field):
    """A field that stands under a label, one below another, left out where it is unknown."""

    label: str
    #: The same in layouts that ask questions. Facts with the same question in PDFs stand together, under subheadings.
    question: str
    pdf_question: str
    pdf_subheading: str = ""
    #: Whether its lines are one line of the HTML page; one line of a PDF.
    runs_on_in_page: bool = False
    runs_on_in_pdf: bool = False

    def page_lines(self, entry: PrintEntry) -> Lines:
        return self._lines(entry, self.runs_on_in_page)

    def pdf_lines(self, entry: PrintEntry) -> Lines:
        return self._lines(entry, self.runs_on_in_pdf)

    def _lines(self, entry: PrintEntry, runs_on: bool) -> Lines:
        lines = self.lines(entry)
        return (self.text(entry),) if lines and runs_on else lines


WHEN = Fact(
    value=lambda entry: entry.when,
    column="When",
    width=36,
    label="When",
    question="When is it?",
    pdf_question="When is it?",
)
NEXT_DATES = Fact(
    value=lambda entry: entry.next_dates,
    column="Next dates",
    width=44,
    label="Next",
    question="When is it next?",
    pdf_question="When is it?",
    pdf_subheading="Next dates",
)
WHERE = Fact(
    value=lambda entry: entry.where,
    column="Where",
    width=44,
    separator=", ",
    ended=_without_comma,
    label="Where",
    question="Where is it?",
    pdf_question="Where is it?",
    runs_on_in_page=True,
    runs_on_in_pdf=True,
)
JOINING = Fact(
    value=lambda entry: entry.joining,
    column="How to join",
    width=36,
    label="Joining",
    question="How do I join?",
    pdf_question="How do I join?",
    runs_on_in_pdf=True,
    ended=_sentence,
)
ACCESS = Fact(
    value=lambda entry: entry.access,
    column="Access",
    width=36,
    label="Access",
    question="Getting in",
    pdf_question="What makes it easier?",
    runs_on_in_pdf=True,
    ended=_sentence,
)
COST = Fact(
    value=lambda entry: entry.cost,
    column="Cost",
    width=20,
    label="Cost",
    question="What does it cost?",
    pdf_question="What does it cost?",
)
CONTACTS = Fact(
    value=lambda entry: entry.contacts,
    column="Contact",
    width=44,
    separator="; ",
    label="Contact",
    question="Who can I ask?",
    pdf_question="Who can I ask?",
)

#: In the order of the page and of the columns.
FIELDS: tuple[Field, ...] = (
    Field(value=lambda entry: entry.name, column="Name", width=32),
    Field(value=lambda entry: entry.organisation, column="Organisation", width=28),
    Field(value=lambda entry: entry.what, column="What", width=18),
    Field(value=lambda entry: entry.flags, column="Please know", width=32),
    WHEN,
    NEXT_DATES,
    WHERE,
    JOINING,
    ACCESS,
    COST,
    CONTACTS,
    Field(value=lambda entry: entry.checked, column="Checked", width=24),
    Field(value=lambda entry: entry.url, column="Page", width=32),
)
FACTS = tuple(field for field in FIELDS if isinstance(field, Fact))
