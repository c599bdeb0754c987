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
    separator="; ",
    label="Contact",
    question="Who can I ask?",
    pdf_question="Who can I ask?",
)

#: Under the name: the organisation, and what people do there.
UNDER = Field(value=lambda entry: (entry.organisation, entry.what), separator=". ")

#: In the order of the page and of the columns. A fact without a column has its parts in the columns after it: what lays
#: out posters (a mail merge) takes a column for a fact.
FIELDS: tuple[Field, ...] = (
    Field(value=lambda entry: entry.name, column="Name", width=32),
    Field(value=lambda entry: entry.organisation, column="Organisation", width=28),
    Field(value=lambda entry: entry.what, column="What", width=18),
    Field(value=lambda entry: entry.summary, column="About", width=44),
    Field(value=lambda entry: entry.flags, column="Please know", width=32),
    WHEN,
    Field(value=lambda entry: entry.parts.day, column="Day", width=24),
    Field(value=lambda entry: entry.parts.starts, column="Starts", width=10),
    Field(value=lambda entry: entry.parts.ends, column="Ends", width=10),
    NEXT_DATES,
    Field(value=lambda entry: entry.parts.dates[:1], column="Next date 1", width=30),
    Field(value=lambda entry: entry.parts.dates[1:2], column="Next date 2", width=30),
    Field(value=lambda entry: entry.parts.dates[2:3], column="Next date 3", width=30),
    Field(value=lambda entry: entry.parts.days_off, column="Days off", width=36),
    WHERE,
    Field(value=lambda entry: entry.parts.venue, column="Venue", width=28),
    Field(value=lambda entry: entry.parts.street, column="Street", width=28),
    Field(value=lambda entry: entry.parts.town, column="Town", width=18),
    Field(value=lambda entry: entry.parts.postcode, column="Postcode", width=13),
    JOINING,
    ACCESS,
    COST,
    CONTACTS,
    Field(value=lambda entry: entry.parts.role, column="Contact", width=24),
    Field(value=lambda entry: entry.parts.phone, column="Telephone", width=20),
    Field(value=lambda entry: entry.parts.text_number, column="Text number", width=20),
    Field(value=lambda entry: entry.parts.email, column="E-mail", width=30),
    Field(value=lambda entry: entry.parts.hours, column="When they answer", width=20),
    Field(value=lambda entry: entry.parts.other_contacts, column="Other contacts", width=44, separator="; "),
    Field(value=lambda entry: entry.parts.website, column="Website", width=28),
    Field(value=lambda entry: entry.checked, column="Checked", width=24),
    Field(value=lambda entry: entry.url, column="Page", width=32),
)
FACTS = tuple(field for field in FIELDS if isinstance(field, Fact))
