"""The versions of what editors change: one for each time that they saved it, so that any can be put back."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Revision(models.Model):
    """How something stood at one time: its fields, its relations to many, and in `parts` the rows it is made of."""

    parts = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="The rows that belong to it, such as a group's schedules."
    )

    class Meta:
        abstract = True


class RevisionHistory(HistoricalRecords):
    """Keeps the versions of a model, with who saved them and when.

    `parts` names the relations whose rows are part of it and of nothing else: they are kept within each version. The
    versions of something deleted go with it when `goes_with_it` is set: a deleted contact leaves no address behind.
    """

    def __init__(self, *, parts: tuple[str, ...] = (), goes_with_it: bool = False, **options) -> None:
        super().__init__(bases=[Revision], cascade_delete_history=goes_with_it, **options)
        self.part_names = parts

    def create_history_model(self, model, inherited):
        history_model = super().create_history_model(model, inherited)
        history_model.keeper = self
        return history_model

    def get_extra_fields(self, model, fields):
        said = {"__doc__": f"A version of one {model._meta.verbose_name}: how it stood when somebody saved it."}
        return super().get_extra_fields(model, fields) | said

    def get_extra_fields_m2m(self, model, through_model, fields):
        said = {"__doc__": "What a version was related to."}
        return super().get_extra_fields_m2m(model, through_model, fields) | said

    def m2m_changed(self, instance, action, attr, pk_set, reverse, model=None, **kwargs) -> None:
        """Keep a version when a relation changes, from whichever end: adding a group to a topic changes the group.

        Of a relation cleared from the other end nobody knows afterwards whose it was, so no version is kept.
        """
        owners = model._base_manager.filter(pk__in=pk_set or ()) if reverse else [instance]
        for owner in owners:
            super().m2m_changed(owner, action, attr, pk_set, reverse, **kwargs)

    def keep(self, row: models.Model, history_type: str, reason: str = "") -> None:
        """Keep the row as it stands, with its relations and parts. The type is "+" for a new row, "~" for another."""
        row._change_reason = reason or None
        self.create_historical_record(row, history_type)
        del row._change_reason


def _keep_parts(sender, instance, history_instance, **_) -> None:
    """Put into a version the rows that the thing is made of."""
    if isinstance(history_instance, Revision) and history_instance.history_type != "-":
        history_instance.parts = {name: parts_of(instance, name) for name in sender.keeper.part_names}


pre_create_historical_record.connect(_keep_parts, dispatch_uid="organisations.keep_parts")


def parts_of(row: models.Model, name: str) -> list[dict]:
    """The rows of one of its parts as they stand, each with its own fields by name of column."""
    return parts_of_many(type(row), name, [row.pk])[row.pk]


def parts_of_many(model: type[models.Model], name: str, keys: Collection[int]) -> dict[int, list[dict]]:
    """The rows of a part of each of some things, by the things' keys."""
    relation = model._meta.get_field(name)
    owner = relation.field.attname
    columns = [field.attname for field in relation.related_model._meta.concrete_fields if field.attname != owner]
    found: dict[int, list[dict]] = {key: [] for key in keys}
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(keys)})
    for key, *values in rows.order_by("pk").values_list(owner, *columns):
        found[key].append(dict(zip(columns, values, strict=True)))
    return found


def has_revisions(model: type[models.Model]) -> bool:
    """Whether versions of a model are kept."""
    return hasattr(model._meta, "simple_history_manager_attribute")


@contextmanager
def single_revision(row: models.Model, reason: str = "") -> Iterator[None]:
    """All that is done to a row within this, its relations and its parts, is kept as one version, at the end.

    A row that has no version yet is first kept as it stood before, so that its first change can be undone too.
    """
    if not has_revisions(type(row)):
        yield
        return
    is_new = row._state.adding
    if not is_new:
        record_first_revision(row)
    row.skip_history_when_saving = True
    try:
        yield
    finally:
        del row.skip_history_when_saving
    row.history.model.keeper.keep(row, "+" if is_new else "~", reason)


def record_first_revision(row: models.Model) -> None:
    """Keep a row as it stands in the database, if no version of it is kept: it was made where none are."""
    if row.history.exists():
        return
    before = type(row)._base_manager.get(pk=row.pk)
    before._history_user = None
    before._history_date = before.updated_at
    row.history.model.keeper.keep(before, "+", "As it stood when its history began")
