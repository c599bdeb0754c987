"""Groups read whole for their records, 60 at a time, by statements that are compiled once."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value

from common.compiled_queries import SIZES, fill, of_owners, rows_of, values_of
from organisations.models import Contact

from ..group_reader import read_groups
from ..models import AccessFeature, GroupCheck, JoiningRoute, Language, SourceRecord, SupportGroup
from .modification import last_modified
from .taxonomy import EDITED_TERMS

#: How many groups are read at once.
BATCH = SIZES[-1]


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
    fill(groups, "contacts", rows_of(_contacts, groups))
    fill(groups, "languages", rows_of(_languages, groups))
    fill(groups, "routes", rows_of(_routes, groups), "group_id")
    fill(groups, "source_records", rows_of(_records, groups), "group_id")
    _fill_terms(groups)
    _fill_access_features(groups)
    means = dict(values_of(_means, groups))
    for pk, group in groups.items():
        group.__dict__["last_checked_by"] = means.get(pk)
    return groups


def read_minimal(keys: Collection[int]) -> dict[int, SupportGroup]:
    """Return `{pk: group}`, at most `BATCH`, with what minimal records show: each has `last_modified`, too."""
    groups = read_groups(keys)
    moments = last_modified(groups)
    for pk, group in groups.items():
        group.__dict__["last_modified"] = moments.get(pk)
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
        rows: list[Any] = [group, *group.schedules.all(), *group.schedule_changes.all()]
        for row in rows:
            if row.venue is not None:
                venues.setdefault(row.venue.pk, []).append(row.venue)
    features: dict[int, list[Any]] = {}
    for feature in rows_of(_features, venues):
        features.setdefault(feature.__dict__["owner"], []).append(feature)
    for pk, instances in venues.items():
        for venue in instances:
            venue.__dict__.setdefault("_prefetched_objects_cache", {})["access_features"] = tuple(features.get(pk, ()))


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


def _means(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Return by what means each group was checked last."""
    newest = GroupCheck.objects.filter(listing=OuterRef("pk")).order_by("-checked_on", "-pk")
    return (
        SupportGroup.objects.filter(pk__in=keys)
        .annotate(means=Subquery(newest.values("checked_by")[:1]))
        .order_by()
        .values_list("pk", "means")
    )


def _routes(keys: list[int]) -> QuerySet[JoiningRoute]:
    return JoiningRoute.objects.filter(group__in=keys)


def _records(keys: list[int]) -> QuerySet[SourceRecord]:
    return SourceRecord.objects.filter(group__in=keys).select_related("source")


_contacts = of_owners("groups", Contact.objects)
_languages = of_owners("groups", Language.objects)
_features = of_owners("venues", AccessFeature.objects)
