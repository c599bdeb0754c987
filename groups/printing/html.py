"""A list as a page of the site that prints well: sections, QR codes, the days of the week."""

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from ..choices import Weekday
from .choices import Layout
from .document import PrintDocument, PrintEntry, PrintSession
from .layouts import DocumentLinks
from .qr import group_qr, qr

#: An address longer than this is for cameras only.
TYPED = 70
_LABELS = ("When", "Next", "Where", "Joining", "Access", "Cost", "Contact")
_QUESTIONS = ("When is it?", "When is it next?", "Where is it?", "How do I join?", "Getting in", "What does it cost?")
_QUESTIONS += ("Who can I ask?",)


@dataclass(frozen=True)
class HtmlDocument:
    """A list ready to be drawn in a layout."""

    paper: PrintDocument
    layout: Layout
    ways: DocumentLinks

    @property
    def style(self) -> str:
        """The layout as this page has it: what is folded is a PDF, and here it stands as usual."""
        return Layout.STANDARD if self.layout == Layout.POCKET else self.layout

    @property
    def is_pdf_only(self) -> bool:
        return self.layout == Layout.POCKET

    @property
    def sections(self) -> list[tuple[str, tuple[str, ...], list["HtmlEntry"]]]:
        if self.layout == Layout.EASY:
            # Each group is a page of its own: no heading stands over several.
            return [("", (), [HtmlEntry(entry, _QUESTIONS) for entry in self.paper.entries])]
        return [
            (section.heading, section.also, [HtmlEntry(entry, _LABELS) for entry in section.entries])
            for section in self.paper.sections
        ]

    @property
    def days(self) -> list[tuple[str, list[tuple[PrintSession, PrintEntry]]]]:
        """Monday to Sunday, with what meets then, by the clock."""
        on = [(sitting, entry) for entry in self.paper.entries for sitting in entry.sittings]
        on.sort(key=lambda one: (one[0].starts_at or datetime.time.max, one[1].name.casefold()))
        return [(day.label, [one for one in on if one[0].weekday == day]) for day in Weekday]

    @property
    def without_a_day(self) -> list[PrintEntry]:
        return [entry for entry in self.paper.entries if not entry.sittings]

    @property
    def qr(self) -> SafeString:
        return mark_safe(qr(self.paper.url))

    @property
    def typed_address(self) -> str:
        """The address of the list, where somebody could type it."""
        return self.paper.url if len(self.paper.url) <= TYPED else ""

    @property
    def places(self) -> list[tuple[str, list[PrintEntry]]]:
        entries = {entry.code: entry for entry in self.paper.entries}
        return [(place, [entries[code] for code in codes]) for place, codes in self.paper.places]


@dataclass(frozen=True)
class HtmlEntry:
    """A group of a list, with its facts under the labels of a layout."""

    entry: PrintEntry
    labels: tuple[str, ...]

    @property
    def facts(self) -> list[tuple[str, str | tuple[str, ...]]]:
        one = self.entry
        texts = (one.when, one.next_dates, ", ".join(one.where), one.joining, one.access, one.cost, one.contacts)
        return list(zip(self.labels, texts, strict=True))

    @property
    def short_address(self) -> str:
        return self.entry.url.partition("://")[2].rstrip("/")

    @property
    def qr(self) -> SafeString:
        return mark_safe(group_qr(self.entry.url))
