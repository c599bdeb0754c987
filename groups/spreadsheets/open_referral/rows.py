"""The rows of a feed as an import reads them: of what was read before, only what the feed says otherwise now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from common.text import fold

from ...choices import Joining, RowKind, Stage
from ...models import SourceReading, SourceRecord
from ..cells import EMPTY
from ..feed_places import OTHER_PLACES
from ..organisation_columns import CHARITY_NUMBER, ORGANISATION
from ..reader import SheetRow
from ..role_contacts import CONTACT_DETAILS
from ..row_kinds import WHAT_IT_IS
from ..row_matching import NAME
from ..row_state import AGREED, CONTACT_TITLES
from ..source_columns import FOREIGN_ID, SOURCE
from ..venue_columns import ADDRESS, POSTCODE, TOWN, VENUE
from ..venue_details import VENUE_DETAILS
from .service_rows import WHEN, ServiceRow

#: The columns that say what a row is about. They are in every row, and a row with an error in one is refused.
IDENTITY = (FOREIGN_ID, SOURCE, WHAT_IT_IS)
#: The columns without which a row is none, or is that of another organisation.
NEEDED = {*IDENTITY, NAME, "Summary", ORGANISATION, CHARITY_NUMBER}
#: Columns that are read together: one of them without the others says something else.
_TOGETHER = (
    (VENUE, ADDRESS, TOWN, POSTCODE, *VENUE_DETAILS),
    CONTACT_TITLES,
    ("Contacts", CONTACT_DETAILS),
    (WHEN, OTHER_PLACES),
    ("Free", "Cost"),
    ("Stage", "More about the stage", "Break from", "Break until", "Why the break"),
    ("In person", "Online", "By phone"),
)
#: What goes with a stage, and is emptied where the stage is another.
_OF_STAGE = {
    Stage.PAUSED.label: ("Break from", "Break until", "Why the break"),
    Stage.ENDED.label: ("Ended on", "Where members went"),
}
_OF_CLOSED = "Look again on"


@dataclass(frozen=True)
class KnownEntry:
    """What an entry of the source is here, and what it said when it was last read; {} if that is not known."""

    record: SourceRecord
    cells: Mapping[str, str]

    @property
    def kind(self) -> RowKind:
        return RowKind.GROUP if self.record.group_id else RowKind.ORGANISATION


def known_entries(source: str) -> dict[str, KnownEntry]:
    """Return the entries of a source that are groups or organisations here, by their ids there."""
    records = SourceRecord.objects.filter(source__name=source, venue=None).order_by("pk")
    readings = SourceReading.objects.filter(record__in=records)
    cells = dict(readings.values_list("record_id", "cells"))
    rows = records.select_related("source", "group", "organisation")
    return {record.foreign_id: KnownEntry(record, cells.get(record.pk, {})) for record in rows}


def together(title: str) -> tuple[str, ...]:
    """Return the titles of the columns that are read together with one of them, which is among them."""
    return next((titles for titles in _TOGETHER if title in titles), (title,))


@dataclass
class FeedRow:
    """A row of a feed, what is known of it, and which of its columns the import does not read."""

    number: int
    service: ServiceRow
    known: KnownEntry | None = None
    omitted: set[str] = field(default_factory=set)

    @property
    def is_group(self) -> bool:
        return self.service.cells.get(WHAT_IT_IS) == RowKind.GROUP.label

    @property
    def is_left_out(self) -> bool:
        return self.service.cells.get(WHAT_IT_IS) == RowKind.LEFT_OUT.label

    @property
    def has_been_read(self) -> bool:
        """Whether it is known what it said the last time."""
        return self.known is not None and bool(self.known.cells)

    @property
    def organisation(self) -> str:
        """The folded name of its organisation in the feed."""
        return fold(self.service.cells.get(ORGANISATION, ""))

    @property
    def differences(self) -> dict[str, str]:
        """The cells that differ from those that were last read, all if none was; one that has gone is "-"."""
        before, now = (self.known.cells if self.known else {}), self.service.cells
        titles = [title for title in dict.fromkeys([*now, *before]) if title not in IDENTITY]
        if AGREED not in now and AGREED in titles:
            # Nobody has been named this time: that takes back no agreement.
            titles.remove(AGREED)
        if before and not self.is_group:
            # All of them are one paragraph about a service.
            is_same = all(before.get(title, "") == now.get(title, "") for title in titles)
            return {} if is_same else {title: now[title] for title in titles if title in now}
        different = {
            each for title in titles if before.get(title, "") != now.get(title, "") for each in together(title)
        }
        return {title: now.get(title) or EMPTY for title in titles if title in different}

    def before_and_now(self, title: str) -> tuple[str, str]:
        """Return the cell of a column as it was last read, and as it is."""
        return self.known.cells.get(title, "") if self.known else "", self.service.cells.get(title, "")

    def omit(self, title: str) -> None:
        """Have the import not read a column, nor those that are read together with it."""
        self.omitted.update(together(title))

    def sheet_row(self) -> SheetRow:
        """Return the row as the import reads it."""
        return SheetRow(self.number, self._identity() | self._complete(self._read(self.differences)), is_foreign=True)

    def earlier_row(self) -> SheetRow:
        """Return what differs as it was read the last time: what this row would change was changed here since."""
        cells = self.known.cells if self.known else {}
        titles = self.differences if self.is_group else cells
        earlier = {title: cells.get(title) or EMPTY for title in titles}
        return SheetRow(self.number, self._identity() | self._complete(self._read(earlier)), is_foreign=True)

    def _identity(self) -> dict[str, str]:
        return {title: self.service.cells[title] for title in IDENTITY}

    def _read(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {title: words for title, words in cells.items() if title not in self.omitted}

    def _complete(self, cells: dict[str, str]) -> dict[str, str]:
        """Add the cells that empty what does not go with a new stage, or another way to join."""
        if not self.is_group or self.known is None:
            return cells
        emptied: dict[str, str] = {}
        if stage := cells.get("Stage"):
            for other, titles in _OF_STAGE.items():
                emptied |= dict.fromkeys(titles, EMPTY) if stage != other else {}
            emptied |= {"Wants a place": "No"} if stage != Stage.FORMING.label else {}
        if cells.get("Joining") and cells["Joining"] not in (Joining.CLOSED.label, Joining.WAITING_LIST.label):
            emptied[_OF_CLOSED] = EMPTY
        return emptied | cells


def ending_rows(gone: Iterable[KnownEntry], first_number: int, ended_on: str) -> Iterator[SheetRow]:
    """Yield rows that end the groups which a feed has no longer."""
    for number, entry in enumerate(gone, start=first_number):
        record = entry.record
        identity = {FOREIGN_ID: record.foreign_id, SOURCE: record.source.name, WHAT_IT_IS: RowKind.GROUP.label}
        emptied = dict.fromkeys(_OF_STAGE[Stage.PAUSED.label], EMPTY) | {"Wants a place": "No"}
        yield SheetRow(number, identity | emptied | {"Stage": Stage.ENDED.label, "Ended on": ended_on})
