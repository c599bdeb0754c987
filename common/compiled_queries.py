"""Querysets compiled to SQL once for each thread: compiling is most of the work of small queries."""

import datetime
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init

from .compiled_sql import CompiledSql

#: The index of a column, and the function that converts its stored values.
_Converter = tuple[int, Callable[[Any], Any]]
#: The most converted values of a column that are cached.
MOST_CACHED = 4096
#: How many keys one statement takes: fewer are padded with the last key, more are read in batches.
SIZES = (1, 4, 16, 60, 240)

Instance = TypeVar("Instance", bound=Model)
Key = TypeVar("Key", int, str)
_of_thread = threading.local()
#: The placeholder for a text key, alone or within a LIKE pattern: no row has it.
_STAND_IN = "\0{}\0"
#: The placeholder for a moment: no row is as old.
_MOMENT = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
_IN_PATTERN = re.compile("(%[^\0]*)(\0[0-9]+\0)([^\0]*%)")


def rows_of(build: Callable[[list[Any]], QuerySet[Instance]], keys: Collection[Key]) -> list[Instance]:
    """Return the instances of the queryset that a function builds from keys, which are positive numbers or slugs.

    The function is called once for each number of keys, and must build the same queryset but for the keys.
    """
    found: list[Instance] = []
    for asked in _batches([*dict.fromkeys(keys)]):
        found += _run(build, asked)
    return found


def values_of(build: Callable[[list[Any]], QuerySet[Any, tuple[Any, ...]]], keys: Collection[int]) -> list[Any]:
    """Return the rows of the `values_list` queryset that a function builds from keys, which are positive numbers.

    For more keys than one statement takes, the queryset is built for them alone, uncached.
    """
    if not keys:
        return []
    if len(keys) > SIZES[-1]:
        return _Statement(build([*keys]), is_run_again=False).run({})
    return _run(build, [*keys, *[next(iter(keys))] * (_size(len(keys)) - len(keys))])


def values_in_batches(
    build: Callable[..., QuerySet[Any, tuple[Any, ...]]], keys: Collection[Key], since: datetime.datetime | None = None
) -> list[Any]:
    """Return the rows of the `values_list` querysets that a function builds from keys, and `since` if given.

    Keys are positive numbers or slugs. More of them than one statement takes are split over several, each with its own
    order and limit.
    """
    found: list[Any] = []
    for asked in _batches([*keys]):
        found += _run(build, asked, since)
    return found


def fill(owners: Mapping[int, Any], relation: str, rows: Iterable[Any], key: str = "owner") -> None:
    """Fill a relation of some instances, by key, with rows that each have the key of theirs in an attribute.

    `prefetch_related` fills the same cache, with a queryset for each instance, which takes longer than all else. Rows
    do not get their owner: what is in a circle waits for the garbage collector, which takes as long as to make it.
    """
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.__dict__[key]].append(row)
    for pk, owner in owners.items():
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = tuple(found.get(pk, ()))


def fill_both_ways(owners: Mapping[int, Any], relation: str, rows: Iterable[Any], key: str) -> None:
    """Fill a relation as `fill` does, and give each row its owner, whose foreign key is in the attribute `key`."""
    rows = list(rows)
    fill(owners, relation, rows, key)
    for row in rows:
        row._meta.get_field(key.removesuffix("_id")).set_cached_value(row, owners[row.__dict__[key]])


def of_owners(owners: str, rows: Any) -> Callable[[list[Any]], QuerySet[Any]]:
    """Return the function that builds the queryset of a relation to many, each row with the key of its `owner`."""
    return lambda keys: rows.filter(**{f"{owners}__in": keys}).annotate(owner=F(owners))


class _Pattern(NamedTuple):
    """A LIKE pattern with a placeholder for a key."""

    before: str
    stand_in: str
    after: str


