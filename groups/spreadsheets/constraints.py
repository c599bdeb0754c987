"""Asking the database's own rules about rows that are not saved yet, without a question to the database for each.

Thousands of rows have more than twenty rules each. They are read here as the database reads them, as far as they are
simple; one that is not is asked of the database. `tests/groups/spreadsheets/test_rules.py` holds the two to each other.
"""

from django.db.models import CheckConstraint, F, Model, Q, Value

_COMPARED = {
    "exact": lambda value, other: value == other,
    "gt": lambda value, other: value > other,
    "gte": lambda value, other: value >= other,
    "lt": lambda value, other: value < other,
    "lte": lambda value, other: value <= other,
    "in": lambda value, others: value in others,
    "range": lambda value, ends: ends[0] <= value <= ends[1],
}


class NotSimple(Exception):
    """A rule that only the database can read."""


def broken_rules(row: Model) -> list[tuple[frozenset[str], str]]:
    """The checks that a row would break: the fields that each is about, and the sentence that an editor reads."""
    return [
        (frozenset(check.condition.referenced_base_fields), str(check.violation_error_message))
        for check in checks_of(type(row))
        if not is_kept(check, row)
    ]


def checks_of(model: type[Model]) -> list[CheckConstraint]:
    """The rules of a model that a sheet could break: not those about an address, which it gives to nothing."""
    return [
        check
        for check in model._meta.constraints
        if isinstance(check, CheckConstraint) and "slug" not in check.condition.referenced_base_fields
    ]


def is_kept(check: CheckConstraint, row: Model) -> bool:
    """Whether a row keeps a rule. One that comes to "unknown" is kept, as in a database."""
    try:
        return holds(check.condition, row) is not False
    except NotSimple:
        names = check.condition.referenced_base_fields
        return check.condition.check({name: Value(getattr(row, name), row._meta.get_field(name)) for name in names})


def holds(condition: Q, row: Model) -> bool | None:
    """What a condition comes to for a row: true, false, or None, "unknown", where a value that it needs is missing."""
    parts = [holds(each, row) if isinstance(each, Q) else _compared(*each, row) for each in condition.children]
    if condition.connector == Q.OR:
        found = True if True in parts else None if None in parts else not parts
    elif condition.connector == Q.AND:
        found = False if False in parts else None if None in parts else True
    else:
        raise NotSimple
    return None if found is None else found != condition.negated


def _compared(lookup: str, other: object, row: Model) -> bool | None:
    name, _, kind = lookup.partition("__")
    value = getattr(row, name)
    if isinstance(other, F):
        other = getattr(row, other.name)
    elif hasattr(other, "resolve_expression"):
        raise NotSimple
    elif other is None and kind in ("", "exact"):
        return value is None
    if kind == "isnull":
        return (value is None) == other
    if (kind or "exact") not in _COMPARED:
        raise NotSimple
    if value is None or other is None:
        return None
    return _COMPARED[kind or "exact"](value, other)
