"""Evaluate the check constraints of a model for unsaved rows in Python, without a query for each.

Thousands of rows have more than twenty constraints each. Conditions with simple lookups are evaluated here; any other
is evaluated by the database. `tests/groups/spreadsheets/test_rules.py` compares both.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CheckConstraint, F, Field, Model, Q, Value

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: value == other,
    "gt": lambda value, other: value > other,
    "gte": lambda value, other: value >= other,
    "lt": lambda value, other: value < other,
    "lte": lambda value, other: value <= other,
    "in": lambda value, others: value in others,
    "each_in": lambda value, words: set(value.split(",")) <= set(words),
    "range": lambda value, ends: ends[0] <= value <= ends[1],
}


class UnsupportedCondition(Exception):
    """A condition that only the database can evaluate."""


def violations(row: Model) -> list[tuple[frozenset[str], str]]:
    """Return `(field names, error message)` for each check constraint that a row violates."""
    return [
        (frozenset(_condition(check).referenced_base_fields), str(check.violation_error_message))
        for check in check_constraints(type(row))
        if not is_satisfied(check, row)
    ]


def check_constraints(model: type[Model]) -> list[CheckConstraint]:
    """Return the check constraints of a model, without those about slugs, which an import does not set."""
    return [
        check
        for check in model._meta.constraints
        if isinstance(check, CheckConstraint) and "slug" not in _condition(check).referenced_base_fields
    ]


def is_satisfied(check: CheckConstraint, row: Model) -> bool:
    """Return whether a row satisfies a constraint. Unknown (NULL) counts as satisfied, as in SQL."""
    condition = _condition(check)
    try:
        return evaluate(condition, row) is not False
    except UnsupportedCondition:
        names = condition.referenced_base_fields
        return condition.check({name: Value(_value(row, name), _column(row, name)) for name in names})


def _condition(check: CheckConstraint) -> Q:
    """Return the condition of a constraint. Raises TypeError if it is an expression: it does not name its fields."""
    if not isinstance(check.condition, Q):
        raise TypeError(f"The condition of {check.name} is no Q.")
    return check.condition


def _column(row: Model, name: str) -> Field:
    """Return a field of a row's own table. Raises TypeError for a relation of another table."""
    field = row._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column of {row._meta.label}.")
    return field


def _value(row: Model, name: str) -> Any:
    """Return the value of a column; of a foreign key, its key."""
    return getattr(row, _column(row, name).attname)


def evaluate(condition: Q, row: Model) -> bool | None:
    """Return the value of a condition for a row in three-valued logic: True, False, or None for unknown.

    Raises `UnsupportedCondition` for connectors, lookups and expressions that are not implemented.
    """
    children: list[Any] = condition.children
    parts = [
        evaluate(each, row) if isinstance(each, Q) else _evaluate_lookup(each[0], each[1], row) for each in children
    ]
    if condition.connector == Q.OR:
        result = True if True in parts else None if None in parts else not parts
    elif condition.connector == Q.AND:
        result = False if False in parts else None if None in parts else True
    else:
        raise UnsupportedCondition
    return None if result is None else result != condition.negated


def _evaluate_lookup(lookup: str, other: object, row: Model) -> bool | None:
    name, _, kind = lookup.partition("__")
    value = _value(row, name)
    if isinstance(other, F):
        other = getattr(row, other.name)  # type: ignore[attr-defined]  # Not in the stubs.
    elif hasattr(other, "resolve_expression"):
        raise UnsupportedCondition
    elif other is None and kind in ("", "exact"):
        return value is None
    if kind == "isnull":
        return (value is None) == other
    if (kind or "exact") not in _LOOKUPS:
        raise UnsupportedCondition
    if value is None or other is None:
        return None
    return _LOOKUPS[kind or "exact"](value, other)
