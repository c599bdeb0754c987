"""Reading records from the database: the plain rows of some groups, or of all, in a fixed number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from django.db.models import Max

from organisations.choices import YesNo
from organisations.models import Organisation
from places.models import Area, AreaPart
from places.text import fold

from ..choices import Focus, Frequency, Stage, Weekday
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
from ..timetable import LONDON, Nation, Pause, Timetable, meetings
from .record import Record

#: How far ahead meetings are known, for "soonest" and for what is on.
WINDOW = datetime.timedelta(weeks=8)

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


def load(today: datetime.date, keys: Collection[int] | None = None) -> list[Record]:
    """The records of the groups that can be listed, or of those of some groups that can."""
    groups = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED).with_place()
    if keys is not None:
        groups = groups.filter(pk__in=keys)
    rows = list(groups.order_by("pk").values(*_COLUMNS))
    reader = _Reader(rows, keys, today)
    return [reader.record(row) for row in rows]


class _Reader:
    """What the rows of groups refer to, read once."""

    def __init__(self, rows: list[dict], keys: Collection[int] | None, today: datetime.date) -> None:
        mine = {} if keys is None else {"supportgroup__in": keys}
        of_group = {} if keys is None else {"group__in": keys}
        self._topics = _related(SupportGroup.topics.through, "topic", mine)
        self._activities = _related(SupportGroup.activities.through, "activity", mine)
        self._audiences = _related(SupportGroup.audiences.through, "audience", mine)
        self._served = _related(SupportGroup.areas_served.through, "area", mine)
        venues = {} if keys is None else {"venue__in": {row["venue_id"] for row in rows}}
        self._access = _related(Venue.access_features.through, "accessfeature", venues, owner="venue")
        self._schedules = _by_group(Schedule, of_group)
        self._changes = _by_group(ScheduleChange, of_group)
        checks = GroupCheck.objects.filter(**({} if keys is None else {"listing__in": keys})).order_by()
        self._checked = dict(checks.values_list("listing").annotate(newest=Max("checked_on")))
        of_rows = {} if keys is None else {"pk__in": {row["organisation_id"] for row in rows}}
        organisations = Organisation.objects.filter(**of_rows)
        self._organisations = {
            pk: (name, *former) for pk, name, former in organisations.values_list("pk", "name", "former_names")
        }
        self._terms = {
            kind: {term.pk: term for term in kind.objects.all()} for kind in (Topic, Activity, Audience, AccessFeature)
        }
        areas = list(Area.objects.values_list("pk", "name", "gss_code"))
        self._areas = {pk: name for pk, name, _ in areas}
        self._nations = {pk: Nation.of_code(code) for pk, _, code in areas}
        self._from, self._until = today, today + WINDOW
        self._parts = _Parts()
        self._interned: dict[str, str] = {}
        # A district's areas, an area's overlaps and a term's words are asked for again and again.
        self._holding = cache(self._parts.holding)
        self._overlapping = cache(self._parts.overlapping)
        self._folded = cache(self._words_of)

    def record(self, row: dict) -> Record:
        pk, hidden = row["pk"], row["place_is_hidden"]
        topics, activities, audiences = (
            [self._terms[kind][key] for key in related[pk]]
            for kind, related in ((Topic, self._topics), (Activity, self._activities), (Audience, self._audiences))
        )
        access = [] if hidden else [self._terms[AccessFeature][key] for key in self._access[row["venue_id"]]]
        times = self._times(row)
        served = self._served[pk]
        options = [
            *(("focus", focus) for focus in _FOCUS.get(row["focus"], ())),
            ("joining", row["joining"]),
            ("led", row["led_by"]),
            ("stage", row["stage"]),
            *(("format", name) for name in ("in_person", "online", "by_phone") if row[f"meets_{name}"]),
            *(("audience", term.slug) for term in audiences),
            *(("topic", term.slug) for term in topics),
            *(("access", term.slug) for term in access),
            *(("services", name) for name, column in _SERVICES if row[column] == YesNo.YES),
            *([("free", "yes")] if row["is_free"] == YesNo.YES else []),
            *(("day", day) for day in dict.fromkeys(day for day, _ in times if day)),
            *(("time", part) for part in dict.fromkeys(part for _, part in times if part)),
        ]
        town = row["venue__town__name"] if row["venue_id"] else row["town__name"]
        district = row["venue__district__name"] if row["venue_id"] else row["town__district__name"]
        texts = [
            *self._organisations[row["organisation_id"]],
            *(name for name in (town, district) if name),
            *(self._areas[area] for area in served),
            *(word for term in (*topics, *activities, *audiences, *access) for word in (term.name, *term.other_words)),
            *(word for day, part in times for word in (day, part) if word),
            *(words for name, words in _FORMATS if row[f"meets_{name}"]),
            *(["free"] if row["is_free"] == YesNo.YES else []),
        ]
        name_words = self._words_of(row["name"])
        words = {*name_words, *self._words_of(row["summary"])}
        for text in texts:
            words.update(self._folded(text))
        point = (row["place_latitude"], row["place_longitude"]) if row["place_latitude"] is not None else None
        areas = self._holding(row["place_district_id"], row["place_outward_code"] or "")
        return Record(
            pk=pk,
            revision=row["revision"],
            name_key=row["name"].casefold(),
            name_words=name_words,
            words=tuple(words),
            options=tuple(options),
            times=tuple((day, part) for day, part in times if day and part),
            organisation=row["organisation_id"],
            areas=areas,
            serves=tuple({one for area in served for one in self._overlapping(area)}),
            point=point,
            is_about=row["place_is_about"],
            is_hidden=hidden,
            is_closed=row["joining"] == "closed",
            is_from_home=(row["meets_online"] or row["meets_by_phone"]) and not served,
            checked_on=self._checked.get(pk),
            meetings=self._meetings(row, served),
        )

    def _times(self, row: dict) -> list[tuple[str, str]]:
        """On which day in which part of it, as far as anybody may know: of a closed group nobody may."""
        if row["times_are_withheld"] or row["joining"] == "closed":
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

    def _meetings(self, row: dict, served: list[int]) -> tuple[datetime.datetime, ...]:
        """When it begins to meet in the weeks to come, as far as anybody may know."""
        schedules, changes = self._schedules[row["pk"]], self._changes[row["pk"]]
        if row["times_are_withheld"] or row["joining"] == "closed" or row["stands_for_several"]:
            return ()
        if not (schedules or changes):
            return ()
        districts = [row["place_district_id"]] if row["place_district_id"] else served
        nations = {self._nations[area] for area in districts}
        nation = (nations.pop() if len(nations) == 1 else None) or Nation.ENGLAND
        timetable = Timetable(
            slots=tuple(schedule.slot(nation) for schedule in schedules),
            changes=tuple(change.change for change in changes),
            pause=Pause(None, row["paused_until"]) if row["stage"] == Stage.PAUSED else None,
        )
        return tuple(
            meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, LONDON)
            for meeting in meetings(timetable, self._from, self._until)
        )

    def _words_of(self, text: str) -> tuple[str, ...]:
        return tuple(self._interned.setdefault(word, word) for word in dict.fromkeys(fold(text).split()))


_SERVICES = (
    ("while-waiting", "while_waiting"),
    ("alongside", "alongside_services"),
    ("after", "after_services"),
)
_FORMATS = (("in_person", "in person"), ("online", "online"), ("by_phone", "by phone"))


def _by_group(model: type, of_group: dict) -> dict[int, list]:
    """The patterns, or the changes, of each group, with the venues that say which bank holidays are kept."""
    found: dict[int, list] = defaultdict(list)
    for one in model.objects.filter(**of_group).select_related("venue__district").order_by("pk"):
        found[one.group_id].append(one)
    return found


def _related(through: type, column: str, filters: dict, owner: str = "supportgroup") -> dict[int, list[int]]:
    """For each owner the keys of what it relates to."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = through.objects.filter(**filters).order_by("pk").values_list(f"{owner}_id", f"{column}_id")
    for key, related in rows:
        found[key].append(related)
    return found


class _Parts:
    """The districts, or parts of them, that lie in each area, both ways round."""

    def __init__(self) -> None:
        self.of_area: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.of_district: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for area, district, code in AreaPart.objects.values_list("area", "district", "outward_code"):
            self.of_area[area].append((district, code))
            self.of_district[district].append((area, code))

    def holding(self, district: int | None, code: str) -> tuple[int, ...]:
        return tuple({area for area, part in self.of_district.get(district, ()) if part in ("", code)})

    def overlapping(self, area: int) -> Iterable[int]:
        return {
            other
            for district, code in self.of_area[area]
            for other, part in self.of_district[district]
            if not code or not part or code == part
        }
