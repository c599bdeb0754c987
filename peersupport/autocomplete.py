"""The autocomplete view of the admin: the rows that the user may view, ranked by name."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet

from .name_ranking import Fit, Rank, Term


class RankedRows(Sequence[Model]):
    """A sequence of rows in the order of given keys; a slice is one query."""

    def __init__(self, rows: QuerySet[Any], keys: list[Any]) -> None:
        self._rows, self._keys = rows, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: Any) -> Any:
        keys = self._keys[part]
        rows = {row.pk: row for row in self._rows.filter(pk__in=keys)}
        return [rows[key] for key in keys if key in rows]


class RankedAutocomplete(AutocompleteJsonView):
    """Django's autocomplete view, with results ordered by `name_ranking`.

    An admin class may set `name_fields` (its name first, then other names) and `context_fields` (shown with the name);
    by default the first search field is the name. With `name_fields = ()` rows stay in their own order.
    """

    def get_queryset(self) -> Any:
        """Return the matching rows, all of them without a term: by folded name, and by the search of the changelist."""
        results, term = super().get_queryset(), Term(self.term)
        fields = self._name_fields()
        if not term or not fields:
            return results
        rows = self.model_admin.get_queryset(self.request).complex_filter(self.source_field.get_limit_choices_to())
        searched = set(results.order_by().values_list("pk", flat=True))
        ranks = dict(self._ranks(rows, term, fields, searched))
        # Sorting is stable: of the same rank, rows stay in the order of their list.
        return RankedRows(rows, sorted(ranks, key=ranks.__getitem__))

    def _name_fields(self) -> Sequence[str]:
        default = self.model_admin.get_search_fields(self.request)[:1]
        return getattr(self.model_admin, "name_fields", [name.lstrip("^=@") for name in default])

    def _ranks(
        self, rows: QuerySet[Any], term: Term, fields: Sequence[str], searched: set[Any]
    ) -> Iterator[tuple[object, Rank]]:
        """Yield (key, rank) of the matching rows, in the order of the rows."""
        context = getattr(self.model_admin, "context_fields", ())
        for key, name, *values in rows.values_list("pk", *fields, *context):
            other_names, context_values = values[: len(fields) - 1], values[len(fields) - 1 :]
            rank = term.rank(name or "", _texts(other_names), _texts(context_values))
            if rank is not None:
                yield key, rank
            elif key in searched:
                yield key, Rank(Fit.ELSEWHERE)


def _texts(values: list[Any]) -> list[str]:
    """Return the texts in columns, each of which holds a text, a list of texts, or None."""
    texts = []
    for value in values:
        if value:
            texts += value if isinstance(value, list) else [value]
    return texts
