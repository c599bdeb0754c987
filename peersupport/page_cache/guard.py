"""The one query before a cached response is sent: the versions of what it shows, and whether all may still be shown."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from common.cache_dependencies import CacheDependencies
from common.compiled_sql import CompiledSql
from common.models import ContentVersion
from groups.search.snapshot.hot_queries import MAX_KEYS, listable_groups
from organisations.models import Contact, Organisation

#: How many keys, and names of versions, one query takes. A page with more is not cached.
MAX_VERSIONS, MAX_GROUPS, MAX_OTHERS = 12, MAX_KEYS, 30
#: How many of each kind a statement takes: it is compiled once for each of these.
_SIZES = (0, 2, 8, 30, MAX_KEYS)


class Guarded(NamedTuple):
    """The versions by name, and which of the given rows may be shown: groups, each with whether its venue is hidden."""

    versions: dict[str, int]
    groups: dict[int, bool]
    contacts: set[int]
    organisations: set[int]

    def allows(self, dependencies: CacheDependencies) -> bool:
        """Return whether all of it may be shown as it was."""
        return (
            self.groups == dependencies.groups
            and self.contacts == dependencies.contacts
            and self.organisations == dependencies.organisations
        )


def is_guardable(dependencies: CacheDependencies) -> bool:
    """Return whether one query can check all of it."""
    others = len(dependencies.contacts), len(dependencies.organisations)
    return (
        len(dependencies.versions) <= MAX_VERSIONS
        and len(dependencies.groups) <= MAX_GROUPS
        and max(others) <= MAX_OTHERS
    )


def guard(names: Iterable[str], dependencies: CacheDependencies) -> Guarded:
    """Return the versions with some names, and which rows of a response may be shown now. One query."""
    wanted: list[list[Any]] = [
        list(names),
        list(dependencies.groups),
        list(dependencies.contacts),
        list(dependencies.organisations),
    ]
    sql, stand_ins = _compiled(tuple(_size(len(keys)) for keys in wanted))
    values = {
        stand_in: key
        for keys, stand_ins_of_kind in zip(wanted, stand_ins, strict=True)
        for key, stand_in in zip(keys, stand_ins_of_kind, strict=False)
    }
    found = Guarded({}, {}, set(), set())
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(param, param) for param in sql.params])
        for kind, name, key, number in cursor.fetchall():
            if kind == "version":
                found.versions[name] = number
            elif kind == "group":
                found.groups[key] = bool(number)
            elif kind == "contact":
                found.contacts.add(key)
            else:
                found.organisations.add(key)
    return found


def _size(count: int) -> int:
    return next(size for size in _SIZES if count <= size)


@cache
def _compiled(sizes: tuple[int, ...]) -> tuple[CompiledSql, list[list[Any]]]:
    """Return a statement, and which of its parameters are placeholders for keys of each kind."""
    # No row has a negative key, or such a name.
    stand_ins: list[list[Any]] = [[-1000 * kind - n for n in range(1, size + 1)] for kind, size in enumerate(sizes)]
    stand_ins[0] = [f"none:{n}" for n in range(sizes[0])]
    names, groups, contacts, organisations = stand_ins
    parts = [_rows(ContentVersion.objects.filter(name__in=names), "version", F("name"), Value(0), F("number"))]
    if groups:
        rows = listable_groups().filter(pk__in=groups).order_by()
        parts.append(_rows(rows, "group", Value(""), F("pk"), Cast("place_is_hidden", IntegerField())))
    if contacts:
        rows = Contact.objects.filter(pk__in=contacts, is_released=True).order_by()
        parts.append(_rows(rows, "contact", Value(""), F("pk"), Value(0)))
    if organisations:
        rows = Organisation.objects.published().filter(pk__in=organisations).order_by()
        parts.append(_rows(rows, "organisation", Value(""), F("pk"), Value(0)))
    compiled = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(sql for sql, _ in compiled)
    return CompiledSql(sql, (param for _, params in compiled for param in params)), stand_ins


def _rows(rows: Any, kind: str, name: Any, key: Any, number: Any) -> Any:
    text = CharField()
    rows = rows.annotate(
        row_kind=Cast(Value(kind), text),
        row_name=Cast(name, text),
        row_key=Cast(key, IntegerField()),
    )
    return rows.annotate(row_number=number).values_list("row_kind", "row_name", "row_key", "row_number")
