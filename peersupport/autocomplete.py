"""The autocomplete view of the admin: the rows that the user may view, ranked by name."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, Q, QuerySet

from common.pagination import parse_page_number

from .name_conditions import NameConditions
from .name_ranking import Fit, Rank, Term

#: Up to so many rows that may match are all ranked. Of more, those of the best fits are, until there are enough.
MOST_RANKED = 50_000
#: The most keys that a statement names.
MOST_NAMED = 500


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
        """Return the keys of the first rows by rank, then in their own order: at least `most`, or else all."""
        keys = self._of_all(self._conditions.matching(), most)
        if keys is not None:
            return keys
        found: dict[Any, None] = {}
        for best, worst, condition in self._conditions.by_fit():
            wanted = most + len(found)
            keys = self._of_all(condition, wanted, worst)
            found |= dict.fromkeys(self._of_many(condition, wanted, best, worst) if keys is None else keys)
            if len(found) >= most:
                break
        return list(found)

    def _of_all(self, condition: Q, most: int, worst: Fit = Fit.EVERY_WORD) -> list[Any] | None:
        """Return the first keys of the rows that meet a condition, to a fit; None if these are too many to rank."""
        # Unsorted, they are found in one pass over the table.
        rows = list(self._values(self._rows.filter(condition).order_by())[: MOST_RANKED + 1])
        if len(rows) > MOST_RANKED:
            return None
        ranks = dict(self._ranked(rows, worst))
        last = sorted(ranks.values())[:most][-1:]
        first = [key for key, rank in ranks.items() if [rank] <= last]
        # Naming thousands of keys in a statement takes seconds.
        among = self._rows.filter(condition) if len(first) > MOST_NAMED else self._rows.filter(pk__in=first)
        wanted = set(first)
        ordered = (key for key in among.values_list("pk", flat=True) if key in wanted)
        return sorted(dict.fromkeys(ordered), key=ranks.__getitem__)

    def _of_many(self, condition: Q, most: int, best: Fit, worst: Fit) -> list[Any]:
        """Return the same of rows in their order: once `most` of the best fit are found, later ones are behind them."""
        rows, ranks, of_best = self._values(self._rows.filter(condition)), dict[Any, Rank](), 0
        # Most often the first part is enough, and a database finds it sooner. Slices are read when their turn comes.
        part = min(10 * most, MOST_RANKED)
        rows_in_parts = chain.from_iterable([rows[:part], rows[part:]])
        for key, rank in self._ranked(rows_in_parts, worst):
            of_best += key not in ranks and rank <= Rank(best, Fit.EXACT if best == Fit.EVERY_WORD else Fit.ELSEWHERE)
            ranks[key] = rank
            if of_best >= most:
                break
        return sorted(ranks, key=ranks.__getitem__)

    def _ranked(self, rows: Iterable[tuple[Any, ...]], worst: Fit) -> Iterator[tuple[Any, Rank]]:
        count = len(self._names) - 1
        for key, name, *others in rows:
            rank = self._term.rank(name or "", _texts(others[:count]), _texts(others[count:]))
            if rank is not None and rank.fit <= worst:
                yield key, rank

    def _values(self, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
        return rows.values_list("pk", *self._names, *self._context)


def _texts(values: list[Any]) -> list[str]:
    """Return the texts in columns, each of which holds a text, a list of texts, or None."""
    texts = []
    for value in values:
        if value:
            texts += value if isinstance(value, list) else [value]
    return texts
