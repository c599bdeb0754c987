"""Asking the database's own rules about rows that are not saved yet: once for each set of values, not for each row."""

from functools import reduce
from operator import and_

from django.db.models import CheckConstraint, Model, Q, Value
from django.db.models.constraints import BaseConstraint

_MOST_REMEMBERED = 20_000
_answers: dict[tuple, list[tuple[frozenset[str], str]]] = {}


def broken_rules(row: Model) -> list[tuple[frozenset[str], str]]:
    """The checks that a row would break: the fields that each is about, and the sentence that an editor reads.

    What the fields are is all that a check can see, so rows that share their values share the answer.
    """
    checks = [check for check in type(row)._meta.constraints if _is_asked(check)]
    fields = sorted({name for check in checks for name in check.condition.referenced_base_fields})
    values = {name: getattr(row, name) for name in fields}
    known_by = (type(row), *(_as_key(value) for value in values.values()))
    if known_by not in _answers:
        if len(_answers) > _MOST_REMEMBERED:
            _answers.clear()
        typed = {name: Value(value, row._meta.get_field(name)) for name, value in values.items()}
        _answers[known_by] = _ask(checks, typed)
    return _answers[known_by]


def _ask(checks: list[CheckConstraint], values: dict[str, Value]) -> list[tuple[frozenset[str], str]]:
    if reduce(and_, (check.condition for check in checks), Q()).check(values):
        return []
    return [
        (frozenset(check.condition.referenced_base_fields), str(check.violation_error_message))
        for check in checks
        if not check.condition.check(values)
    ]


def _is_asked(check: BaseConstraint) -> bool:
    """Not what is about an address: a sheet gives none."""
    return isinstance(check, CheckConstraint) and "slug" not in check.condition.referenced_base_fields


def _as_key(value: object) -> object:
    return (type(value), value)
