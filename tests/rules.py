"""Showing that a model's constraints hold: in the form, with their sentence, and in the database, without one."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from common.models.known_values import ARE_KNOWN


@dataclass(frozen=True)
class Breaks:
    """How to break a constraint: make something valid, then give it these values."""

    make: Callable[[], models.Model]
    values: dict = field(default_factory=dict)


class Repeats(Breaks):
    """How to break a constraint of uniqueness: make two valid things, then give the second the values of the first."""


def constraints_of(app_label: str) -> dict[str, models.BaseConstraint]:
    """Every constraint of an app that a form can break, by name."""
    return {
        constraint.name: constraint
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
        if not constraint.name.endswith(ARE_KNOWN)
    }


def without_sentence(constraints: dict[str, models.BaseConstraint]) -> list[str]:
    """The names of the constraints without a sentence of their own for staff."""
    return [
        name
        for name, constraint in constraints.items()
        if constraint.violation_error_message == constraint.default_violation_error_message
        or not constraint.violation_error_message.endswith(".")
    ]


def assert_refused(constraint: models.BaseConstraint, broken: Breaks) -> None:
    """Break a constraint. Staff must read its sentence and no other, and the database must refuse the row."""
    values = broken.values
    if isinstance(broken, Repeats):
        first = broken.make()
        values = values | {name: getattr(first, name) for name in constraint.fields}
    row = broken.make()
    row.full_clean()
    for name, value in values.items():
        setattr(row, name, value)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert refused.value.messages == [constraint.violation_error_message]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)
    if isinstance(constraint, models.CheckConstraint):  # SQLite names the columns of a unique one, not its name.
        assert constraint.name in str(refused.value)
