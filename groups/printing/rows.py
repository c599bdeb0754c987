"""Reads the groups of a list as rows: each table once, and shared rows as one instance.

The instances are of the models, so that the same code words a page and a list; but they have only the columns that
lists and calendars need, and their relations are filled without a queryset for each group.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from common.compiled_queries import InstanceMaker
from organisations.models import Contact, Organisation
from places.models import Area, Town

from ..models import AccessFeature, JoiningRoute, Schedule, ScheduleChange, SupportGroup, Venue
from ..querysets import GroupQuerySet


class _Table:
    """The columns of a model that are read, and those of the models that its foreign keys point to."""

    def __init__(self, model: type[Model], *names: str, **related: "_Table") -> None:
        self.model = model
        needed = {"id", *names, *(f"{name}_id" for name in related)}
        #: In the order of the model, as `from_db` takes them.
        self.names = tuple(field.attname for field in model._meta.concrete_fields if field.attname in needed)
        self.related = [(_field(model, name), table) for name, table in related.items()]
        #: The arguments of `values_list`, for its own columns and then for each relation.
        self.paths: list[str] = list(self.names)
        for name, table in related.items():
            self.paths += [f"{name}__{path}" for path in table.paths]


def _field(model: type[Model], name: str) -> Any:
    """Return a foreign key, which keeps what it points to with each instance."""
    return model._meta.get_field(name)


_AREA = _Table(Area, "name", "gss_code", "kind")
_VENUE = _Table(
    Venue,
    "name",
    "address",
    "postcode",
    "access_note",
    "address_is_confidential",
    town=_Table(Town, "name"),
    district=_AREA,
)
_GROUP = _Table(
    SupportGroup,
    "public_id",
    "updated_at",
    "slug",
    "revision",
    "name",
    "code",
    "stands_for_several",
    "summary",
    "focus",
    "stage",
    "stage_note",
    "paused_since",
    "paused_until",
    "paused_because",
    "ended_on",
    "where_members_went",
    "joining",
    "joining_note",
    "meets_in_person",
    "meets_online",
    "meets_by_phone",
    "times_are_withheld",
    "is_free",
    "cost_note",
    "accessibility",
    "how_to_take_part_from_home",
    "website",
    organisation=_Table(Organisation, "name", "website"),
    venue=_VENUE,
    town=_Table(Town, "name", district=_AREA),
)
#: The annotations of `with_last_check` and `with_place` that are needed.
_ANNOTATIONS = ("last_checked_on", "place_district_id", "place_outward_code")
#: The rows that belong to one group each, by the names of their relations.
_OWN = {
    "schedules": _Table(Schedule, *(field.attname for field in Schedule._meta.concrete_fields), venue=_VENUE),
    "schedule_changes": _Table(
        ScheduleChange, *(field.attname for field in ScheduleChange._meta.concrete_fields), venue=_VENUE
    ),
    "routes": _Table(JoiningRoute, "group_id", "route", "note"),
}
_CONTACT = _Table(Contact, "role_title", "email", "phone", "text_number", "hours", "is_released", "number_checked_on")
_FEATURE = _Table(AccessFeature, "name")

#: An instance, and the values of the further columns of its row.
Row = tuple[Any, tuple[Any, ...]]


def read_groups(queryset: GroupQuerySet[SupportGroup]) -> list[SupportGroup]:
    """Return the groups of a queryset, in its order, in seven queries.

    What lists and calendars say of them costs no further query; each other column costs one.
    """
    reader = _Reader()
    groups: list[Any] = []
    for group, values in reader.read(queryset.with_last_check().with_place(), _GROUP, *_ANNOTATIONS):
        group.__dict__.update(zip(_ANNOTATIONS, values, strict=True))
        groups.append(group)
    if not groups:
        return []
    keys = [group.pk for group in groups]
    for relation, table in _OWN.items():
        own = table.model._default_manager.filter(group__in=keys)
        _fill(groups, relation, reader.read(own, table, "group_id"))
    _fill(groups, "contacts", reader.read(Contact.objects.filter(groups__in=keys), _CONTACT, "groups"))
    _fill(groups, "areas_served", reader.read(Area.objects.filter(groups_serving__in=keys), _AREA, "groups_serving"))
    venues = {group.venue_id: group.venue for group in groups if group.venue_id}
    features = AccessFeature.objects.filter(venues__in=list(venues))
    _fill(venues.values(), "access_features", reader.read(features, _FEATURE, "venues"))
    return groups


def _fill(instances: Iterable[Any], relation: str, rows: Iterable[Row]) -> None:
    """Fill a relation of instances with rows, each of which has the key of its instance beside it."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row, (key,) in rows:
        found[key].append(row)
    for instance in instances:
        # `prefetch_related` fills the same cache, with a queryset for each instance, which takes longer than all else.
        instance.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found.get(instance.pk, ())


class _Reader:
    """Builds one instance for each row, however many rows it is joined to."""

    def __init__(self) -> None:
        self._made: dict[tuple[_Table, int], Model] = {}
        self._makers: dict[_Table, InstanceMaker] = {}

    def read(self, queryset: QuerySet[Any], table: _Table, *others: str) -> Iterator[Row]:
        """Yield each row of a queryset as an instance with its relations, and the values of the `others`."""
        end = len(table.paths)
        for row in queryset.values_list(*table.paths, *others):
            yield self._instance(table, row, 0, queryset.db), row[end:]

    def _instance(self, table: _Table, row: tuple[Any, ...], start: int, database: str) -> Any:
        """Return the instance whose columns start at a position in a row; None if the row has none."""
        key = row[start]
        if key is None:
            return None
        instance = self._made.get((table, key))
        if instance is not None:
            return instance
        end = start + len(table.names)
        maker = self._makers.get(table)
        if maker is None:
            maker = self._makers[table] = InstanceMaker(table.model, table.names)
        instance = self._made[table, key] = maker.make(row[start:end], database)
        for field, related in table.related:
            field.set_cached_value(instance, self._instance(related, row, end, database))
            end += len(related.paths)
        return instance
