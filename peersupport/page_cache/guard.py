"""The one query before a cached answer is shown: the versions of what it shows, and whether all may still be shown."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from common.models import ContentVersion
from common.shown import Shown
from groups.search.snapshot.hot_queries import MAX_KEYS, listable_groups
from organisations.models import Contact, Organisation

#: How many keys, and names of versions, one query takes. A page with more is not cached.
MAX_VERSIONS, MAX_GROUPS, MAX_OTHERS = 12, MAX_KEYS, 30
# No row has a negative key, or such a name.
_NAMES = [f"none:{number}" for number in range(MAX_VERSIONS)]
_GROUPS = list(range(-MAX_GROUPS, 0))
_CONTACTS = [key - 1000 for key in range(-MAX_OTHERS, 0)]
_ORGANISATIONS = [key - 2000 for key in range(-MAX_OTHERS, 0)]


class Guarded(NamedTuple):
    """The versions by name, and what may be shown of what was asked for: groups, each with whether it is hidden."""

    versions: dict[str, int]
    groups: dict[int, bool]
    contacts: set[int]
    organisations: set[int]

    def allows(self, shown: Shown) -> bool:
        """Return whether all of it may be shown as it was."""
        return (
            self.groups == shown.groups
            and self.contacts == shown.contacts
            and self.organisations == shown.organisations
        )


def is_guardable(shown: Shown) -> bool:
    """Return whether one query can ask for all of it."""
    others = len(shown.contacts), len(shown.organisations)
    return len(shown.versions) <= MAX_VERSIONS and len(shown.groups) <= MAX_GROUPS and max(others) <= MAX_OTHERS


def guard(names: Iterable[str], shown: Shown) -> Guarded:
    """Return the versions of some names, and what of an answer may be shown now. One query."""
    sql, params = _compiled()
    values: dict[Any, Any] = dict(zip(_NAMES, names, strict=False))
    values |= zip(_GROUPS, shown.groups, strict=False)
    values |= zip(_CONTACTS, shown.contacts, strict=False)
    values |= zip(_ORGANISATIONS, shown.organisations, strict=False)
    found = Guarded({}, {}, set(), set())
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(param, param) for param in params])
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


@cache
def _compiled() -> tuple[str, tuple[Any, ...]]:
    versions = ContentVersion.objects.filter(name__in=_NAMES)
    groups = listable_groups().filter(pk__in=_GROUPS).order_by()
    contacts = Contact.objects.filter(pk__in=_CONTACTS, is_released=True).order_by()
    organisations = Organisation.objects.published().filter(pk__in=_ORGANISATIONS).order_by()
    parts = [
        _rows(versions, "version", F("name"), Value(0), F("number")),
        _rows(groups, "group", Value(""), F("pk"), Cast("place_is_hidden", IntegerField())),
        _rows(contacts, "contact", Value(""), F("pk"), Value(0)),
        _rows(organisations, "organisation", Value(""), F("pk"), Value(0)),
    ]
    compiled = [part.query.sql_with_params() for part in parts]
    return " UNION ALL ".join(sql for sql, _ in compiled), tuple(param for _, params in compiled for param in params)


def _rows(rows: Any, kind: str, name: Any, key: Any, number: Any) -> Any:
    text = CharField()
    rows = rows.annotate(
        row_kind=Cast(Value(kind), text),
        row_name=Cast(name, text),
        row_key=Cast(key, IntegerField()),
    )
    return rows.annotate(row_number=number).values_list("row_kind", "row_name", "row_key", "row_number")
