"""Loading the directory: organisations and all that is theirs, from the files in `groups/seed_data` (see README.md there).

What an editor has changed, checked, withdrawn or deleted since is never written again, nor made again.
"""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from places.models import Area

from .files import DATA, BadFile, read_files
from .kinds import KINDS, VOCABULARIES
from .lookups import Lookups
from .summary import Summary
from .writer import Writer

__all__ = ["DATA", "BadFile", "PlacesMissing", "Summary", "load_directory"]

Say = Callable[[str], None]


class PlacesMissing(Exception):
    """There are no areas and towns yet for listings to lie in."""


def load_directory(folder: Path = DATA, *, say: Say = lambda words: None) -> Summary:
    """Load every file of a folder, in one transaction, and say in figures what was done.

    `say` is called with a line for each entry that both its file and an editor have changed. Raises `BadFile`,
    having changed nothing, when a file is wrong anywhere.
    """
    entries = read_files(folder)
    with transaction.atomic():
        # One load at a time: on PostgreSQL a second one waits for this row.
        if Area.objects.select_for_update(no_key=True).order_by("pk").first() is None:
            raise PlacesMissing("There are no places yet for the directory to lie in. Run load_places first.")
        writer = Writer(Lookups(), keys={entry.key for entry in entries}, say=say)
        for kind in (*VOCABULARIES, *KINDS):
            writer.write_all(kind, [entry for entry in entries if entry.table == kind.table])
    return writer.summary
