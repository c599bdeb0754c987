"""Examples: listings that nobody has to check, at real postcodes, to try, test and measure the directory with.

They say on their card and their page that they are examples: every name begins so. Made again, they replace the last
ones; removed, they leave nothing behind, and what is not an example is never touched.
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

#: Is called with how many more groups have been made.
Progress = Callable[[int], object]

#: How many groups an organisation runs, and in what share.
_GROUPS_OF_ONE = {1: 12, 2: 10, 3: 12, 4: 14, 5: 14, 6: 12, 7: 9, 8: 7, 10: 5, 14: 3, 22: 2}
#: How many groups are written at once: enough for speed, few enough for memory.
_AT_ONCE = 500


def make_examples(
    count: int, *, seed: int, today: datetime.date, progress: Progress = lambda number: None
) -> dict[str, int]:
    """Replace the examples there are by so many groups, with their organisations; all of it or nothing.

    Gives how many rows of each kind were written, by the kind's name. The same seed and day make the same examples,
    on any database; a larger count has the smaller one's at its beginning. Raises `PlacesMissing`, `CannotRemove`.
    """
    with transaction.atomic():
        # Removing holds the directory, so that nobody else changes it before all is written.
        remove_examples()
        world = SampleContext(seed, today)
        organisations = Organisations(world)
        made = waiting = number = 0
        while made < count:
            dice = world.dice(number)
            host = organisations.make(number, dice)
            wanted = min(weighted_share(dice, _GROUPS_OF_ONE), count - made) if host else 0
            for _ in range(wanted):
                make_group(world, dice, host)
            number, made, waiting = number + 1, made + wanted, waiting + wanted
            if waiting >= _AT_ONCE or made == count:
                world.batch.write()
                progress(waiting)
                waiting = 0
        mark_snapshot_stale()
    return {str(model._meta.verbose_name_plural): rows for model, rows in world.batch.written.items()}
