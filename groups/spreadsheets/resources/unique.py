"""Checks the unique constraints of a model for all rows of a file, without a query for each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, UniqueConstraint

from ..constraints import evaluate


class UniqueIndex:
    """The values of the unique constraints of a model: those in the database, and those of the rows of a file.

    A value that another row of the file gives up is not free: two rows cannot exchange their names.
    """

    def __init__(self, model: Any) -> None:
        named = (each for each in model._meta.constraints if isinstance(each, UniqueConstraint) and each.fields)
        self._constraints = [each for each in named if "slug" not in each.fields]
        self._columns = {
            each.name: [model._meta.get_field(name).attname for name in each.fields] for each in self._constraints
        }
        self._owners: dict[tuple[Any, ...], int] = {}

    def load(self, rows: QuerySet[Any]) -> None:
        """Load the values that some rows have."""
        for constraint in self._constraints:
            found = rows.filter(constraint.condition) if constraint.condition else rows
            for key, *values in found.order_by().values_list("pk", *self._columns[constraint.name]):
                self._owners[constraint.name, *values] = key

    def claim(self, instance: Any, titles: dict[str, str]) -> None:
        """Record the values of a new or changed instance. Raises ValidationError if another one has them.

        `titles` has the title of the column of each field.
        """
        for constraint in self._constraints:
            if constraint.condition and evaluate(constraint.condition, instance) is not True:
                continue
            values = (getattr(instance, column) for column in self._columns[constraint.name])
            own = instance.pk or -id(instance)
            if self._owners.setdefault((constraint.name, *values), own) != own:
                named = [titles[name] for name in constraint.fields if name in titles and name != "organisation"]
                raise ValidationError({named[0]: str(constraint.violation_error_message)})
