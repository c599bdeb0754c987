"""Export of groups: their rows as text."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ..models import SupportGroup
from .group_columns import group_columns
from .loading import GroupLoader, portions


def export_rows(groups: QuerySet[SupportGroup]) -> Iterator[list[str]]:
    """Yield the texts of each group in the order of the columns. Groups are read in portions."""
    columns, loader = group_columns(), GroupLoader()
    keys = list(groups.values_list("pk", flat=True))
    for portion in portions(keys):
        found = SupportGroup.objects.in_bulk(portion)
        for group in loader.load(found[key] for key in portion if key in found):
            state = loader.state_of(group)
            yield [column.export(state) for column in columns]
        loader.forget()
