"""Loading index entries from the database, for some groups or all, in a fixed number of queries per batch."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, cast

from django.db.models import Max, Model, QuerySet

from common.bank_holidays import holiday_nation
from common.compiled_queries import values_of
from common.nations import Nation
from common.text import fold
from groups.choices import Focus, Joining, Stage
from groups.confidentiality import public_joining
from groups.models import GroupCheck, Schedule, ScheduleChange, SupportGroup, Venue
from groups.models.schedule import OF_CHANGE
from organisations.choices import YesNo

from ..index.chosen_facets import denied
from ..index.document import Document, IndexEntry, Keys, Term
from .lookups import Lookups, words_of_folded
from .meeting_dates import SCHEDULE_COLUMNS, MeetingDates, MeetingTimes, ScheduleRow

#: Groups per batch, which bounds the memory of a load.
BATCH_SIZE = 2000
#: Up to so many keys go into an IN clause; more are filtered by range.
IN_CLAUSE_LIMIT = 200

_COLUMNS = (
    *("pk", "created_at"),
    "name",
    "summary",
    "organisation_id",
    "focus",
    "joining",
    "led_by",
    "stage",
    "is_free",
    *("while_waiting", "alongside_services", "after_services"),
    *("meets_in_person", "meets_online", "meets_by_phone"),
    "times_are_withheld",
    "stands_for_several",
    "paused_until",
    "venue_id",
    "venue__address_is_confidential",
    "venue__town__name",
    "venue__district__name",
    "town__name",
    "town__district__name",
    "place_latitude",
    "place_longitude",
    "place_outward_code",
    "place_district_id",
    "place_is_about",
    "place_is_hidden",
)
#: Makes the queryset of the rows of some groups.
Build = Callable[[list[int]], QuerySet[Any, tuple[Any, ...]]]
#: A group that does both is found by either option.
_TALKING, _DOING = ("focus", "talking"), ("focus", "doing")
_FOCUS = {Focus.TALKING: (_TALKING,), Focus.DOING: (_DOING,), Focus.BOTH: (_TALKING, _DOING)}
_OPTION_COLUMNS = (("led", "led_by"), ("stage", "stage"))
#: The facets that say for whom in particular a group is.
_PARTICULARS = ("audience", "topic")
_SERVICES = (
    (("services", "while-waiting"), "while_waiting"),
    (("services", "alongside"), "alongside_services"),
    (("services", "after"), "after_services"),
)
#: Options that a group may say are not so.
_DENIABLE = (*_SERVICES, (("free", "yes"), "is_free"))
#: Option, its column, the value that means yes, and the words that also find it.
_ANSWERS = (
    (("format", "in_person"), "meets_in_person", True, ("in", "person")),
    (("format", "online"), "meets_online", True, ("online",)),
    (("format", "by_phone"), "meets_by_phone", True, ("by", "phone")),
    (("free", "yes"), "is_free", YesNo.YES, ("free",)),
)


def load(
    today: datetime.date, keys: Collection[int] | None = None, lookups: Lookups | None = None
) -> Iterator[IndexEntry]:
    """Yield the entries of the groups that can be listed, by key; only those among `keys`, if given."""
    found = _listed().values_list("pk").iterator() if keys is None else values_of(_keys_listed, keys)
    return entries(sorted(pk for (pk,) in found), _groups, today, lookups or Lookups())


def entries(keys: list[int], rows: Build, today: datetime.date, lookups: Lookups) -> Iterator[IndexEntry]:
    """Yield the entries of groups by sorted keys; `rows` makes the queryset of `entry_rows` of some of them."""
    dates = MeetingDates(today)
    for start in range(0, len(keys), BATCH_SIZE):
        batch = keys[start : start + BATCH_SIZE]
        builder = _EntryBuilder(lookups, dates, batch)
        for row in values_of(rows, batch):
            yield builder.entry(dict(zip(_COLUMNS, row, strict=True)))


def _listed() -> Any:
    return SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED).order_by()


def _keys_listed(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows: QuerySet[Any, tuple[Any, ...]] = _listed().filter(pk__in=keys).values_list("pk")
    return rows


def _groups(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return entry_rows(_listed(), keys)


def entry_rows(groups: Any, keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Return what entries are made of, of those of some groups that have sorted keys."""
    rows = groups.with_place().filter(**_key_filter("pk", keys)).order_by("pk").values_list(*_COLUMNS)
    return cast("QuerySet[Any, tuple[Any, ...]]", rows)


