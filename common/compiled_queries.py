"""Querysets compiled to SQL once for each thread: of pages that are often asked for, compiling is most of the work."""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.query import ModelIterable

#: How many keys one statement takes; fewer are filled up with the last key, more are asked for in turns.
SIZES = (1, 16, 60)

Instance = TypeVar("Instance", bound=Model)
Key = TypeVar("Key", int, str)
_of_thread = threading.local()


def rows_of(build: Callable[[list[Any]], QuerySet[Instance]], keys: Collection[Key]) -> list[Instance]:
    """Return the instances of the queryset that a function makes of keys, which are positive numbers or slugs.

    The function is called once for each size, and must always make the same queryset but for the keys.
    """
    found: list[Instance] = []
    left = list(dict.fromkeys(keys))
    while left:
        size = next((size for size in SIZES if len(left) <= size), SIZES[-1])
        asked, left = left[:size], left[size:]
        found += _run(build, asked + asked[-1:] * (size - len(asked)))
    return found


def fill(owners: Mapping[int, Any], relation: str, rows: Iterable[Any], key: str = "owner") -> None:
    """Fill a relation of some instances, by key, with rows that each have the key of theirs in an attribute.

    If that is a foreign key, each row gets its owner. `prefetch_related` fills the same cache, with a queryset for each
    instance, which takes longer than all else.
    """
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        pk = row.__dict__[key]
        found[pk].append(row)
        if key != "owner":
            row._meta.get_field(key.removesuffix("_id")).set_cached_value(row, owners[pk])
    for pk, owner in owners.items():
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = tuple(found.get(pk, ()))


def of_owners(owners: str, rows: Any) -> Callable[[list[Any]], QuerySet[Any]]:
    """Return what makes the queryset of a relation to many, each row with the key of its `owner`."""
    return lambda keys: rows.filter(**{f"{owners}__in": keys}).annotate(owner=F(owners))


def _run(build: Callable[[list[Any]], QuerySet[Instance]], keys: Sequence[Key]) -> list[Instance]:
    # What no row has stands in for the keys.
    stand_ins = [f"\0{n}" if isinstance(keys[0], str) else -n for n in range(1, len(keys) + 1)]
    compiled: dict[Any, Any] = _of_thread.__dict__.setdefault("compiled", {})
    name = build, len(keys)
    if name not in compiled:
        queryset = build(stand_ins)
        compiler: Any = queryset.query.get_compiler(queryset.db)
        compiled[name] = compiler, *compiler.as_sql()
    compiler, sql, params = compiled[name]
    values = dict(zip(stand_ins, keys, strict=True))
    compiler.as_sql = lambda *args, **kwargs: (sql, tuple(values.get(param, param) for param in params))
    # All that Django reads of a queryset to make instances of its rows.
    query = SimpleNamespace(get_compiler=lambda using: compiler)
    source: Any = SimpleNamespace(db=compiler.using, query=query, _known_related_objects={})
    return list(ModelIterable(source))
