"""Telling whoever keeps a copy of some rows that they change: in the same transaction, whichever way they are written.

`save` and `delete` send Django's own signals (a queryset's `delete` too, where somebody listens); an `update`, and what
is written in bulk, send none, so a queryset that is `ChangeTrackedQuerySet` sends these two.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

#: Sent with `sender` (the model) and `keys` before rows change: what they belong to may be another thing afterwards.
about_to_change = Signal()
#: Sent with `sender` and `keys` (None: nobody knows which) after they have changed, before the transaction ends.
rows_changed = Signal()


class ChangeTrackedQuerySet(QuerySet):
    """Rows that somebody keeps a copy of: writing many at once is noted as writing one is."""

    def update(self, **values) -> int:
        keys = list(self.values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=keys)
            changed = super().update(**values)
            rows_changed.send(self.model, keys=keys)
        return changed

    update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs) -> list:
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=[])
            made = super().bulk_create(objs, *args, **kwargs)
            keys = [row.pk for row in made]
            # Without its key (some databases tell none on a conflict) a row could be any.
            rows_changed.send(self.model, keys=None if None in keys else keys)
        return made

    def bulk_update(self, objs, *args, **kwargs) -> int:
        keys = [row.pk for row in objs]
        with transaction.atomic(using=self.db):
            about_to_change.send(self.model, keys=keys)
            # Django writes these with `update`, which would look the rows up again for every batch.
            changed = QuerySet(self.model, using=self.db).bulk_update(objs, *args, **kwargs)
            rows_changed.send(self.model, keys=keys)
        return changed

    bulk_update.alters_data = True
