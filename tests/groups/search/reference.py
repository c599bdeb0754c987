"""Search by plain queries and plain loops: slow, easy to read, and what the directory in memory is held to.

Nothing here shares code with the index: what it finds, in which order, how many each option would leave.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from groups.choices import Stage
from groups.models import SupportGroup
from groups.search.facets import FACETS
from groups.search.query import Query
from groups.search.synonyms import Phrase
from organisations.freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff
from organisations.models import Organisation
from tests.groups.search.reference_answers import answers_of
from tests.groups.search.reference_order import (
    best_match_key,
    few_from_home,
    miles_to,
    next_meeting,
    order_key,
    section_found,
)
from tests.groups.search.reference_words import (
    has_name,
    is_known,
    is_wanted,
    is_weak,
    names_of,
    read_words,
    towns_of_several_words,
    typed_phrases,
)

PER_PAGE = 12

_RELATED = ["organisation", "venue__town", "venue__district", "town__district"]
_RELATED_ROWS = [
    "checks",
    "schedules__venue",
    "schedule_changes",
    "topics",
    "activities",
    "audiences",
    "languages",
    "venue__access_features",
    "areas_served__parts",
]


@dataclass
class ReferenceResult:
    """What the reference finds: all keys in order with when each next meets, the blocks beside them, and all counts."""

    keys: list[int]
    begins: dict[int, datetime.datetime | None]
    sections: dict[int, int]
    serving: list[int]
    joinable_from_home: list[int]
    from_home_total: int
    counts: dict[str, dict[str, int]]
    #: For each question that was asked, how many more do not answer it; and the words that were left out.
    unsaid: dict[str, int]
    left_out: tuple[str, ...]


def search(query: Query, now: datetime.datetime) -> ReferenceResult:
    """What answers a question at a moment."""
    listed = _listed(now)
    named_organisations = _organisations_of_name(query)
    # The area of a question is asked for its parts once for each group.
    prefetch_related_objects([area for area in (query.searched_area, query.surrounding_area) if area], "parts")
    for group in listed:
        group.is_of_named = group.organisation_id in named_organisations
        group.is_named = not query.sort and (group.is_of_named or has_name(group.names, query.name))
    typed = _looked_for(query, listed, now)
    for group in listed:
        group.has_all_words = is_wanted(group, typed)
        group.is_unsaid = not group.is_named and not _answers(group, query, now)
    page = [group for group in listed if _is_at(group, query)]
    found = [group for group in listed if group.is_named or (group in page and _fits(group, query, now))]
    background = [group for group in listed if group not in found and _fits(group, query, now)]
    area = query.surrounding_area
    serving = [group for group in background if area is not None and _serves(group, area)]
    joinable_from_home = [
        group
        for group in background
        if area is not None
        and group not in serving
        and (group.meets_online or group.meets_by_phone)
        and not group.areas_served.all()
    ]
    return ReferenceResult(
        keys=[group.pk for group in sorted(found, key=lambda group: order_key(group, query, typed, now))],
        begins={group.pk: next_meeting(group, query, now) for group in found},
        sections=dict(Counter(section_found(group) for group in found)) if not query.sort else {},
        serving=[group.pk for group in sorted(serving, key=lambda group: best_match_key(group, query, typed, now))],
        joinable_from_home=few_from_home(joinable_from_home, query, now),
        from_home_total=len(joinable_from_home),
        counts=_counts(page, query, listed, now),
        unsaid=_unsaid(page, query, now),
        left_out=tuple(" ".join(phrase) for phrase in typed_phrases(query.words) if phrase not in typed),
    )


def _organisations_of_name(query: Query) -> set[int]:
    """The organisations that have all words of the name that was typed."""
    published = Organisation.objects.filter(publication="published")
    return {row.pk for row in published if not query.sort and has_name(names_of(row), query.name)}


def _looked_for(query: Query, listed: list[SupportGroup], now: datetime.datetime) -> list[Phrase]:
    """What is looked for of what was typed: all, where a group has all; else as much as one has.

    Words of the vocabulary come first, and of these and of others the rarest; weak words last, and never alone.
    """
    typed = typed_phrases(query.words)

    def is_found(phrases: list[Phrase]) -> bool:
        for group in listed:
            group.has_all_words = is_wanted(group, phrases)
        return any(group.is_named or (_is_at(group, query) and _fits(group, query, now)) for group in listed)

    if len(typed) < 2 or is_found(typed):
        return typed
    have = {phrase: sum(is_wanted(group, [phrase]) for group in listed) for phrase in typed}
    in_order = sorted(
        (phrase for phrase in typed if have[phrase]),
        key=lambda phrase: (is_weak(phrase), not is_known(phrase), have[phrase]),
    )
    left: list[Phrase] = []
    for phrase in in_order:
        if is_weak(phrase) and not left and not all(map(is_weak, typed)):
            break
        if is_found([*left, phrase]):
            left.append(phrase)
        elif not left:
            break
    return left or typed


def _listed(now: datetime.datetime) -> list[SupportGroup]:
    today, towns = now.date(), towns_of_several_words()
    groups = SupportGroup.objects.filter(publication="published", organisation__publication="published").with_place()
    listed = []
    # Fetched together: a query for each row of each group would be most of the time of the tests.
    for group in groups.exclude(stage=Stage.ENDED).select_related(*_RELATED).prefetch_related(*_RELATED_ROWS):
        group.newest = max((check.checked_on for check in group.checks.all()), default=None)
        if group.newest is None or group.newest >= cutoff(LAPSED_AFTER, today):
            group.is_overdue = group.newest is not None and group.newest < cutoff(OVERDUE_AFTER, today)
            group.answers = answers_of(group, now)
            read_words(group, towns)
            listed.append(group)
    return listed


def _is_at(group: SupportGroup, query: Query) -> bool:
    """Whether a group is at the place that was asked for, and has the words and the organisation."""
    if query.point is not None:
        miles = miles_to(group, query)
        if miles is None or miles > query.within:
            return False
    area = query.searched_area
    return area is None or any(
        part.district_id == group.place_district_id and part.outward_code in ("", group.place_outward_code)
        for part in area.parts.all()
    )


def _answers(group: SupportGroup, query: Query, now: datetime.datetime, unsaid: tuple[str, ...] = ()) -> bool:
    """Whether a group answers every part of a question but the place; it need not answer what is `unsaid`."""
    if query.organisation is not None and group.organisation_id != query.organisation:
        return False
    if not group.has_all_words:
        return False
    choices = dict(query.choices)
    days, parts, soon = (choices.pop(name, ()) for name in ("day", "time", "soon"))
    if soon and next_meeting(group, query, now) is None:
        return False
    if not soon and not _meets(group, days, parts):
        return False
    return all(
        _chosen(group, name, values) or (name in unsaid and _leaves_open(group, name, values))
        for name, values in choices.items()
    )


def _fits(group: SupportGroup, query: Query, now: datetime.datetime) -> bool:
    """Whether a group answers every part of a question, or does not say where that is enough."""
    return _answers(group, query, now, query.unsaid)


def _leaves_open(group: SupportGroup, name: str, values: tuple[str, ...]) -> bool:
    """Whether a group does not say: it names no other audience, and says of nothing that it is not so."""
    if _chosen(group, name, values):
        return False
    if name == "audience":
        return group.answers[name] <= {"everybody"}
    columns = {
        "yes": group.is_free,
        "while-waiting": group.while_waiting,
        "alongside": group.alongside_services,
        "after": group.after_services,
    }
    return not any(columns.get(value) == "no" for value in values)


def _unsaid(page: list[SupportGroup], query: Query, now: datetime.datetime) -> dict[str, int]:
    """For each question that groups may leave open, how many more that would show."""
    counts = {}
    for name, values in query.choices:
        if name in ("audience", "services", "access", "free") and name not in query.unsaid:
            too = (*query.unsaid, name)
            more = [group for group in page if _leaves_open(group, name, values) and _answers(group, query, now, too)]
            counts[name] = len(more)
    return {name: count for name, count in counts.items() if count}


def _chosen(group: SupportGroup, name: str, values: tuple[str, ...]) -> bool:
    has = [value in group.answers[name] for value in values]
    return all(has) if name in ("services", "access") else any(has)


def _meets(group: SupportGroup, days: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not days and not parts:
        return True
    return any((not days or day in days) and (not parts or part in parts) for day, part in group.answers["when"])


def _counts(
    page: list[SupportGroup], query: Query, listed: list[SupportGroup], now: datetime.datetime
) -> dict[str, dict[str, int]]:
    """For each option how many groups would be left: if it were chosen too, or chosen instead."""
    terms = {"topic": set(), "audience": set(), "access": set()}
    for group in listed:
        for facet in terms:
            terms[facet] |= group.answers[facet]
    counts = {}
    for facet in FACETS:
        values = [value for value, _ in facet.options] or sorted(terms[facet.name])
        counts[facet.name] = {value: _left(page, query, facet.name, value, now) for value in values}
    return counts


def _left(page: list[SupportGroup], query: Query, facet: str, value: str, now: datetime.datetime) -> int:
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
    return sum(_answers(group, asked, now) for group in page)


def _serves(group: SupportGroup, area) -> bool:
    parts = [(part.district_id, part.outward_code) for part in area.parts.all()]
    return any(
        part.district_id == district and (not part.outward_code or not code or part.outward_code == code)
        for served in group.areas_served.all()
        for part in served.parts.all()
        for district, code in parts
    )
