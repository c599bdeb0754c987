"""Export of groups: their rows as text."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ..models import SupportGroup
from .group_columns import group_columns
from .row_state import RowState, with_relations

#: Groups are read from the database in portions of this many.
PORTION = 500


def export_rows(groups: QuerySet[SupportGroup]) -> Iterator[list[str]]:
    """Yield the texts of each group in the order of the columns."""
    columns = group_columns()
    for group in with_relations(groups).iterator(chunk_size=PORTION):
        state = RowState.of(group)
        yield [column.export(state) for column in columns]
