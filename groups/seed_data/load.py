"""Load the seed data of organisations and their listings from the TOML files in this folder (see its README.md).

Loading is idempotent. Rows that an editor has changed, checked, withdrawn or deleted are not overwritten or recreated.
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
    """Areas and towns have not been loaded yet."""


def load_directory(folder: Path = DATA, *, say: Say = lambda words: None) -> Summary:
    """Load every file of a folder in one transaction, and return the counts.

    `say` is called with a line for each entry that both its file and an editor have changed. Raises `BadFile`
    if any file is invalid, and `PlacesMissing`; nothing is changed then.
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
