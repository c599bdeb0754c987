"""Revisions of models that editors change, one for each save, with relations and parts, for diffs and restoring."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from common.models import reverse_relation


class Revision(models.Model):
    """A row at one time: its fields, its many-to-many relations, and in `parts` the rows that belong to it."""

    if TYPE_CHECKING:
        # What django-simple-history adds to each model of revisions.
        id: Any
        instance_type: ClassVar[type[Any]]
        history_type: str
        history_date: datetime.datetime
        history_user: Any
        revision_history: ClassVar["RevisionHistory"]

    parts = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="The rows that belong to it, such as a group's schedules."
    )

    class Meta:
        abstract = True


class RevisionHistory(HistoricalRecords):
    """Records the revisions of a model, with the user and time of each.

    `parts` are the reverse relations whose rows belong to this row alone: they are stored within each revision. With
    `delete_with_row` deleting a row deletes its revisions too: a deleted contact leaves no address behind.
    """

    def __init__(self, *, parts: tuple[str, ...] = (), delete_with_row: bool = False, **options: Any) -> None:
        super().__init__(bases=[Revision], cascade_delete_history=delete_with_row, **options)
        self.part_names = parts

    def create_history_model(self, model: type[Model], inherited: Any) -> Any:
        history_model = super().create_history_model(model, inherited)
        history_model.revision_history = self
        return history_model

    def get_extra_fields(self, model: type[Model], fields: Any) -> Any:
        attrs = {"__doc__": f"A version of one {model._meta.verbose_name}: how it stood when somebody saved it."}
        return super().get_extra_fields(model, fields) | attrs

    def get_extra_fields_m2m(self, model: type[Model], through_model: Any, fields: Any) -> Any:
        attrs = {"__doc__": "What a version was related to."}
        return super().get_extra_fields_m2m(model, through_model, fields) | attrs

    def post_save(self, instance: Any, created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Record a save. Of a row that was just inserted no relation and no part is read: it has none yet."""
        instance._is_just_inserted = created
        try:
            super().post_save(instance, created, using=using, **kwargs)
        finally:
            del instance._is_just_inserted

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        """Record a deletion; not of a row that is being merged, whose revisions stay as they are."""
        if not getattr(instance, "is_being_merged", False):
            super().post_delete(instance, using=using, **kwargs)

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        if not _is_just_inserted(instance):
            super().create_historical_record_m2ms(history_instance, instance)

    def m2m_changed(
        self,
        instance: Any,
        action: str,
        attr: Any,
        pk_set: set[Any] | None,
        reverse: bool,
        model: type[Model] | None = None,
        **kwargs: Any,
    ) -> None:
        """Record a revision when a relation changes, from either end: adding a group to a topic changes the group.

        Clearing a relation from the other end does not tell which rows it had, so no revision is recorded.
        """
        owners = model._base_manager.filter(pk__in=pk_set or ()) if reverse and model else [instance]
        for owner in owners:
            super().m2m_changed(owner, action, attr, pk_set, reverse, **kwargs)

    def record(self, row: Any, history_type: str, reason: str = "") -> None:
        """Record a row with its relations and parts. The type is "+" for a new row, "~" for a changed one."""
        row._change_reason = reason or None
        self.create_historical_record(row, history_type)
        del row._change_reason


def _is_just_inserted(row: Any) -> bool:
    """Return whether a row is being recorded as part of its own INSERT."""
    return getattr(row, "_is_just_inserted", False)


def _record_parts(sender: type[Revision], instance: Any, history_instance: Any, **_: Any) -> None:
    """Store the parts of a row in its new revision."""
    if isinstance(history_instance, Revision) and history_instance.history_type != "-":
        is_new = _is_just_inserted(instance)
        names = sender.revision_history.part_names
        history_instance.parts = {name: [] if is_new else parts_of(instance, name) for name in names}


pre_create_historical_record.connect(_record_parts, dispatch_uid="organisations.keep_parts")


def parts_of(row: models.Model, name: str) -> list[dict[str, Any]]:
    """Return the current rows of a part of a row, each as {column: value}."""
    return parts_of_many(type(row), name, [row.pk])[row.pk]


def parts_of_many(model: type[models.Model], name: str, keys: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """Return {primary key: rows of the part, each as {column: value}} for several rows, in one query."""
    relation = reverse_relation(model, name)
    owner = relation.field.attname
    columns = [field.attname for field in relation.related_model._meta.concrete_fields if field.attname != owner]
    parts: dict[int, list[dict[str, Any]]] = {key: [] for key in keys}
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(keys)})
    for key, *values in rows.order_by("pk").values_list(owner, *columns):
        parts[key].append(dict(zip(columns, values, strict=True)))
    return parts


def history_model(model: Any) -> Any:
    """Return the model of the revisions of a model that has them."""
    return model.history.model


def has_revisions(model: type[models.Model]) -> bool:
    """Return whether revisions of a model are recorded."""
    return hasattr(model._meta, "simple_history_manager_attribute")


@contextmanager
def single_revision(row: Any, reason: str = "") -> Iterator[None]:
    """Record all changes to a row, its relations and parts within the block as one revision, at its end.

    A row without revisions is first recorded as it was before, so that its first change can be undone too. Does
    nothing for a model without revisions.
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
    row.history.model.revision_history.record(row, "+" if is_new else "~", reason)


def record_first_revision(row: Any) -> None:
    """Record a row as it is in the database, unless it has a revision already."""
    if row.history.exists():
        return
    before = type(row)._base_manager.get(pk=row.pk)
    before._history_user = None
    before._history_date = before.updated_at
    row.history.model.revision_history.record(before, "+", "As it stood when its history began")
