"""Search by plain queries and plain loops: slow, easy to read, and what the directory in memory is held to.

Nothing here shares code with the index: what it finds, in which order, how many each option would leave.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Max

from common.text import fold
from groups.choices import Focus, Frequency, Joining, Stage, Weekday
from groups.models import SupportGroup
from groups.search.facets import FACETS
from groups.search.query import Query
from groups.search.synonyms import site_vocabulary
from organisations.freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff
from places.distance import distance_miles

PER_PAGE = 12


@dataclass
class ReferenceResult:
    """What the reference finds: all keys in order, the blocks beside them, and the counts of every option."""

    keys: list[int]
    serving: list[int]
    joinable_from_home: list[int]
    counts: dict[str, dict[str, int]]


def search(query: Query, now: datetime.datetime) -> ReferenceResult:
    """What answers a question at a moment."""
    listed = _listed(now)
    page = [group for group in listed if _is_at(group, query)]
    found = [group for group in page if _answers(group, query)]
    background = [group for group in listed if group not in found and _answers(group, query)]
    area = query.surrounding_area
    serving = [group for group in background if area is not None and _serves(group, area)]
    joinable_from_home = [
        group
        for group in background
        if area is not None
        and group not in serving
        and (group.meets_online or group.meets_by_phone)
        and not group.areas_served.exists()
    ]
    return ReferenceResult(
        keys=[group.pk for group in sorted(found, key=lambda group: _order(group, query, now))],
        serving=[group.pk for group in sorted(serving, key=_standing)],
        joinable_from_home=[group.pk for group in sorted(joinable_from_home, key=_standing)],
        counts=_counts(page, query, listed),
    )


def _listed(now: datetime.datetime) -> list[SupportGroup]:
    today = now.date()
    groups = SupportGroup.objects.filter(publication="published", organisation__publication="published").with_place()
    listed = []
    for group in groups.exclude(stage=Stage.ENDED):
        group.newest = group.checks.aggregate(newest=Max("checked_on"))["newest"]
        if group.newest is None or group.newest >= cutoff(LAPSED_AFTER, today):
            group.stale = group.newest is None or group.newest < cutoff(OVERDUE_AFTER, today)
            group.answers = _facets(group, now)
            listed.append(group)
    return listed


def _facets(group: SupportGroup, now: datetime.datetime) -> dict[str, set]:
    """What a group answers of each facet, as far as anybody may know."""
    hidden = group.place_is_hidden
    times = _times(group, now.date())
    focus = {Focus.TALKING: {"talking"}, Focus.DOING: {"doing"}, Focus.BOTH: {"talking", "doing"}}
    answers = {
        "focus": focus.get(group.focus, set()),
        "joining": {_joining(group, now.date())},
        "led": {group.led_by},
        "stage": {group.stage},
        "format": {name for name in ("in_person", "online", "by_phone") if getattr(group, f"meets_{name}")},
        "audience": {term.slug for term in group.audiences.all()},
        "topic": {term.slug for term in group.topics.all()},
        "access": set() if hidden or not group.venue else {term.slug for term in group.venue.access_features.all()},
        "services": set(),
        "free": {"yes"} if group.is_free == "yes" else set(),
        "when": times,
        "soon": {"this week"} if _meets_this_week(group, now) else set(),
    }
    for name, column in (
        ("while-waiting", "while_waiting"),
        ("alongside", "alongside_services"),
        ("after", "after_services"),
    ):
        if getattr(group, column) == "yes":
            answers["services"].add(name)
    return answers


def _joining(group: SupportGroup, today: datetime.date) -> str:
    """What visitors read: nobody is told to just come along to an address that nobody may see."""
    hidden = group.venue is not None and group.venue.address_is_confidential
    if not group.times_are_withheld and not group.stands_for_several:
        patterns = [row for row in group.schedules.all() if row.last_date is None or row.last_date >= today]
        venues = [row.venue or group.venue for row in patterns] or [group.venue]
        hidden = any(venue is not None and venue.address_is_confidential for venue in venues)
    elif any(
        (row.last_date is None or row.last_date >= today) and row.venue and row.venue.address_is_confidential
        for row in group.schedules.all()
    ):
        hidden = True
    if group.joining == "just come" and group.meets_in_person and hidden:
        return "contact first"
    return group.joining


def _meets_this_week(group: SupportGroup, now: datetime.datetime) -> bool:
    dates = group.dates_to_come(now, 1).rows
    return bool(dates) and dates[0].meeting.date <= now.date() + datetime.timedelta(days=6)


def _times(group: SupportGroup, today: datetime.date) -> set[tuple[str, str]]:
    if group.times_are_withheld or group.joining == Joining.CLOSED:
        return set()
    times = set()
    for schedule in group.schedules.all():
        if schedule.frequency in (Frequency.ASK, Frequency.TO_BE_AGREED):
            continue
        if schedule.last_date is not None and schedule.last_date < today:
            continue
        day = "" if schedule.weekday is None else Weekday(schedule.weekday).label.lower()
        part = ""
        if schedule.starts_at is not None:
            part = (
                "morning"
                if schedule.starts_at.hour < 12
                else "afternoon"
                if schedule.starts_at.hour < 17
                else "evening"
            )
        times.add((day, part))
    return times


def _is_at(group: SupportGroup, query: Query) -> bool:
    """Whether a group is at the place that was asked for, and has the words and the organisation."""
    if query.point is not None:
        miles = _miles(group, query)
        if miles is None or miles > query.within:
            return False
    area = query.searched_area
    return area is None or any(
        part.district_id == group.place_district_id and part.outward_code in ("", group.place_outward_code)
        for part in area.parts.all()
    )


def _answers(group: SupportGroup, query: Query, without: str = "") -> bool:
    """Whether a group answers every part of a question but the place, and perhaps one facet."""
    if query.organisation is not None and group.organisation_id != query.organisation:
        return False
    if query.words and not _has_words(_texts(group), query.words):
        return False
    choices = {name: values for name, values in query.choices if name != without}
    days, parts = choices.pop("day", ()), choices.pop("time", ())
    if not _meets(group, days, parts):
        return False
    return all(_chosen(group, name, values) for name, values in choices.items())


def _chosen(group: SupportGroup, name: str, values: tuple[str, ...]) -> bool:
    has = [value in group.answers[name] for value in values]
    return all(has) if name in ("services", "access") else any(has)


def _meets(group: SupportGroup, days: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not days and not parts:
        return True
    return any((not days or day in days) and (not parts or part in parts) for day, part in group.answers["when"])


def _counts(page: list[SupportGroup], query: Query, listed: list[SupportGroup]) -> dict[str, dict[str, int]]:
    """For each option how many groups would be left: if it were chosen too, or chosen instead."""
    terms = {"topic": set(), "audience": set(), "access": set()}
    for group in listed:
        for facet in terms:
            terms[facet] |= group.answers[facet]
    counts = {}
    for facet in FACETS:
        values = [value for value, _ in facet.options] or sorted(terms[facet.name])
        counts[facet.name] = {value: _left(page, query, facet.name, value) for value in values}
    return counts


def _left(page: list[SupportGroup], query: Query, facet: str, value: str) -> int:
    chosen = dict(query.choices)
    chosen[facet] = (*chosen.get(facet, ()), value) if facet in ("services", "access") else (value,)
    asked = Query(
        place=query.place,
        area=query.area,
        within=query.within,
        words=query.words,
        choices=tuple(chosen.items()),
        organisation=query.organisation,
    )
    return sum(_answers(group, asked) for group in page)


def _texts(group: SupportGroup) -> list[str]:
    """The public texts of a group, each as its words."""
    district = group.venue.district if group.venue else group.town.district if group.town else None
    town = group.venue.town if group.venue else group.town
    terms = [*group.topics.all(), *group.activities.all(), *group.audiences.all()]
    if group.venue and not group.place_is_hidden:
        terms += group.venue.access_features.all()
    message = {"in_person": "in person", "online": "online", "by_phone": "by phone"}
    return [
        group.name,
        group.summary,
        group.organisation.name,
        *group.organisation.former_names,
        town.name if town else "",
        district.name if district else "",
        *(area.name for area in group.areas_served.all()),
        *(text for term in terms for text in (term.name, *term.other_words)),
        *(word for pair in group.answers["when"] for word in pair),
        *(message[name] for name in group.answers["format"]),
        *(["free"] if group.is_free == "yes" else []),
    ]


def _has_words(texts: list[str], typed: tuple[str, ...]) -> bool:
    vocabulary = site_vocabulary()
    there = {word for text in texts for word in fold(text).split()}

    def is_there(word: str) -> bool:
        return word in there if vocabulary.is_whole(word) else any(row.startswith(word) for row in there)

    return all(any(all(map(is_there, phrase)) for phrase in phrases) for phrases in vocabulary.wanted(typed))


def _serves(group: SupportGroup, area) -> bool:
    parts = [(part.district_id, part.outward_code) for part in area.parts.all()]
    return any(
        part.district_id == district and (not part.outward_code or not code or part.outward_code == code)
        for served in group.areas_served.all()
        for part in served.parts.all()
        for district, code in parts
    )


def _miles(group: SupportGroup, query: Query) -> float | None:
    if group.place_latitude is None:
        return None
    return distance_miles(*query.point, group.place_latitude, group.place_longitude)


def _standing(group: SupportGroup) -> tuple:
    return group.joining == Joining.CLOSED, group.stale, group.name.casefold(), group.pk


def _order(group: SupportGroup, query: Query, now: datetime.datetime) -> tuple:
    closed, stale, name, pk = _standing(group)
    not_in_name = bool(query.words) and not _has_words([group.name], query.words)
    if query.sort == "soonest":
        by = _next(group, now)
    elif query.point is not None and query.sort != "name":
        by = round(_miles(group, query), 3)
    else:
        by = 0
    return not_in_name, closed, stale, by, name, pk


def _next(group: SupportGroup, now: datetime.datetime) -> datetime.datetime:
    """When a group next meets, within the weeks that search knows of; after everything else where nobody knows."""
    dates = group.dates_to_come(now, 1).rows
    if dates:
        meeting = dates[0].meeting
        begins = meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, now.tzinfo)
        if meeting.date <= now.date() + datetime.timedelta(weeks=8):
            return begins
    return now + datetime.timedelta(days=3650)
