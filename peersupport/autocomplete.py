"""The answers of all boxes of the staff pages that find as you type: the best fit first, of what somebody may see."""

from collections.abc import Iterator, Sequence

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet

from common.name_ranking import Fit, Rank, Term


class RankedRows(Sequence):
    """Rows in the order of some keys, read a page at a time."""

    def __init__(self, rows: QuerySet, keys: list) -> None:
        self._rows, self._keys = rows, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> list[Model]:
        keys = self._keys[part]
        found = {row.pk: row for row in self._rows.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


class RankedAutocomplete(AutocompleteJsonView):
    """Django's own answer, ordered by how well each name fits what was typed.

    A page may say in its class which fields are names, the first of them its own name (`name_fields`), and what it is
    said with (`context_fields`); else the first field that its list is searched by is its name. With no name fields at
    all, its rows stay in their own order.
    """

    def get_queryset(self) -> QuerySet | RankedRows:
        """The rows that fit, all of them with nothing typed; found in names whatever the accents, else as lists are."""
        found, term = super().get_queryset(), Term(self.term)
        fields = self._name_fields()
        if not term or not fields:
            return found
        rows = self.model_admin.get_queryset(self.request).complex_filter(self.source_field.get_limit_choices_to())
        searched = set(found.order_by().values_list("pk", flat=True))
        ranks = dict(self._ranks(rows, term, fields, searched))
        # Sorting is stable: of the same rank, rows stay in the order of their list.
        return RankedRows(rows, sorted(ranks, key=ranks.__getitem__))

    def _name_fields(self) -> Sequence[str]:
        default = self.model_admin.get_search_fields(self.request)[:1]
        return getattr(self.model_admin, "name_fields", [name.lstrip("^=@") for name in default])

    def _ranks(self, rows: QuerySet, term: Term, fields: Sequence[str], searched: set) -> Iterator[tuple[object, Rank]]:
        """The keys of the rows that fit, each with its rank, in the order of the rows."""
        context = getattr(self.model_admin, "context_fields", ())
        for key, name, *more in rows.values_list("pk", *fields, *context):
            others, said_with = more[: len(fields) - 1], more[len(fields) - 1 :]
            rank = term.rank(name or "", _texts(others), _texts(said_with))
            if rank is not None:
                yield key, rank
            elif key in searched:
                yield key, Rank(Fit.ELSEWHERE)


def _texts(values: list) -> list[str]:
    """The texts of some columns, of which some are lists of them and some are empty."""
    texts = []
    for value in values:
        if value:
            texts += value if isinstance(value, list) else [value]
    return texts
