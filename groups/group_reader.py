"""Reads groups with all that a card or a group's page shows, by statements compiled once."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value

from common.compiled_queries import fill, of_owners, rows_of, values_of
from organisations.freshness import LAPSED_AFTER, cutoff
from organisations.models import Contact, Organisation
from places.models import Area

from .choices import ChangeKind, Stage
from .models import (
    AccessFeature,
    Activity,
    Audience,
    JoiningRoute,
    Language,
    Schedule,
    ScheduleChange,
    SourceRecord,
    SupportGroup,
    Topic,
)
from .models.schedule import OF_CHANGE
from .timetable.columns import OF_PATTERN

_VENUE = ("venue__town", "venue__district")
#: The columns of a group and its place that its card needs.
_ON_CARDS = (
    *("code", "slug", "name", "summary", "stage", "joining", "meets_in_person", "meets_online", "meets_by_phone"),
    *("paused_until", "times_are_withheld", "stands_for_several", "venue__name", "venue__address_is_confidential"),
    *("venue__town__name", "venue__district__name", "venue__district__gss_code"),
    *("town__name", "town__district__name", "town__district__gss_code", "town__district__kind"),
    "venue__district__kind",
)
#: The columns of a venue and its place that a card needs.
_OF_VENUES = (
    *("venue__name", "venue__address_is_confidential", "venue__town__name"),
    *("venue__district__name", "venue__district__gss_code"),
)

#: The columns of a group and its place that an entry of a feed needs.
_ON_ENTRIES = (
    *("public_id", "slug", "name", "summary", "stage", "joining", "meets_in_person", "meets_online", "meets_by_phone"),
    *("times_are_withheld", "stands_for_several", "town__name"),
    *("venue__name", "venue__address_is_confidential", "venue__town__name", "venue__district__name"),
)
#: The additional dates of groups, without which an entry names no dates.
_extra = ScheduleChange.objects.filter(kind=ChangeKind.EXTRA)

#: Whether a group has any of these: most have none, which saves a query.
_HAS_EXTRA_DATES = Exists(_extra.filter(group=OuterRef("pk")))
_HAS_CHANGES = Exists(ScheduleChange.objects.filter(group=OuterRef("pk")))
_HAS_AREAS = Exists(SupportGroup.areas_served.through.objects.filter(supportgroup=OuterRef("pk")))


class TermRow(NamedTuple):
    """The columns of a term that a group's page shows: a topic, activity, audience or language."""

    #: The group's relation to it: "topics".
    relation: str
    pk: int
    slug: str
    name: str


def read_cards(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}` with the columns that cards show, in two to four queries. Others cost one more."""
    return _with_what_cards_show(rows_of(_cards, keys))


def read_entries(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}` with the columns that entries of a feed show, in two to four queries."""
    groups: dict[int, SupportGroup] = {group.pk: group for group in rows_of(_entries, keys)}
    if groups:
        _fill_relations(groups, _times, _extra_dates)
    return groups


def read_groups(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}` as `for_cards()` reads them, in four queries."""
    groups: dict[int, SupportGroup] = {group.pk: group for group in rows_of(_groups, keys)}
    if groups:
        fill(groups, "schedules", rows_of(_schedules, groups), "group_id")
        fill(groups, "schedule_changes", rows_of(_changes, groups), "group_id")
        fill(groups, "areas_served", rows_of(_areas, groups))
    return groups


def read_listed_of(organisation: int, today: datetime.date) -> list[SupportGroup]:
    """Return the listed groups of an organisation as `read_cards` does, in the order of their names.

    Each has `place_is_hidden`, too.
    """
    oldest = cutoff(LAPSED_AFTER, today)
    checked = ((group, group.__dict__["last_checked_on"]) for group in rows_of(_of_organisations, [organisation]))
    return [*_with_what_cards_show([group for group, on in checked if on is None or on >= oldest]).values()]


def _with_what_cards_show(rows: Iterable[SupportGroup]) -> dict[int, SupportGroup]:
    groups = {group.pk: group for group in rows}
    if groups:
        _fill_relations(groups, _card_schedules, _card_changes)
    return groups


def _fill_relations(
    groups: Mapping[int, SupportGroup],
    schedules: Callable[[list[int]], QuerySet[Schedule]],
    changes: Callable[[list[int]], QuerySet[ScheduleChange]],
) -> None:
    """Fill the times and areas of groups, those that most do not have only where there are any."""
    changed, serving = ([pk for pk in groups if groups[pk].__dict__[name]] for name in ("has_changes", "has_areas"))
    fill(groups, "schedules", rows_of(schedules, groups), "group_id")
    fill(groups, "schedule_changes", rows_of(changes, changed), "group_id")
    fill(groups, "areas_served", rows_of(_names_of_areas, serving))


