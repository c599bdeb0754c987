"""Template context for the HTML page of a printed list: sections, QR codes, the timetable of the week."""

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from ..choices import Weekday
from .document import PrintDocument, PrintEntry, PrintSession
from .fields import UNDER, Lines
from .layouts import WEEK_ON_A_PAGE, LayoutSpec
from .links import DocumentLinks
from .qr import group_qr, qr

#: A URL longer than this is printed as a QR code only.
TYPED = 70
#: A day of more meetings may go on over the page, so that on paper each of them has the name of the day.
MOST_ON_A_PAGE = 12


@dataclass(frozen=True)
class HtmlDocument:
    """A document and its layout, as templates render it."""

    document: PrintDocument
    layout: LayoutSpec
    links: DocumentLinks

    @property
    def sections(self) -> list[tuple[str, tuple[str, ...], list["HtmlEntry"]]]:
        if self.layout.has_questions:
            # One group a page, so no section headings.
            return [("", (), [HtmlEntry(entry, self.layout.page) for entry in self.document.entries])]
        return [
            (section.heading, section.also, [HtmlEntry(entry, self.layout.page) for entry in section.entries])
            for section in self.document.sections
        ]

    @property
    def days(self) -> list[tuple[str, list[tuple[PrintSession, PrintEntry]], bool]]:
        """The weekdays from Monday on, each with its sessions in order of time, unknown times last.

        And whether it may go on over the page.
        """
        rows = [(session, entry) for entry in self.document.entries for session in entry.sessions]
        rows.sort(key=lambda row: (row[0].starts_at or datetime.time.max, row[1].name.casefold()))
        by_day = ((day.label, [row for row in rows if row[0].weekday == day]) for day in Weekday)
        return [(label, of_day, len(of_day) > MOST_ON_A_PAGE) for label, of_day in by_day]

    @property
    def is_one_page(self) -> bool:
        """Whether it prints as the week alone, with what is needed most of each group: if it is short, as a PDF is."""
        without = len(self.without_a_day)
        meetings = sum(len(entry.sessions) for entry in self.document.entries) + without
        return self.layout.has_timetable and 0 < meetings <= WEEK_ON_A_PAGE

    @property
    def without_a_day(self) -> list[PrintEntry]:
        return [entry for entry in self.document.entries if not entry.sessions]

    @property
    def qr(self) -> SafeString:
        return mark_safe(qr(self.document.url))

    @property
    def typed_url(self) -> str:
        """The URL of the list if it is short enough to type, else ""."""
        return self.document.url if len(self.document.url) <= TYPED else ""

    @property
    def places(self) -> list[tuple[str, list[PrintEntry]]]:
        entries = {entry.code: entry for entry in self.document.entries}
        return [(place, [entries[code] for code in codes]) for place, codes in self.document.places]


@dataclass(frozen=True)
class HtmlEntry:
    """An entry, with its facts under the labels of a layout."""

    entry: PrintEntry
    layout: LayoutSpec

    @property
    def under(self) -> str:
        """What is below the name."""
        return UNDER.text(self.entry)

    @property
    def facts(self) -> list[tuple[str, Lines]]:
        return self.layout.page_facts(self.entry)

    @property
    def short_url(self) -> str:
        return self.entry.url.partition("://")[2].rstrip("/")

    @property
    def qr(self) -> SafeString:
        return mark_safe(group_qr(self.entry.url))
