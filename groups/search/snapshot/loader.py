"""Reading records from the database: the plain rows of some groups, or of all, in a fixed number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from django.db.models import Max

from common.nations import Nation
from groups.choices import Focus, Joining, Stage
from groups.confidentiality import public_joining
from groups.models import GroupCheck, Schedule, ScheduleChange, SupportGroup, Venue
from groups.models.schedule import OF_CHANGE
from groups.timetable.bank_holidays import holiday_nation
from organisations.choices import YesNo

from ..index.document import Document, Keys, Listed
from ..index.meeting_dates import OF_SCHEDULE, MeetingDates, MeetingTimes, ScheduleRow
from .lookups import Lookups, folded_words

#: How many groups are read at once: enough to be quick, few enough to be small.
AT_ONCE = 1000
#: So few keys are asked for one by one.
FEW = 200

_COLUMNS = (
    "pk",
    "name",
    "summary",
    "organisation_id",
    "focus",
    "joining",
    "led_by",
    "stage",
    "is_free",
    "while_waiting",
    "alongside_services",
    "after_services",
    "meets_in_person",
    "meets_online",
    "meets_by_phone",
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
#: What each choice of focus is found by: a group that does both by either.
_TALKING, _DOING = ("focus", "talking"), ("focus", "doing")
_FOCUS = {Focus.TALKING: (_TALKING,), Focus.DOING: (_DOING,), Focus.BOTH: (_TALKING, _DOING)}
_COLUMN_OF = (("led", "led_by"), ("stage", "stage"))
_SERVICES = (
    (("services", "while-waiting"), "while_waiting"),
    (("services", "alongside"), "alongside_services"),
    (("services", "after"), "after_services"),
)
#: Options that editors give by an answer in a column, and what people type for them.
_SAID = (
    (("format", "in_person"), "meets_in_person", True, ("in", "person")),
    (("format", "online"), "meets_online", True, ("online",)),
    (("format", "by_phone"), "meets_by_phone", True, ("by", "phone")),
    (("free", "yes"), "is_free", YesNo.YES, ("free",)),
)


def load(today: datetime.date, keys: Collection[int] | None = None, around: Lookups | None = None) -> Iterator[Listed]:
    """The groups that can be listed, or those of some groups that can, in the order of their keys; a few at a time."""
    around, dates = around or Lookups(), MeetingDates(today)
    listed = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED)
    if keys is not None:
        listed = listed.filter(pk__in=keys)
    found = sorted(listed.values_list("pk", flat=True))
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        rows = listed.with_place().filter(**_among("pk", some)).order_by("pk").values(*_COLUMNS)
        reader = _Reader(around, dates, some)
        for row in rows:
            yield reader.listed(row)


class _Reader:
    """What belongs to the groups of a range of keys, to make their records of."""

    def __init__(self, around: Lookups, dates: MeetingDates, keys: list[int]) -> None:
        self._around, self._dates, self._today = around, dates, dates.today
        self._given = [
            ("topic", _related(SupportGroup.topics.through, "topic", keys)),
            ("activity", _related(SupportGroup.activities.through, "activity", keys)),
            ("audience", _related(SupportGroup.audiences.through, "audience", keys)),
        ]
        self._served = _related(SupportGroup.areas_served.through, "area", keys)
        access = Venue.access_features.through.objects.filter(**_among("venue__groups", keys)).order_by("pk").distinct()
        self._access = _lists(access.values_list("venue_id", "accessfeature_id"))
        self._schedules = _by_group(Schedule, keys, ScheduleRow._make, *OF_SCHEDULE)
        self._changes = _by_group(ScheduleChange, keys, tuple, *OF_CHANGE)
        checks = GroupCheck.objects.filter(**_among("listing", keys)).order_by()
        self._checked = dict(checks.values_list("listing").annotate(newest=Max("checked_on")))

    def listed(self, row: dict) -> Listed:
        """A group's record and keys. What nobody may know of it is in neither, so nothing can be found by that."""
        pk, hidden, around = row["pk"], row["place_is_hidden"], self._around
        served = tuple(self._served.get(pk, ()))
        schedules, changes = tuple(self._schedules.get(pk, ())), tuple(self._changes.get(pk, ()))
        # Of a closed group nobody may know when it meets.
        may_be_known = not row["times_are_withheld"] and row["joining"] != Joining.CLOSED
        times = self._dates.times(schedules) if may_be_known else MeetingTimes()
        options = [*_FOCUS.get(row["focus"], ()), *times.options]
        options += [(facet, row[column]) for facet, column in _COLUMN_OF]
        options.append(("joining", self._joining(row, schedules)))
        options += [option for option, column in _SERVICES if row[column] == YesNo.YES]
        name_words = folded_words(row["name"])
        words = {*name_words, *folded_words(row["summary"]), *times.words}
        for name in self._names(row, served):
            words.update(around.words_of_name(name))
        for option, column, answer, said in _SAID:
            if row[column] == answer:
                options.append(option)
                words.update(said)
        for facet, term in self._terms(row):
            slug, said = around.terms[facet][term]
            words.update(said)
            if facet != "activity":
                options.append((facet, slug))
        latitude, longitude = row["place_latitude"], row["place_longitude"]
        record = Document(
            pk=pk,
            name_key=row["name"].casefold(),
            point=None if latitude is None else (latitude, longitude),
            is_about=row["place_is_about"],
            is_hidden=hidden,
            is_closed=row["joining"] == Joining.CLOSED,
            is_from_home=(row["meets_online"] or row["meets_by_phone"]) and not served,
            checked_on=self._checked.get(pk),
            meetings=self._dates.meetings(
                schedules, changes, self._nation(row, served), row["stage"] == Stage.PAUSED, row["paused_until"]
            )
            if may_be_known and not row["stands_for_several"]
            else (),
        )
        return record, Keys(
            options=options,
            times=times.together,
            areas=around.holding(row["place_district_id"], row["place_outward_code"] or ""),
            serves=around.served(served),
            words=words,
            name_words=name_words,
            organisation=(row["organisation_id"],),
        )

    def _joining(self, row: dict, schedules: tuple[ScheduleRow, ...]) -> str:
        """How visitors are told to join it."""
        return public_joining(
            row["joining"],
            meets_in_person=row["meets_in_person"],
            venue_is_hidden=bool(row["venue__address_is_confidential"]),
            regular_venues=[(schedule.last_date, schedule.venue_is_hidden) for schedule in schedules],
            dates_are_public=not (row["times_are_withheld"] or row["stands_for_several"]),
            today=self._today,
        ).value

    def _terms(self, row: dict) -> Iterator[tuple[str, int]]:
        """The words that editors keep which it was given, as far as anybody may know: facet and key of each."""
        for facet, given in self._given:
            for key in given.get(row["pk"], ()):
                yield facet, key
        if not row["place_is_hidden"]:
            for key in self._access.get(row["venue_id"], ()):
                yield "access", key

    def _names(self, row: dict, served: tuple[int, ...]) -> Iterator[str]:
        """The names it can be found by beside its own: who runs it, and where it is, as far as anybody may know."""
        yield from self._around.organisations[row["organisation_id"]]
        place = "venue__town" if row["venue_id"] else "town"
        yield row[f"{place}__name"] or ""
        yield (row["venue__district__name"] if row["venue_id"] else row["town__district__name"]) or ""
        yield from (self._around.areas[area] for area in served)

    def _nation(self, row: dict, served: tuple[int, ...]) -> Nation:
        """The nation whose bank holidays it keeps."""
        districts = [row["place_district_id"]] if row["place_district_id"] else served
        return holiday_nation(self._around.nations[area] for area in districts)


def _among(column: str, keys: list[int]) -> dict[str, int | list[int]]:
    """A condition that holds for some keys, in order: each of a few; of many, all from the first to the last."""
    if len(keys) <= FEW:
        return {f"{column}__in": keys}
    return {f"{column}__gte": keys[0], f"{column}__lte": keys[-1]}


def _by_group(model: type, keys: list[int], made: Callable[[list], tuple], *columns: str) -> dict[int, list[tuple]]:
    """Some columns of the patterns, or of the changes, of each group."""
    rows = model.objects.filter(**_among("group", keys)).order_by("pk").values_list("group_id", *columns)
    found: dict[int, list[tuple]] = defaultdict(list)
    for group, *row in rows:
        found[group].append(made(row))
    return found


def _related(through: type, column: str, keys: list[int]) -> dict[int, list[int]]:
    """For each group the keys of what it relates to."""
    rows = through.objects.filter(**_among("supportgroup", keys)).order_by("pk")
    return _lists(rows.values_list("supportgroup_id", f"{column}_id"))


def _lists(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, related in pairs:
        found[key].append(related)
    return found