class _EntryBuilder:
    """The related rows of a batch of groups, read at once, and the entries built from them."""

    def __init__(self, lookups: Lookups, dates: MeetingDates, keys: list[int]) -> None:
        self._lookups, self._dates, self._today = lookups, dates, dates.today
        self._terms_by_group = [
            (lookups.terms[facet], _grouped(values_of(build, keys))) for facet, build in _TERMS.items()
        ]
        self._served = _grouped(values_of(_areas_served, keys))
        self._access = _grouped(values_of(_access, keys))
        self._schedules = _by_group(_schedules, keys, ScheduleRow._make)
        self._changes = _by_group(_changes, keys, tuple)
        self._checked = dict(values_of(_checks, keys))

    def entry(self, row: dict) -> IndexEntry:
        """Return the document and keys of a group. Neither holds anything confidential, so no search can reveal it."""
        pk, hidden, lookups = row["pk"], row["place_is_hidden"], self._lookups
        served = tuple(self._served.get(pk, ()))
        schedules, changes = tuple(self._schedules.get(pk, ())), tuple(self._changes.get(pk, ()))
        # The meeting times of a closed group are confidential.
        times_are_public = not row["times_are_withheld"] and row["joining"] != Joining.CLOSED
        times = self._dates.times(schedules) if times_are_public else MeetingTimes()
        options = [*_FOCUS.get(row["focus"], ()), *times.options]
        options += [(facet, row[column]) for facet, column in _OPTION_COLUMNS]
        options.append(("joining", self._joining(row, schedules)))
        options += [option for option, column in _SERVICES if row[column] == YesNo.YES]
        options += [(facet, denied(value)) for (facet, value), column in _DENIABLE if row[column] == YesNo.NO]
        places = self._names_of_place(row)
        name = fold(row["name"])
        name_words = {*words_of_folded(name)}
        elsewhere = without_places(name, places)
        words = {*(name_words if elsewhere == name else words_of_folded(elsewhere)), *times.words}
        words.update(words_of_folded(without_places(fold(row["summary"]), places)))
        for organisation in lookups.organisations[row["organisation_id"]]:
            words.update(lookups.words_without_towns(without_places(lookups.folded(organisation), places)))
            name_words.update(lookups.words_of_organisation(organisation))
        for option, column, answer, words_of_answer in _ANSWERS:
            if row[column] == answer:
                options.append(option)
                words.update(words_of_answer)
        terms = self._public_terms(row)
        options += [term.option for term in terms if term.option]
        latitude, longitude = row["place_latitude"], row["place_longitude"]
        document = Document(
            pk=pk,
            name_key=row["name"].casefold(),
            point=None if latitude is None else (latitude, longitude),
            is_about=row["place_is_about"],
            is_hidden=hidden,
            is_closed=row["joining"] == Joining.CLOSED,
            is_from_home=(row["meets_online"] or row["meets_by_phone"]) and not served,
            checked_on=self._checked.get(pk),
            is_forming=row["stage"] == Stage.FORMING,
            is_paused=row["stage"] == Stage.PAUSED,
            meets_in_person=row["meets_in_person"],
            particulars=sum(option[0] in _PARTICULARS for option in options),
            added_at=row["created_at"].timestamp(),
            meetings=self._dates.meetings(
                schedules, changes, self._nation(row, served), row["stage"] == Stage.PAUSED, row["paused_until"]
            )
            if times_are_public and not row["stands_for_several"]
            else (),
        )
        return document, Keys(
            options=options,
            times=times.together,
            areas=lookups.areas_containing(row["place_district_id"], row["place_outward_code"] or ""),
            serves=lookups.areas_overlapping(served),
            words=words,
            name_words=name_words,
            organisation=(row["organisation_id"],),
            terms=terms,
        )

    def _joining(self, row: dict, schedules: tuple[ScheduleRow, ...]) -> str:
        """Return the way to join that visitors see."""
        return public_joining(
            row["joining"],
            meets_in_person=row["meets_in_person"],
            venue_is_hidden=bool(row["venue__address_is_confidential"]),
            regular_venues=[(schedule.last_date, schedule.venue_is_hidden) for schedule in schedules],
            dates_are_public=not (row["times_are_withheld"] or row["stands_for_several"]),
            today=self._today,
        ).value

    def _public_terms(self, row: dict) -> list[Term]:
        """Return the terms of a group that are public."""
        pk, access = row["pk"], () if row["place_is_hidden"] else self._access.get(row["venue_id"], ())
        found = [known[key] for known, given in self._terms_by_group for key in given.get(pk, ())]
        return [*found, *(self._lookups.terms["access"][key] for key in access)]

    def _names_of_place(self, row: dict) -> tuple[str, ...]:
        """Return the folded names of the town and the district of a group. Places are searched as places."""
        if row["venue_id"]:
            names = row["venue__town__name"], row["venue__district__name"]
        else:
            names = row["town__name"], row["town__district__name"]
        return tuple(filter(None, (self._lookups.folded(name or "") for name in names)))

    def _nation(self, row: dict, served: tuple[int, ...]) -> Nation:
        """Return the nation whose bank holidays a group keeps."""
        districts = [row["place_district_id"]] if row["place_district_id"] else served
        return holiday_nation(self._lookups.areas.nations[area] for area in districts)


