"""Taking examples away: every row that is one and all that hangs on it, and no other."""

from django.db import models, router
from django.db.models import QuerySet

from groups.models import SupportGroup, Venue
from groups.search.snapshot.change_log import lock
from organisations.models import Contact, Event, EventSeries, Organisation, PeerRole, Quotation, Statement, Training
from places.models import PublicModel

from .identity import MADE_AS_EXAMPLE, examples_of
from .reindex import mark_snapshot_stale

#: What is removed, before what it points at.
_MODELS = (SupportGroup, Venue, PeerRole, Training, Event, EventSeries, Quotation, Statement, Organisation)
_WITH_VERSIONS = (SupportGroup, Venue, PeerRole, Training, Contact, Organisation)


class CannotRemove(Exception):
    """Something that is no example hangs on an example."""


def remove_examples() -> int:
    """Remove every example; gives how many groups there were. Call it inside a transaction.

    Raises `CannotRemove` when a listing that is no example would lose its organisation or its venue.
    """
    lock()
    count = examples_of(SupportGroup).count()
    for model in _MODELS:
        _remove(examples_of(model))
    for model in _WITH_VERSIONS:
        _remove_versions(model)
    mark_snapshot_stale()
    return count


def _remove(rows: QuerySet) -> None:
    """Remove rows and what hangs on them, each kind in one statement: deleting them one by one takes minutes."""
    model = rows.model
    keys = rows.order_by().values("pk")
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        hanging = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.CASCADE:
            _remove(hanging)
        elif relation.on_delete is models.SET_NULL:
            hanging.update(**{relation.field.name: None})
        elif relation.on_delete is models.PROTECT:
            _refuse_if_any(hanging, model)
    rows.order_by()._raw_delete(_using())


def _refuse_if_any(hanging: QuerySet, model: type[models.Model]) -> None:
    if (kept := hanging.first()) is not None:
        noun, other = model._meta.verbose_name, hanging.model._meta.verbose_name
        raise CannotRemove(f"The {other} “{kept}” is no example, but its {noun} is one. Give it another {noun} first.")


def _remove_versions(model: type[PublicModel]) -> None:
    """Remove the versions of examples that are gone, by us or by an editor: an example leaves no trace."""
    versions = getattr(model, model._meta.simple_history_manager_attribute).model
    living = model._base_manager.order_by().values("pk")
    gone = versions._base_manager.filter(MADE_AS_EXAMPLE).exclude(id__in=living)
    for relation in versions._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.field.name == "history":
            relation.related_model._base_manager.filter(history__in=gone.order_by().values("pk"))._raw_delete(_using())
    gone.order_by()._raw_delete(_using())


def _using() -> str:
    return router.db_for_write(SupportGroup)
