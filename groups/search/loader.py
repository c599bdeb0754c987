"""Reading records from the database: the plain rows of some groups, or of all, in a fixed number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Max

from organisations.choices import YesNo

from ..choices import Focus, Frequency, Joining, Stage, Weekday
from ..models import (
    AccessFeature,
    Activity,
    Audience,
    GroupCheck,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)
from ..timetable import LONDON, Meeting, Nation, Pause, Timetable, meetings
from .record import Record
from .surroundings import Surroundings

#: How far ahead meetings are known, for "soonest" and for what is on.
WINDOW = datetime.timedelta(weeks=8)
#: How many groups are read at once: enough to be quick, few enough to be small.
AT_ONCE = 1000
#: So few keys are asked for one by one.
FEW = 200

_COLUMNS = (
    "pk",
    "revision",
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
_DAY_PARTS = (("morning", 12), ("afternoon", 17), ("evening", 24))
#: What each choice of focus finds: a group that does both is found by either.
_FOCUS = {Focus.TALKING: ("talking",), Focus.DOING: ("doing",), Focus.BOTH: ("talking", "doing")}


def time_of_day(starts_at: datetime.time) -> str:
    """The part of the day in which a time lies: morning to noon, afternoon to five, then evening."""
    return next(part for part, until in _DAY_PARTS if starts_at.hour < until)


def load(today: datetime.date, keys: Collection[int] | None = None, around: Surroundings | None = None) -> list[Record]:
    """The records of the groups that can be listed, or of those of some groups that can; a few at a time."""
    around = around or Surroundings()
    listed = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED)
    if keys is not None:
        listed = listed.filter(pk__in=keys)
    found = sorted(listed.values_list("pk", flat=True))
    records: list[Record] = []
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        rows = listed.with_place().filter(**_among("pk", some)).order_by("pk").values(*_COLUMNS)
        reader = _Reader(around, some, today)
        records += [reader.record(row) for row in rows]
    return records


class _Reader:
    """What belongs to the groups of a range of keys, to make their records of."""

    def __init__(self, around: Surroundings, keys: list[int], today: datetime.date) -> None:
        self._around = around
        self._from, self._until = today, today + WINDOW
        self._topics = _related(SupportGroup.topics.through, "topic", keys)
        self._activities = _related(SupportGroup.activities.through, "activity", keys)
        self._audiences = _related(SupportGroup.audiences.through, "audience", keys)
        self._served = _related(SupportGroup.areas_served.through, "area", keys)
        access = Venue.access_features.through.objects.filter(**_among("venue__groups", keys)).order_by("pk").distinct()
        self._access = _lists(access.values_list("venue_id", "accessfeature_id"))
        self._schedules = _by_group(Schedule, keys)
        self._changes = _by_group(ScheduleChange, keys)
        checks = GroupCheck.objects.filter(**_among("listing", keys)).order_by()
        self._checked = dict(checks.values_list("listing").annotate(newest=Max("checked_on")))

    def record(self, row: dict) -> Record:
        """A group's record. What nobody may know of it is not in it, so nothing can be found by that."""
        pk, hidden, around = row["pk"], row["place_is_hidden"], self._around
        served = tuple(self._served[pk])
        terms = {
            "topic": [around.terms[Topic][key] for key in self._topics[pk]],
            "activity": [around.terms[Activity][key] for key in self._activities[pk]],
            "audience": [around.terms[Audience][key] for key in self._audiences[pk]],
            "access": [] if hidden else [around.terms[AccessFeature][key] for key in self._access[row["venue_id"]]],
        }
        times = self._times(row)
        options = [
            *(("focus", focus) for focus in _FOCUS.get(row["focus"], ())),
            *((facet, row[column]) for facet, column in _COLUMN_OF),
            *(("format", name) for name in _FORMATS if row[f"meets_{name}"]),
            *((facet, slug) for facet, some in terms.items() if facet != "activity" for slug, _ in some),
            *(("services", name) for name, column in _SERVICES if row[column] == YesNo.YES),
            *([("free", "yes")] if row["is_free"] == YesNo.YES else []),
            *(("day", day) for day in dict.fromkeys(day for day, _ in times if day)),
            *(("time", part) for part in dict.fromkeys(part for _, part in times if part)),
        ]
        name_words = around.words(row["name"])
        words = {*name_words, *around.words(row["summary"])}
        for name in self._names(row, served):
            words.update(around.words_of_name(name))
        for some in terms.values():
            for _, said in some:
                words.update(said)
        words.update(word for pair in times for word in pair if word)
        words.update(word for facet, value in options if facet in ("format", "free") for word in _SAID[value])
        latitude, longitude = row["place_latitude"], row["place_longitude"]
        return Record(
            pk=pk,
            revision=row["revision"],
            name_key=row["name"].casefold(),
            name_words=name_words,
            words=tuple(words),
            options=tuple(map(around.one, options)),
            times=tuple(around.one(pair) for pair in times if all(pair)),
            organisation=row["organisation_id"],
            areas=around.holding(row["place_district_id"], row["place_outward_code"] or ""),
            serves=around.served(served),
            point=None if latitude is None else (latitude, longitude),
            is_about=row["place_is_about"],
            is_hidden=hidden,
            is_closed=row["joining"] == Joining.CLOSED,
            is_from_home=(row["meets_online"] or row["meets_by_phone"]) and not served,
            checked_on=self._checked.get(pk),
            meetings=self._meetings(row, served),
        )

    def _names(self, row: dict, served: tuple[int, ...]) -> Iterator[str]:
        """The names it can be found by beside its own: who runs it, and where it is, as far as anybody may know."""
        yield from self._around.organisations[row["organisation_id"]]
        place = "venue__town" if row["venue_id"] else "town"
        yield row[f"{place}__name"] or ""
        yield (row["venue__district__name"] if row["venue_id"] else row["town__district__name"]) or ""
        yield from (self._around.areas[area] for area in served)

    def _times(self, row: dict) -> list[tuple[str, str]]:
        """On which day in which part of it, as far as anybody may know: of a closed group nobody may."""
        if row["times_are_withheld"] or row["joining"] == Joining.CLOSED:
            return []
        return list(
            dict.fromkeys(
                (
                    Weekday(one.weekday).label.lower() if one.weekday is not None else "",
                    time_of_day(one.starts_at) if one.starts_at else "",
                )
                for one in self._schedules[row["pk"]]
                if one.frequency not in (Frequency.ASK, Frequency.TO_BE_AGREED) and not one.is_over(self._from)
            )
        )

    def _meetings(self, row: dict, served: tuple[int, ...]) -> tuple[datetime.datetime, ...]:
        """When it begins to meet in the weeks to come, as far as anybody may know."""
        schedules, changes = self._schedules[row["pk"]], self._changes[row["pk"]]
        if row["times_are_withheld"] or row["joining"] == Joining.CLOSED or row["stands_for_several"]:
            return ()
        if not (schedules or changes):
            return ()
        districts = [row["place_district_id"]] if row["place_district_id"] else served
        nations = {self._around.nations[area] for area in districts}
        nation = (nations.pop() if len(nations) == 1 else None) or Nation.ENGLAND
        timetable = Timetable(
            slots=tuple(schedule.slot(nation) for schedule in schedules),
            changes=tuple(change.change for change in changes),
            pause=Pause(None, row["paused_until"]) if row["stage"] == Stage.PAUSED else None,
        )
        one = self._around.one
        return tuple(one(_begins(meeting)) for meeting in meetings(timetable, self._from, self._until))