class InstanceMaker:
    """Builds instances of a model from some of its columns, as `Model.from_db` does, in a fifth of the time.

    What Django does for each column of each instance, and for deferred fields, is done once.
    """

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        self.model, self.names = model, tuple(names)
        self.is_plain = _is_plain(model)
        self.after_loading = getattr(model, "after_loading", None)

    def make(self, values: Iterable[Any], alias: str) -> Any:
        """Return an instance from the database of that alias, of the values of the columns in the order of `names`."""
        if not self.is_plain:
            return self.model.from_db(alias, self.names, tuple(values))
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.db, state.adding = alias, False
        instance.__dict__ = dict(zip(self.names, values, strict=True), _state=state)
        if self.after_loading is not None:
            self.after_loading(instance)
        return instance


class _CachedConversion(dict[Any, Any]):
    """Converted values of a column by stored value: columns of dates, times and booleans have few different ones."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        self._convert = convert

    def __missing__(self, stored: Any) -> Any:
        value = self._convert(stored)
        if len(self) < MOST_CACHED:
            self[stored] = value
        return value


def _converters(compiler: Any, columns: Sequence[Any]) -> list[_Converter]:
    """Return the converters of columns, each with the index of its column."""

    def of_value(convert: Callable[..., Any], column: Any) -> Callable[[Any], Any]:
        of_one = partial(_converted, convert, column, compiler.connection)
        is_of_few = column.output_field.get_internal_type() in ("BooleanField", "DateField", "TimeField")
        return _CachedConversion(of_one).__getitem__ if is_of_few else of_one

    found = compiler.get_converters(columns)
    return [(at, of_value(convert, column)) for at, (each, column) in found.items() for convert in each]


def _converted(convert: Callable[..., Any], column: Any, connection: Any, stored: Any) -> Any:
    return convert(stored, column, connection)


class _Maker:
    """Builds the instances of one model from the rows of a statement, and of the models selected with it.

    Building instances took longer than reading their rows.
    """

    def __init__(self, info: Any, select: Any, converters: Sequence[_Converter], connection: Any) -> None:
        self.model, positions = info["model"], info["select_fields"]
        self.start, self.stop, self.connection = positions[0], positions[-1] + 1, connection
        columns = [column.target for column, *_ in select[self.start : self.stop]]
        self.instances = InstanceMaker(self.model, [column.attname for column in columns])
        self.key = self.start + self.instances.names.index(self.model._meta.pk.attname)
        self.converters = [(at - self.start, convert) for at, convert in converters if self.start <= at < self.stop]
        # The makers of the models selected with it, each with the setters of the relation in both directions.
        self.related = [
            (_Maker(related, select, converters, connection), related["local_setter"], related["remote_setter"])
            for related in info.get("related_klass_infos", ())
        ]

    def make(self, row: Sequence[Any], selected: dict[tuple["_Maker", Any], Any]) -> Any:
        """Return the instance of a row; None where a relation has none.

        `selected` has what was selected with the rows before: most groups of a page are in the same few towns.
        """
        if row[self.key] is None:
            return None
        values = list(row[self.start : self.stop])
        for at, convert in self.converters:
            values[at] = convert(values[at])
        instance = self.instances.make(values, self.connection.alias)
        for maker, set_here, set_there in self.related:
            key = maker, row[maker.key]
            related = selected.get(key)
            if related is None:
                related = selected[key] = maker.make(row, selected)
            set_here(instance, related)
            if related is not None:
                set_there(related, instance)
        return instance


def _is_plain(model: type[Model]) -> bool:
    """Return whether loading an instance does nothing but fill its columns, and what `after_loading` does."""
    if pre_init.has_listeners(model) or post_init.has_listeners(model) or model.__init__ is not Model.__init__:
        return False
    return hasattr(model, "after_loading") or model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]  # A class method.


class _Statement:
    """A queryset compiled to SQL, with a builder of instances or tuples from its rows; for one thread's connection."""

    def __init__(self, queryset: QuerySet[Any, Any], *, is_run_again: bool = True) -> None:
        compiler: Any = queryset.query.get_compiler(queryset.db)
        self.connection = compiler.connection
        sql, params = compiler.as_sql()
        self.sql = CompiledSql(sql, params) if is_run_again else sql
        self.params = [self._split(param) for param in params]
        self.has_patterns = any(isinstance(param, _Pattern) for param in self.params)
        select, info = compiler.select, compiler.klass_info
        self.count = compiler.col_count
        converters = _converters(compiler, [column for column, *_ in select[: self.count]])
        has_instances = queryset._iterable_class is ModelIterable
        self.maker = _Maker(info, select, converters, self.connection) if has_instances else None
        self.annotations = list(compiler.annotation_col_map.items()) if has_instances else []
        ours = {at for _, at in self.annotations} if has_instances else {*range(self.count)}
        self.converters = [(at, convert) for at, convert in converters if at in ours]

    def run(self, values: Mapping[Any, Any]) -> list[Any]:
        """Return the rows for other values than those it was compiled with."""
        with self.connection.cursor() as cursor:
            if self.has_patterns:
                cursor.execute(self.sql, [self._filled(param, values) for param in self.params])
            else:
                cursor.execute(self.sql, [values.get(param, param) for param in self.params])
            rows = cursor.fetchall()
        if self.maker is None:
            return self._values(rows)
        selected: dict[tuple[_Maker, Any], Any] = {}
        return [self._instance(self.maker, row, selected) for row in rows]

    @staticmethod
    def _split(param: Any) -> Any:
        """Return a parameter; of a pattern for LIKE that has a stand-in, what is before it, it, and what is after."""
        found = _IN_PATTERN.fullmatch(param) if isinstance(param, str) else None
        return _Pattern(*found.groups()) if found else param

    def _filled(self, param: Any, values: Mapping[Any, Any]) -> Any:
        if isinstance(param, _Pattern):
            return f"{param.before}{self.connection.ops.prep_for_like_query(values[param.stand_in])}{param.after}"
        return values.get(param, param)

    def _values(self, rows: list[Any]) -> list[Any]:
        """Return the rows with their columns converted, one column after the other: in half the time of row by row."""
        # A distinct queryset has its ordering columns after them.
        if not rows or not self.converters and len(rows[0]) == self.count:
            return rows
        columns: list[Any] = [*zip(*rows, strict=True)][: self.count]
        for at, convert in self.converters:
            columns[at] = [*map(convert, columns[at])]
        return [*zip(*columns, strict=True)]

    def _instance(self, maker: _Maker, row: Sequence[Any], selected: dict[tuple[_Maker, Any], Any]) -> Any:
        instance = maker.make(row, selected)
        if self.annotations:
            values = list(row)
            for at, convert in self.converters:
                values[at] = convert(values[at])
            instance.__dict__.update({name: values[at] for name, at in self.annotations})
        return instance


def _batches(keys: list[Key]) -> Iterator[list[Key]]:
    """Yield the keys in batches of the size of a statement; the last is padded with its last key."""
    while keys:
        size = _size(len(keys))
        asked, keys = keys[:size], keys[size:]
        yield asked + asked[-1:] * (size - len(asked))


def _size(count: int) -> int:
    return next((size for size in SIZES if count <= size), SIZES[-1])


def _run(
    build: Callable[..., QuerySet[Any, Any]], keys: Sequence[int | str], since: datetime.datetime | None = None
) -> list[Any]:
    # Placeholders are keys that no row has.
    stand_ins = [_STAND_IN.format(n) if isinstance(keys[0], str) else -n for n in range(1, len(keys) + 1)]
    statements: dict[Any, _Statement] = _of_thread.__dict__.setdefault("statements", {})
    name = build, len(keys)
    if name not in statements:
        statements[name] = _Statement(build(stand_ins, *([] if since is None else [_MOMENT])))
    statement, values = statements[name], dict[Any, Any](zip(stand_ins, keys, strict=True))
    if since is not None:
        adapted = statement.connection.ops.adapt_datetimefield_value
        values[adapted(_MOMENT)] = adapted(since)
    return statement.run(values)
