"""The autocomplete view of the admin: the rows that the user may view, ranked by name."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, Q, QuerySet

from common.pagination import parse_page_number

from .name_conditions import NameConditions
from .name_ranking import Rank, Term

#: Up to so many rows that may match are all ranked. Of more, as many of those that are or begin so, and of the others.
MOST_RANKED = 20_000
#: The most keys that a statement names: of 14,000 SQLite joined contacts in another order, which took 30 seconds.
MOST_NAMED = 5_000


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
        """Return the matching rows, all of them without a term: by folded name, and by the search of the changelist.

        Of ranked rows the next page has one, by which the paginator knows that there is a next page.
        """
        results, term = super().get_queryset(), Term(self.term)
        names = self._name_fields()
        if not term or not names:
            return results
        page = self.request.GET.get("page")
        most = sys.maxsize if page == "last" else parse_page_number(page) * (self.paginate_by or 1) + 1
        rows = self.model_admin.get_queryset(self.request).complex_filter(self.source_field.get_limit_choices_to())
        keys = NamedRows(rows, term, names, getattr(self.model_admin, "context_fields", ())).first(most)
        if len(keys) < most:
            searched, known = results.values_list("pk", flat=True), set(keys)
            keys += [key for key in (searched if page == "last" else searched[:most]) if key not in known]
        return RankedRows(rows, keys[:most])

    def _name_fields(self) -> Sequence[str]:
        default = self.model_admin.get_search_fields(self.request)[:1]
        return getattr(self.model_admin, "name_fields", [name.lstrip("^=@") for name in default])


class NamedRows:
    """The rows that a term matches by name or context, ranked. The database finds them, and some that do not match."""

    def __init__(self, rows: QuerySet[Any], term: Term, names: Sequence[str], context: Sequence[str]) -> None:
        self._rows, self._term, self._names, self._context = rows, term, names, context
        self._conditions = NameConditions(term, rows.model, names, context)

    def first(self, most: int) -> list[Any]:
        """Return the keys of the first rows by rank, then in their own order: at least `most`, or else all.

        Of more than `MOST_RANKED` rows, those of some: all whose name is the term are among these, if they are no more.
        """
        rows = self._read(self._conditions.matching())
        if len(rows) > MOST_RANKED:
            rows = [row for condition in self._conditions.likeliest() for row in self._read(condition)] + rows
        ranks = dict(self._ranked(rows))
        last = sorted(ranks.values())[:most][-1:]
        first = {key for key, rank in ranks.items() if [rank] <= last}
        is_among = Q(pk__in=first) if len(first) <= MOST_NAMED else self._conditions.matching()
        ordered = (key for key in self._rows.filter(is_among).values_list("pk", flat=True) if key in first)
        return sorted(dict.fromkeys(ordered), key=ranks.__getitem__)

    def _read(self, condition: Q) -> list[tuple[Any, ...]]:
        """Return the rows that meet a condition, of too many some: unsorted, one pass over the table finds them."""
        rows = self._rows.filter(condition).order_by().values_list("pk", *self._names, *self._context)
        return list(rows[: MOST_RANKED + 1])

    def _ranked(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, Rank]]:
        count = len(self._names) - 1
        for key, name, *others in rows:
            rank = self._term.rank(name or "", _texts(others[:count]), _texts(others[count:]))
            if rank is not None:
                yield key, rank


def _texts(values: list[Any]) -> list[str]:
    """Return the texts in columns, each of which holds a text, a list of texts, or None."""
    texts = []
    for value in values:
        if value:
            texts += value if isinstance(value, list) else [value]
    return texts
