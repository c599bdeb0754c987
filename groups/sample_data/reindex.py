"""Invalidate the search index after a bulk change to the examples, which sends no signals and makes no revisions."""

from groups.search.snapshot.change_log import note_change


def mark_snapshot_stale() -> None:
    """Have every process rebuild its snapshot. Must be called in the transaction of the change."""
    note_change(None)
