"""Import a feed through the pipeline of spreadsheets: read, compare with our list, show, and write all or nothing.

A feed is compared three ways: with what it said the last time, and with our list. What it says as before is not read,
so what was changed here since stays. What both changed is a local edit: shown, and ours unless theirs is chosen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from common.dates import format_date
from common.text import fold
from organisations.models import Organisation
from places.models import Area, Town

from ...models import Activity, Audience, Language, Source, SourceReading, SourceRecord, SupportGroup, Topic
from ..feed_dates import DATES
from ..feed_places import OTHER_PLACES
from ..group_results import GroupImportResult
from ..importer import PreparedImport, prepare_import, write_import
from ..loading import portions
from ..merge_links import without_links
from ..organisation_columns import ORGANISATION
from ..organisation_details import compact
from ..reader import SheetRow
from ..results import ImportResult
from ..row_matching import NAME
from ..scope import ImportScope
from ..source_columns import FOREIGN_ID
from ..venue_columns import POSTCODE, VENUE
from .changed_dates import questions_about_dates, questions_about_places
from .documents import Feed
from .local_edits import LocalEdit, settle_local_edits
from .rows import IDENTITY, NEEDED, FeedRow, KnownEntry, ending_rows, known_entries, together
from .schema import Violation, violations
from .service_parts import town_number
from .service_rows import WHEN, ReadingOptions, service_row
from .terms import Vocabulary
from .values import nested, objects

_TWICE = "It is in their list twice: same name, organisation, times and place. If it is one group, delete one draft."
#: How often rows are compared again without the cells that cannot be read: each time shows what stood behind them.
_MOST_ROUNDS = 4


class ChangedMeanwhile(Exception):
    """The list was changed between the comparison and the writing. Nothing was written."""


@dataclass(frozen=True)
class ImportOptions:
    """The options of the import of a feed."""

    reading: ReadingOptions
    #: Whether the feed replaces what was changed here and there.
    overwrites: bool = False
    #: Whether services that are refused are left out, and the others imported.
    leaves_out_refused: bool = False
    #: Whether groups that the feed has no longer have ended.
    ends_gone: bool = False


@dataclass(frozen=True)
class Question:
    """Words of a feed that our columns cannot hold, and why, of the service with a name."""

    name: str
    words: str
    reason: str


@dataclass
class FeedImport:
    """The planned import of a feed, and the questions to its user."""

    options: ImportOptions
    feed: Feed
    rows: dict[int, FeedRow] = field(default_factory=dict)
    #: Where services break the schema, by their ids.
    refused: dict[str, list[Violation]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    local_edits: list[LocalEdit] = field(default_factory=list)
    #: What an earlier feed had and this one has not.
    gone: list[KnownEntry] = field(default_factory=list)
    #: The errors of rows that are left out.
    errors: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    prepared: PreparedImport | None = None
    _endings: list[SheetRow] = field(default_factory=list)

    @property
    def result(self) -> GroupImportResult:
        """What it would do. Only after `prepare_feed`."""
        assert self.prepared is not None
        return _of_groups(self.prepared.result)

    @property
    def can_be_written(self) -> bool:
        """Whether nothing is refused, or what is refused is to be left out."""
        return self.options.leaves_out_refused or not (self.refused or self.errors)

    def sheet_rows(self) -> list[SheetRow]:
        """Return the rows as the import reads them."""
        rows = [row.sheet_row() for number, row in self.rows.items() if number not in self.errors]
        return [*rows, *self._endings]

    def end(self, entries: Iterable[KnownEntry]) -> None:
        """Let the import end groups that the feed no longer has."""
        groups = [entry for entry in entries if entry.record.group_id]
        self._endings = [*ending_rows(groups, len(self.rows) + 1, format_date(self.options.reading.today))]


def vocabulary() -> Vocabulary:
    """Return the names that our columns take, of the terms that editors keep, and the codes of our areas."""
    models: dict[str, Any] = {"Topics": Topic, "Activities": Activity, "Audiences": Audience, "Languages": Language}
    names: dict[str, dict[str, str]] = {}
    for column, model in models.items():
        terms = [*model.objects.values_list("name", "other_words")]
        other = {fold(word): name for name, words in terms for word in words}
        names[column] = other | {fold(name): name for name, _ in terms}
    codes = Area.objects.exclude(gss_code=None).values_list("gss_code", flat=True)
    return Vocabulary(names, frozenset(code for code in codes if code))


def _towns(feed: Feed) -> dict[str, str]:
    """Return the names of the towns that a feed names by their numbers in GeoNames, by these."""
    services = [each for each in feed.services.values() if isinstance(each, dict)]
    places = (place for service in services for place in objects(service, "service_at_locations"))
    locations = [nested(place, "location") for place in places]
    locations += [each for service in services for each in objects(nested(service, "organization"), "locations")]
    numbers = {town_number(location) for location in locations} - {""}
    found: dict[str, str] = {}
    for part in portions([*numbers]):
        rows = Town.objects.filter(geonames_id__in=part).select_related("district")
        found |= {str(town.geonames_id): str(town) for town in rows}
    return found


def source_name(words: str) -> str:
    """Return the name of the source that is called so, whatever its spelling; that of a new one if there is none."""
    names = Source.objects.values_list("name", flat=True)
    return next((name for name in names if fold(name) == fold(words)), " ".join(words.split()))


def prepare_feed(feed: Feed, options: ImportOptions) -> FeedImport:
    """Return the planned import of a feed. Nothing is written."""
    feed.nest_organisations()
    found, known = FeedImport(options, feed), known_entries(options.reading.source)
    reading = replace(options.reading, vocabulary=replace(options.reading.vocabulary, towns=_towns(feed)))
    for key, service in feed.services.items():
        if broken := violations(service):
            found.refused[key] = broken
            continue
        entry = known.get(key)
        row = service_row(service, reading, entry.kind if entry else None)
        number = len(found.rows) + 1
        found.rows[number] = FeedRow(number, row, entry)
        if ORGANISATION not in row.cells and not found.rows[number].is_left_out:
            found.errors[number] = {ORGANISATION: ["It does not say which organisation runs it."]}
    found.gone = [entry for key, entry in known.items() if _is_gone(key, entry, feed)] if feed.is_complete else []
    if options.ends_gone:
        found.end(found.gone)
    found.prepared = _readable(found)
    found.local_edits = settle_local_edits(found.rows, found.result, manager_scope, overwrites=options.overwrites)
    if found.local_edits and not options.overwrites:
        found.prepared = _readable(found)
    found.questions += _dates_not_added(found)
    found.questions += _likely_duplicates(found)
    new_words = [each.service for each in found.rows.values() if not each.is_left_out and each.differences]
    found.questions += [Question(each.name, *question) for each in new_words for question in each.questions]
    return found


def write_feed(found: FeedImport, url: str = "") -> GroupImportResult:
    """Write what was prepared, all or nothing, and what each entry said. Raises `ChangedMeanwhile`.

    The address is noted with a source that has none, for everybody to see.
    """
    if not found.can_be_written or found.result.errors:
        raise ValueError("What is refused can only be left out.")
    with transaction.atomic():
        result = write_import(found.sheet_rows(), manager_scope(), found.result.digest, found.prepared)
        if not result.is_written:
            raise ChangedMeanwhile
        _write_readings(found)
        if address := _public_part(url):
            Source.objects.filter(name=found.options.reading.source, url="").update(url=address)
    return _of_groups(result)


def _dates_not_added(found: FeedImport) -> list[Question]:
    """Return questions about dates, and times at other places, of groups that are here: those of new ones are added."""
    states = found.result.states
    rows = [row for row in found.rows.values() if row.number in states and not states[row.number].is_new]
    questions = []
    for row in rows:
        asked = questions_about_dates(*row.before_and_now(DATES), found.options.reading.today)
        asked += questions_about_places(*row.before_and_now(OTHER_PLACES))
        questions += [Question(row.service.name, *each) for each in asked]
    return questions


def _likely_duplicates(found: FeedImport) -> list[Question]:
    """Return a question about each new group that has the name, organisation and times of one before it in the feed."""
    seen: set[tuple[str, ...]] = set()
    questions = []
    for number, state in found.result.states.items():
        if state.is_new and number in found.rows:
            cells = found.rows[number].service.cells
            key = tuple(compact(cells.get(title, "")) for title in (NAME, ORGANISATION, WHEN, POSTCODE, VENUE))
            if key in seen:
                questions.append(Question(cells[NAME], cells[FOREIGN_ID], _TWICE))
            seen.add(key)
    return questions


def _of_groups(result: ImportResult) -> GroupImportResult:
    assert isinstance(result, GroupImportResult)
    return result


def _public_part(url: str) -> str:
    """Return an address without its query, which may have a key in it; "" if it is too long for a source."""
    address = url.partition("?")[0]
    return address if len(address) <= (Source._meta.get_field("url").max_length or 0) else ""


def manager_scope() -> ImportScope:
    """Return the permissions of a manager, with instances that no comparison has changed."""
    return ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk(), may_add_organisations=True)


def _is_gone(key: str, entry: KnownEntry, feed: Feed) -> bool:
    subject = entry.record.subject
    return key not in feed.services and not (subject is not None and subject.has_ended)


def _readable(found: FeedImport) -> PreparedImport:
    """Compare the rows without the cells that cannot be read, which become questions; what is left are refusals."""
    for _ in range(_MOST_ROUNDS):
        prepared = prepare_import(found.sheet_rows(), manager_scope())
        errors = prepared.result.errors
        asked = [_ask(found, number, by_title) for number, by_title in errors.items()]
        if not any(asked):
            break
    found.errors |= {number: by_title for number, by_title in errors.items() if number in found.rows}
    return prepare_import(found.sheet_rows(), manager_scope()) if errors else prepared


def _ask(found: FeedImport, number: int, errors: Mapping[str, list[str]]) -> bool:
    """Have the import not read the cells of a row that are in error, but ask about them. Return whether it has some."""
    row = found.rows.get(number)
    if row is None:
        return False
    cells, has_asked = row.sheet_row().cells, False
    for title, sentences in errors.items():
        words = [f"{each}: {cells[each]}" for each in together(title) if each in cells]
        if words and title not in NEEDED:
            found.questions.append(
                Question(row.service.name, "; ".join(words), " ".join(map(without_links, sentences)))
            )
            row.omit(title)
            has_asked = True
    return has_asked


def _write_readings(found: FeedImport) -> None:
    """Note what each entry said, for the next time."""
    rows = {row.service.foreign_id: row for row in found.rows.values() if row.number not in found.errors}
    records = SourceRecord.objects.filter(source__name=found.options.reading.source)
    readings = []
    for key, foreign_id in records.values_list("pk", "foreign_id"):
        row = rows.get(foreign_id)
        if row is None or not (row.differences or not row.has_been_read):
            continue
        cells = {title: words for title, words in row.service.cells.items() if title not in IDENTITY}
        readings.append(SourceReading(record_id=key, cells=cells))
    SourceReading.objects.bulk_create(
        readings, batch_size=500, update_conflicts=True, unique_fields=["record"], update_fields=["cells"]
    )