def without_places(folded: str, places: tuple[str, ...]) -> str:
    """Return a folded text without the names of places: no piece of "Welwyn Garden City" is a word of a group."""
    if not any(place in folded for place in places):
        return folded
    padded = f" {folded} "
    for place in places:
        padded = padded.replace(f" {place} ", " ")
    return padded.strip()


def _key_filter(column: str, keys: list[int]) -> dict[str, int | list[int]]:
    """Return a filter for sorted keys: an IN clause for a few, the range from first to last for many."""
    if len(keys) <= IN_CLAUSE_LIMIT:
        return {f"{column}__in": keys}
    return {f"{column}__gte": keys[0], f"{column}__lte": keys[-1]}


def _by_group(build: Build, keys: list[int], make_row: Callable[[list[Any]], Any]) -> dict[int, list[Any]]:
    """Return `{group key: rows}` of schedules or changes."""
    found: dict[int, list[Any]] = defaultdict(list)
    for group, *row in values_of(build, keys):
        found[group].append(make_row(row))
    return found


def _related(through: type[Model], column: str) -> Build:
    """Return what makes the queryset of the keys of groups, and the keys related to them, of some groups."""

    def build(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
        rows = through._default_manager.filter(**_key_filter("supportgroup", keys)).order_by("pk")
        return rows.values_list("supportgroup_id", f"{column}_id")

    return build


_TERMS = {
    "topic": _related(SupportGroup.topics.through, "topic"),
    "activity": _related(SupportGroup.activities.through, "activity"),
    "audience": _related(SupportGroup.audiences.through, "audience"),
    "language": _related(SupportGroup.languages.through, "language"),
}
_areas_served = _related(SupportGroup.areas_served.through, "area")


def _access(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Venue.access_features.through.objects.filter(**_key_filter("venue__groups", keys))
    return rows.order_by("pk").distinct().values_list("venue_id", "accessfeature_id")


def _schedules(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Schedule.objects.filter(**_key_filter("group", keys)).order_by("pk")
    return rows.values_list("group_id", *SCHEDULE_COLUMNS)


def _changes(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return (
        ScheduleChange.objects.filter(**_key_filter("group", keys)).order_by("pk").values_list("group_id", *OF_CHANGE)
    )


def _checks(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = GroupCheck.objects.filter(**_key_filter("listing", keys)).order_by().values_list("listing")
    return rows.annotate(newest=Max("checked_on"))


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, related in pairs:
        found[key].append(related)
    return found
