"""Signals for bulk writes, sent in the same transaction, so that snapshots in memory can be invalidated.

`save` and `delete` send Django's own signals (a queryset's `delete` too, if there is a receiver); `update`,
`bulk_create` and `bulk_update` send none, so `ChangeTrackedQuerySet` sends these two.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.dispatch import Signal

#: Sent with `sender` (the model) and `keys` before rows change, while their old relations can still be read.
about_to_change = Signal()
#: Sent with `sender` and `keys` (None: unknown) after they have changed, before the transaction ends.
rows_changed = Signal()


Row = TypeVar("Row", bound=Model, covariant=True)


class ChangeTrackedQuerySet(QuerySet[Row]):
    """A queryset whose bulk writes send the change signals."""

    def update(self, **values: Any) -> int:
        keys = list(self.values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=keys)
            changed = super().update(**values)
            rows_changed.send(self.model, keys=keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]  # Django's way to hide a method from templates.

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Row]:
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=[])
            created = super().bulk_create(objs, *args, **kwargs)
            keys = [row.pk for row in created]
            # Some databases return no key on a conflict: the row is unknown.
            rows_changed.send(self.model, keys=None if None in keys else keys)
        return created

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        keys = [row.pk for row in rows]
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=keys)
            # A plain queryset: Django calls `update` for each batch, which would send the signals again.
            changed = QuerySet(self.model, using=self.db).bulk_update(rows, *args, **kwargs)
            rows_changed.send(self.model, keys=keys)
        return changed

    bulk_update.alters_data = True  # type: ignore[attr-defined]  # As above.
