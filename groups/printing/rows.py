"""Reads the groups of a list as rows: each table once, and shared rows as one instance.

The instances are of the models, so that the same code words a page and a list; but they have only the columns that
lists and calendars need, and their relations are filled without a queryset for each group.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from common.compiled_queries import InstanceMaker, values_in_batches
from organisations.models import Contact, Organisation
from places.models import Area, Town

from ..models import AccessFeature, JoiningRoute, Schedule, ScheduleChange, SupportGroup, Venue


class _Table:
    """The columns of a model that are read, and those of the models that its foreign keys point to."""

    def __init__(self, model: type[Model], *names: str, **related: "_Table") -> None:
        self.model = model
        needed = {"id", *names, *(f"{name}_id" for name in related)}
        #: In the order of the model, as `from_db` takes them.
        self.names = tuple(field.attname for field in model._meta.concrete_fields if field.attname in needed)
        self.related = [(_field(model, name), table) for name, table in related.items()]
        self.maker = InstanceMaker(model, self.names)
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
_SCHEDULE = _Table(Schedule, *(field.attname for field in Schedule._meta.concrete_fields), venue=_VENUE)
_CHANGE = _Table(ScheduleChange, *(field.attname for field in ScheduleChange._meta.concrete_fields), venue=_VENUE)
_CONTACT = _Table(Contact, "role_title", "email", "phone", "text_number", "hours", "is_released", "number_checked_on")
_FEATURE = _Table(AccessFeature, "name")

#: An instance, and the values of the further columns of its row.
Row = tuple[Any, tuple[Any, ...]]
#: A function that builds the queryset of a statement from keys.
Build = Callable[[list[Any]], QuerySet[Any, tuple[Any, ...]]]


def _public(**chosen: list[Any]) -> QuerySet[SupportGroup, tuple[Any, ...]]:
    public: Any = SupportGroup.objects.published().of_listed_organisations().filter(**chosen)
    rows: QuerySet[SupportGroup, tuple[Any, ...]] = (
        public.with_last_check().with_place().order_by().values_list(*_GROUP.paths, *_ANNOTATIONS)
    )
    return rows


def _of_keys(keys: list[int]) -> QuerySet[SupportGroup, tuple[Any, ...]]:
    return _public(pk__in=keys)


def _of_codes(codes: list[str]) -> QuerySet[SupportGroup, tuple[Any, ...]]:
    return _public(code__in=codes)


def _related(table: _Table, owners: str) -> Build:
    """Return what builds the rows of a table that belong to some owners, each with the key of its owner."""
    rows: Any = table.model._default_manager
    return lambda keys: rows.filter(**{f"{owners}__in": keys}).values_list(*table.paths, owners)


#: The relations of a group: the table, and what builds its rows.
_RELATIONS = {
    relation: (table, _related(table, groups))
    for relation, groups, table in (
        ("schedules", "group", _SCHEDULE),
        ("schedule_changes", "group", _CHANGE),
        ("routes", "group", _Table(JoiningRoute, "group_id", "route", "note")),
        ("contacts", "groups", _CONTACT),
        ("areas_served", "groups_serving", _AREA),
    )
}
_features = _related(_FEATURE, "venues")


def read_by_key(keys: Collection[int]) -> list[SupportGroup]:
    """Return the public ones of some groups, by name, in seven queries for up to 240 groups, compiled once.

    What lists and calendars say of them costs no further query; each other column costs one.
    """
    return _instances(values_in_batches(_of_keys, keys))


def read_by_code(codes: Collection[str]) -> list[SupportGroup]:
    """Return the public groups with these codes, as `read_by_key` does."""
    return _instances(values_in_batches(_of_codes, codes))


def _instances(rows: Iterable[tuple[Any, ...]]) -> list[SupportGroup]:
    reader = _Reader()
    groups: list[Any] = []
    for group, values in reader.read(_GROUP, rows):
        group.__dict__.update(zip(_ANNOTATIONS, values, strict=True))
        groups.append(group)
    keys = [group.pk for group in groups]
    for relation, (table, build) in _RELATIONS.items():
        _fill(groups, relation, reader.read(table, values_in_batches(build, keys)))
    venues = {group.venue_id: group.venue for group in groups if group.venue_id}
    features = values_in_batches(_features, venues)
    _fill(venues.values(), "access_features", reader.read(_FEATURE, features))
    return sorted(groups, key=lambda group: (group.name, group.pk))


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

    def read(self, table: _Table, rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
        """Yield each row of a table as an instance with its relations, and the values of its further columns."""
        end = len(table.paths)
        for row in rows:
            yield self._instance(table, row, 0), row[end:]

    def _instance(self, table: _Table, row: tuple[Any, ...], start: int) -> Any:
        """Return the instance whose columns start at a position in a row; None if the row has none."""
        key = row[start]
        if key is None:
            return None
        instance = self._made.get((table, key))
        if instance is not None:
            return instance
        end = start + len(table.names)
        instance = self._made[table, key] = table.maker.make(row[start:end], DEFAULT_DB_ALIAS)
        for field, related in table.related:
            field.set_cached_value(instance, self._instance(related, row, end))
            end += len(related.paths)
        return instance
