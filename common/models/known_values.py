"""Check constraints for values that pages and the search index look up: the database refuses what a form refuses."""

from functools import reduce
from typing import TYPE_CHECKING, Any

from django.db import migrations, models
from django.db.models import BooleanField, CheckConstraint, ExpressionWrapper, Lookup, Q, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    BooleanLookup = Lookup[bool]
else:
    BooleanLookup = Lookup

#: The suffix of constraints that no form can break: its fields reject such values with messages of their own.
ARE_KNOWN = "_are_known"
#: The most rows that the message of a migration names.
_MOST_ROWS = 20


@models.CharField.register_lookup
class EachIn(BooleanLookup):
    """`months_off__each_in=("1", "2")`: a text is one or more of these words, with a comma between two.

    Without a regular expression: SQLite alone does not know one, so that its own tools could not check the table.
    """

    lookup_name = "each_in"
    prepare_rhs = False
    can_use_none_as_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL that removes each word between commas, and compares what is left with nothing."""
        column, parameters = self.process_lhs(compiler, connection)
        sql = f"(',' || REPLACE({column}, ',', ',,') || ',')"
        for _ in self.rhs:
            sql = f"REPLACE({sql}, %s, '')"
        return f"{sql} = ''", (*parameters, *(f",{word}," for word in self.rhs))


def choices_are_known(model: str, **choices: type[models.Choices]) -> CheckConstraint:
    """Return the constraint that each of these columns of a model has one of its choices, or NULL."""
    return CheckConstraint(
        condition=reduce(Q.__and__, (Q(**{f"{name}__in": each.values}) for name, each in choices.items())),
        name=f"{model}_choices{ARE_KNOWN}",
        violation_error_message="Choose one of the answers that there are.",
    )


def point_in_united_kingdom(model: str, message: str) -> CheckConstraint:
    """Return the constraint that a row has a latitude and a longitude in the United Kingdom, or neither."""
    none = Q(latitude=None, longitude=None)
    inside = Q(latitude__isnull=False, latitude__range=(49, 61), longitude__isnull=False, longitude__range=(-9, 2))
    return CheckConstraint(
        condition=none | inside, name=f"{model}_point_is_in_the_united_kingdom", violation_error_message=message
    )


class AddConstraint(migrations.AddConstraint):
    """Add a check constraint; raise `ValueError` that names the rows which break it, before anything is changed."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        constraint: Any = self.constraint
        alias = schema_editor.connection.alias
        is_check = isinstance(constraint, CheckConstraint) and self.allow_migrate_model(alias, model)
        if is_check and (broken := broken_rows(model._base_manager.using(alias), constraint.condition)):
            raise ValueError(
                f"{model._meta.db_table} has rows that break {constraint.name}: {', '.join(map(str, broken))}. "
                f"Put them right, then migrate again. {constraint.condition}"
            )
        super().database_forwards(app_label, schema_editor, from_state, to_state)


def broken_rows(rows: Any, condition: Q) -> list[Any]:
    """Return the primary keys of the first rows for which a condition is false; unknown (NULL) passes, as in SQL."""
    holds = Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(True))
    found = rows.annotate(holds=holds).filter(holds=False).order_by("pk")
    return list(found.values_list("pk", flat=True)[:_MOST_ROWS])
