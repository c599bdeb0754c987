"""The end of every bulk change to the examples.

Rows that are written and removed in bulk send no signals and make no versions. Whatever must know of them is told here.
"""

from groups.search.snapshot.change_log import note_change


def mark_snapshot_stale() -> None:
    """Let every copy of the directory be made anew. Call it inside the transaction of the change."""
    note_change(None, organisations=True)
