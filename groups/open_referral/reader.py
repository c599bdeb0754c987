"""Groups read whole for their records, 60 at a time, by statements that are compiled once."""

from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value

from common.compiled_queries import fill, of_owners, rows_of, values_of
from common.models import related_rows
from organisations.models import Contact
from places.models import Area

from ..models import (
    AccessFeature,
    GroupCheck,
    JoiningRoute,
    Language,
    Schedule,
    ScheduleChange,
    SourceRecord,
    SupportGroup,
)
from ..models.schedule import OF_CHANGE
from ..timetable.columns import OF_PATTERN
from .fixed_terms import OF_WANTS
from .headings import OF_GROUP
from .modification import with_last_modified
from .taxonomy import EDITED_TERMS

#: How many groups are read at once, in one statement of a size that is compiled: more at once take more memory.
BATCH = 60
#: The columns that records show, or are made by. Any other costs a query for each group.
_COLUMNS = (
    *("public_id", "slug", "name", "summary", "what_it_is_like", "how_to_take_part_from_home", "website", "agreed_on"),
    *OF_GROUP.values(),
    *("stage", "stage_note", *OF_WANTS, "paused_since", "paused_until", "paused_because", "ended_on"),
    *(
        "where_members_went",
        "focus",
        "wellbeing",
        "led_by",
        "joining",
        "joining_note",
        "look_again_on",
        "age_from",
        "age_to",
    ),
    *("eligible_by_place", "eligible_area", "meets_in_person", "meets_online", "meets_by_phone"),
    *("times_are_withheld", "stands_for_several", "is_free", "cost_note"),
    *("while_waiting", "alongside_services", "after_services"),
)
_OF_ORGANISATION = ("public_id", "name", "former_names", "kind", "summary", "what_it_does", "charity_number", "website")
_OF_VENUE = (
    *("public_id", "name", "address", "postcode", "latitude", "longitude", "opening_hours"),
    *("access_note", "getting_there", "address_is_confidential"),
)
_OF_AREA = ("public_id", "gss_code", "name", "kind", "path")
_OF_CONTACT = (
    *("public_id", "role_title", "purpose", "email", "phone", "text_number", "takes_whatsapp", "hours"),
    *("is_released", "number_checked_on"),
)
_OF_TOWN = ("name", "geonames_id")
_VENUES = {"venue": _OF_VENUE, "venue__town": _OF_TOWN, "venue__district": _OF_AREA}
_RELATED = {
    **_VENUES,
    "organisation": _OF_ORGANISATION,
    "town": _OF_TOWN,
    "town__district": _OF_AREA,
    "eligible_area": _OF_AREA,
}


class TermKey:
    """The key of a term of a group, as the relation's row has it."""

    __slots__ = ("pk",)

    def __init__(self, pk: int) -> None:
        self.pk = pk


def read_whole(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}`, at most `BATCH`, with all that their records show, in a number of queries that is fixed.

    Each has `last_modified` and `last_checked_by`, too. Of terms, but languages, there are the keys alone.
    """
    groups = read_minimal(keys)
    if not groups:
        return groups
    fill(groups, "schedule_changes", rows_of(_changes, groups), "group_id")
    fill(groups, "areas_served", rows_of(_areas, groups))
    fill(groups, "contacts", rows_of(_contacts, groups))
    fill(groups, "languages", rows_of(_languages, groups))
    fill(groups, "routes", rows_of(_routes, groups), "group_id")
    fill(groups, "source_records", rows_of(_records, groups), "group_id")
    _fill_terms(groups)
    _fill_access_features(groups)
    return groups


def read_minimal(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}`, at most `BATCH`, with what minimal records show: each has `last_modified`, too."""
    groups: dict[int, SupportGroup] = {group.pk: group for group in rows_of(_groups, keys)}
    if groups:
        fill(groups, "schedules", rows_of(_schedules, groups), "group_id")
    return groups


def _fill_terms(groups: dict[int, SupportGroup]) -> None:
    found: dict[tuple[str, int], list[TermKey]] = {}
    for relation, group, term in values_of(_terms, groups):
        found.setdefault((relation, group), []).append(TermKey(term))
    for pk, group in groups.items():
        for relation in EDITED_TERMS:
            group.__dict__["_prefetched_objects_cache"][relation] = tuple(found.get((relation, pk), ()))


def _fill_access_features(groups: dict[int, SupportGroup]) -> None:
    """Fill the access features of all venues of the groups: each has an instance for each row that it was read with."""
    venues: dict[int, list[Any]] = {}
    for group in groups.values():
        rows: list[Any] = [group, *related_rows(group, "schedules"), *related_rows(group, "schedule_changes")]
        for row in rows:
            if row.venue is not None:
                venues.setdefault(row.venue.pk, []).append(row.venue)
    features: dict[int, list[Any]] = {}
    for venue, public_id, name in values_of(_features, venues):
        features.setdefault(venue, []).append(SimpleNamespace(public_id=public_id, name=name))
    for pk, instances in venues.items():
        for venue in instances:
            venue.__dict__.setdefault("_prefetched_objects_cache", {})["access_features"] = tuple(features.get(pk, ()))


def _groups(keys: list[int]) -> QuerySet[SupportGroup]:
    newest = GroupCheck.objects.filter(listing=OuterRef("pk")).order_by("-checked_on", "-pk")
    groups = with_last_modified(SupportGroup.objects.filter(pk__in=keys).with_last_check().order_by())
    means = Subquery(newest.values("checked_by")[:1])
    return groups.annotate(last_checked_by=means).select_related(*_RELATED).only(*_COLUMNS, *_names(_RELATED))


def _schedules(keys: list[int]) -> QuerySet[Schedule]:
    rows = Schedule.objects.filter(group__in=keys).select_related(*_VENUES)
    return rows.only("group", *OF_PATTERN, "note", *_names(_VENUES))


def _changes(keys: list[int]) -> QuerySet[ScheduleChange]:
    rows = ScheduleChange.objects.filter(group__in=keys).select_related(*_VENUES)
    return rows.only("group", *OF_CHANGE, *_names(_VENUES))


def _names(related: Mapping[str, Collection[str]]) -> list[str]:
    """Return the names of the columns of relations, and of the relations themselves."""
    return [*related, *(f"{path}__{name}" for path, names in related.items() for name in names)]


def _terms(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    of_kinds = []
    for relation, (model, *_) in EDITED_TERMS.items():
        links: Any = getattr(SupportGroup, relation).through.objects.filter(supportgroup__in=keys)
        term = f"{model._meta.model_name}_id"
        of_kinds.append(
            links.annotate(relation=Value(relation, CharField()), term=F(term))
            .order_by()
            .values_list("relation", "supportgroup_id", "term")
        )
    found: QuerySet[Any, tuple[Any, ...]] = of_kinds[0].union(*of_kinds[1:], all=True).order_by("term")
    return found


def _routes(keys: list[int]) -> QuerySet[JoiningRoute]:
    return JoiningRoute.objects.filter(group__in=keys)


def _records(keys: list[int]) -> QuerySet[SourceRecord]:
    return SourceRecord.objects.filter(group__in=keys).select_related("source")


def _features(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = AccessFeature.objects.filter(venues__in=keys).order_by("name", "pk")
    return rows.values_list("venues", "public_id", "name")


_areas = of_owners("groups_serving", Area.objects.only(*_OF_AREA))
_contacts = of_owners("groups", Contact.objects.only(*_OF_CONTACT))
_languages = of_owners("groups", Language.objects.only("name", "slug"))
