"""Sample data: example listings at real postcodes, to try, test and measure the directory with.

Examples are marked as such on cards and pages, and every name begins with "Example". Making them again replaces the
previous ones; removing them leaves nothing behind. Rows that are not examples are never touched.
"""

import datetime
from collections.abc import Callable

from django.db import transaction

from .context import SampleContext
from .groups import make_group
from .locations import PlacesMissing
from .organisations import Organisations
from .reindex import mark_snapshot_stale
from .removal import CannotRemove, remove_examples
from .texts import weighted_share

__all__ = ["CannotRemove", "PlacesMissing", "make_examples", "remove_examples"]

#: Called after each batch with the number of groups in it.
Progress = Callable[[int], object]

#: `{number of groups of an organisation: weight}`.
_GROUPS_PER_ORGANISATION = {1: 12, 2: 10, 3: 12, 4: 14, 5: 14, 6: 12, 7: 9, 8: 7, 10: 5, 14: 3, 22: 2}
#: Groups in a batch: a compromise between speed and memory.
_BATCH_SIZE = 500


def make_examples(
    count: int, *, seed: int, today: datetime.date, progress: Progress = lambda number: None
) -> dict[str, int]:
    """Replace all examples by `count` groups with their organisations, in one transaction.

    Return `{plural name of the model: rows written}`. The same seed and date give the same examples on any database;
    a larger count begins with the examples of a smaller one. Raises `PlacesMissing`, `CannotRemove`.
    """
    with transaction.atomic():
        # Removal takes the lock of the directory, so that nobody else changes it before all is written.
        remove_examples()
        context = SampleContext(seed, today)
        organisations = Organisations(context)
        made = unwritten = number = 0
        while made < count:
            rng = context.random_for(number)
            host = organisations.make(number, rng)
            wanted = 0
            if host is not None:
                wanted = min(weighted_share(rng, _GROUPS_PER_ORGANISATION), count - made)
                for _ in range(wanted):
                    make_group(context, rng, host)
            number, made, unwritten = number + 1, made + wanted, unwritten + wanted
            if unwritten >= _BATCH_SIZE or made == count:
                context.writer.write()
                progress(unwritten)
                unwritten = 0
        mark_snapshot_stale()
    return {str(model._meta.verbose_name_plural): rows for model, rows in context.writer.written.items()}
