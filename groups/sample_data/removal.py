"""Remove all examples with their dependent rows and revisions, and nothing else."""

from typing import Any

from django.db import models, router
from django.db.models import QuerySet

from groups.models import SupportGroup, Venue
from groups.search.snapshot.change_log import lock
from organisations.models import Contact, Event, EventSeries, Organisation, PeerRole, Quotation, Statement, Training
from organisations.models.revision import history_model
from places.models import PublicModel

from .identity import MADE_AS_EXAMPLE, examples_of
from .reindex import mark_snapshot_stale

#: The models, each before those that it refers to.
_MODELS = (SupportGroup, Venue, PeerRole, Training, Event, EventSeries, Quotation, Statement, Organisation)
_WITH_REVISIONS = (SupportGroup, Venue, PeerRole, Training, Contact, Organisation)


class CannotRemove(Exception):
    """A real row depends on an example through a protected foreign key."""


def remove_examples() -> int:
    """Remove every example and return the number of groups. Must be called in a transaction.

    Raises `CannotRemove` if a real listing would lose its organisation or venue.
    """
    lock()
    count = examples_of(SupportGroup).count()
    for model in _MODELS:
        _remove(examples_of(model))
    for recorded in _WITH_REVISIONS:
        _remove_revisions(recorded)
    mark_snapshot_stale()
    return count


def _remove(rows: QuerySet[Any]) -> None:
    """Delete rows and their dependants recursively, with one statement for each model: one by one takes minutes."""
    model = rows.model
    keys = rows.order_by().values("pk")
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        related = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.CASCADE:
            _remove(related)
        elif relation.on_delete is models.SET_NULL:
            related.update(**{relation.field.name: None})
        elif relation.on_delete is models.PROTECT:
            _raise_if_any(related, model)
    rows.order_by()._raw_delete(_using())


def _raise_if_any(related: QuerySet[Any], model: type[models.Model]) -> None:
    if (row := related.first()) is not None:
        noun, other = model._meta.verbose_name, related.model._meta.verbose_name
        raise CannotRemove(f"The {other} “{row}” is no example, but its {noun} is one. Give it another {noun} first.")


def _remove_revisions(model: type[PublicModel]) -> None:
    """Delete the revisions of examples that no longer exist, whoever deleted them."""
    revisions = history_model(model)
    living = model._base_manager.order_by().values("pk")
    gone = revisions._base_manager.filter(MADE_AS_EXAMPLE).exclude(id__in=living)
    for relation in revisions._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.field.name == "history":
            relation.related_model._base_manager.filter(history__in=gone.order_by().values("pk"))._raw_delete(_using())
    gone.order_by()._raw_delete(_using())


def _using() -> str:
    return router.db_for_write(SupportGroup)