def _begins(meeting: Meeting) -> datetime.datetime:
    """When a meeting begins; one without a known time stands at the end of its day."""
    return meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, LONDON)


_COLUMN_OF = (("joining", "joining"), ("led", "led_by"), ("stage", "stage"))
_SERVICES = (("while-waiting", "while_waiting"), ("alongside", "alongside_services"), ("after", "after_services"))
_FORMATS = ("in_person", "online", "by_phone")
#: What people type for an answer that editors give by a tick.
_SAID = {"in_person": ("in", "person"), "online": ("online",), "by_phone": ("by", "phone"), "yes": ("free",)}


def _among(column: str, keys: list[int]) -> dict[str, int | list[int]]:
    """A condition that holds for some keys, in order: each of a few; of many, all from the first to the last."""
    if len(keys) <= FEW:
        return {f"{column}__in": keys}
    return {f"{column}__gte": keys[0], f"{column}__lte": keys[-1]}


def _by_group(model: type, keys: list[int]) -> dict[int, list]:
    """The patterns, or the changes, of each group, with the venues that say which bank holidays are kept."""
    found: dict[int, list] = defaultdict(list)
    for one in model.objects.filter(**_among("group", keys)).select_related("venue__district").order_by("pk"):
        found[one.group_id].append(one)
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