def read_page(slug: str) -> SupportGroup | None:
    """Return the published group with this current slug, with all that its page shows; None if there is none."""
    found = {group.pk: group for group in rows_of(_published, [slug])}
    for group in found.values():
        has = group.__dict__
        fill(found, "schedules", rows_of(_schedules, found), "group_id")
        fill(found, "schedule_changes", rows_of(_changes, found) if has["has_changes"] else [], "group_id")
        fill(found, "areas_served", rows_of(_areas, found) if has["has_areas"] else [])
        fill(found, "source_records", rows_of(_records, found) if has["has_records"] else [], "group_id")
        fill(found, "contacts", rows_of(_contacts, found))
        terms = [TermRow(*row) for row in values_of(_terms, found)]
        for relation in _TERMS:
            group.__dict__["_prefetched_objects_cache"][relation] = tuple(
                term for term in terms if term.relation == relation
            )
        fill(found, "routes", rows_of(_routes, found), "group_id")
        rows: list[Any] = [group, *group.schedules.all(), *group.schedule_changes.all()]
        venues = [row.venue for row in rows if row.venue is not None]
        features = rows_of(_features, {venue.pk for venue in venues})
        for venue in venues:
            fill({venue.pk: venue}, "access_features", [row for row in features if row.__dict__["owner"] == venue.pk])
        if not group.released_contacts:
            # The organisation's contacts, as a fallback.
            fill({group.organisation_id: group.organisation}, "networks", rows_of(_networks, [group.organisation_id]))
        return group
    return None


def _whole(groups: Any) -> QuerySet[SupportGroup]:
    related = ("organisation", "venue__town", "venue__district", "town__district")
    found: QuerySet[SupportGroup] = groups.with_last_check().with_place().select_related(*related)
    return found


def _for_cards(groups: Any) -> QuerySet[SupportGroup]:
    found: QuerySet[SupportGroup] = groups.with_last_check().annotate(has_changes=_HAS_CHANGES, has_areas=_HAS_AREAS)
    return found.select_related("venue__town", "venue__district", "town__district").only(*_ON_CARDS)


def _cards(keys: list[int]) -> QuerySet[SupportGroup]:
    return _for_cards(SupportGroup.objects.filter(pk__in=keys)).order_by()


def _entries(keys: list[int]) -> QuerySet[SupportGroup]:
    found: QuerySet[SupportGroup] = SupportGroup.objects.filter(pk__in=keys).with_last_check()
    has = found.annotate(has_changes=_HAS_EXTRA_DATES, has_areas=_HAS_AREAS)
    return has.select_related("venue__town", "venue__district", "town").only(*_ON_ENTRIES).order_by()


def _groups(keys: list[int]) -> QuerySet[SupportGroup]:
    return _whole(SupportGroup.objects.filter(pk__in=keys))


def _of_organisations(keys: list[int]) -> QuerySet[SupportGroup]:
    listed = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED)
    return _for_cards(listed.filter(organisation__in=keys).with_hidden_place())


def _published(slugs: list[str]) -> QuerySet[SupportGroup]:
    has_records = Exists(SourceRecord.objects.filter(group=OuterRef("pk")))
    listed = SupportGroup.objects.published().of_listed_organisations().filter(slug__in=slugs)
    return _whole(listed).annotate(has_changes=_HAS_CHANGES, has_areas=_HAS_AREAS, has_records=has_records)


def _schedules(keys: list[int]) -> QuerySet[Schedule]:
    return Schedule.objects.filter(group__in=keys).select_related(*_VENUE)


def _changes(keys: list[int]) -> QuerySet[ScheduleChange]:
    return ScheduleChange.objects.filter(group__in=keys).select_related(*_VENUE)


def _card_schedules(keys: list[int]) -> QuerySet[Schedule]:
    return _schedules(keys).only("group", *OF_PATTERN, "note", *_OF_VENUES)


def _card_changes(keys: list[int]) -> QuerySet[ScheduleChange]:
    return _changes(keys).only("group", *OF_CHANGE, *_OF_VENUES)


def _times(keys: list[int]) -> QuerySet[Schedule]:
    rows = Schedule.objects.filter(group__in=keys).select_related("venue")
    return rows.only("group", *OF_PATTERN, "note", "venue__address_is_confidential")


def _extra_dates(keys: list[int]) -> QuerySet[ScheduleChange]:
    return _extra.filter(group__in=keys).only("group", "kind", "date")


def _records(keys: list[int]) -> QuerySet[SourceRecord]:
    return SourceRecord.objects.filter(group__in=keys).select_related("source")


def _routes(keys: list[int]) -> QuerySet[JoiningRoute]:
    return JoiningRoute.objects.filter(group__in=keys)


def _terms(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the columns of `TermRow`, of all kinds in one query: one for each kind takes longer."""
    of_kinds = [
        terms.objects.filter(groups__in=keys)
        .annotate(relation=Value(relation, CharField()))
        .order_by()
        .values_list("relation", "pk", "slug", "name")
        for relation, terms in _TERMS.items()
    ]
    return of_kinds[0].union(*of_kinds[1:], all=True).order_by("name")


_areas = of_owners("groups_serving", Area.objects)
_names_of_areas = of_owners("groups_serving", Area.objects.only("name", "gss_code", "kind"))
_features = of_owners("venues", AccessFeature.objects)
_networks = of_owners("members", Organisation.objects)
_contacts = of_owners("groups", Contact.objects)
#: The relations of a group to terms, each with their model.
_TERMS: dict[str, Any] = {"topics": Topic, "activities": Activity, "audiences": Audience, "languages": Language}
