"""What could be loosened when nothing was found, with how many groups that would find."""

from dataclasses import replace

from django.utils import timezone

from .facets import FACETS
from .index.types import IndexQuery
from .query import MILES, Query
from .service import index_query
from .snapshot.snapshot import DirectorySnapshot


def wider(query: Query, here: DirectorySnapshot) -> list[tuple[int, int]]:
    """The distances, in miles, at which there would be more groups, with how many."""
    if query.point is None:
        return []
    asked, found = index_query(query, here), []
    for miles in MILES:
        if miles > query.within:
            total = here.index.total(replace(asked, miles=miles), timezone.now())
            if total > (found[-1][1] if found else 0):
                found.append((miles, total))
    return found


def without_a_choice(query: Query, here: DirectorySnapshot) -> list[tuple[str, str, int]]:
    """The facets whose answers could be taken back: name, question, and how many groups there would be."""
    asked, labels = index_query(query, here), {facet.name: facet.label for facet in FACETS}
    found = [(name, labels[name], _total_without(asked, name, here)) for name, _ in query.choices]
    return [one for one in found if one[2]]


def instead(query: Query, here: DirectorySnapshot) -> list[tuple[str, str, str, int]]:
    """Other answers that would find something: facet, answer, label, how many. First what most people can do."""
    asked, found = index_query(query, here), []
    for facet, value, label in (
        ("joining", "contact first", "if you can contact them first"),
        ("format", "online", "online"),
        ("stage", "forming", "being set up"),
    ):
        if query.chosen(facet) and value not in query.chosen(facet):
            total = here.index.total(replace(asked, choices={**asked.choices, facet: (value,)}), timezone.now())
            if total:
                found.append((facet, value, label, total))
    return found


def corrected(query: Query, here: DirectorySnapshot) -> str:
    """The words that were typed with each that finds nothing corrected; "" where none can be."""
    if not query.words:
        return ""
    words = [_better(word, here) for word in query.words]
    return " ".join(words) if words != list(query.words) else ""


def _better(word: str, here: DirectorySnapshot) -> str:
    finds_something = here.index.total(IndexQuery(words=index_query(Query(words=(word,)), here).words), timezone.now())
    return word if finds_something else here.corrections.correct(word) or word


def _total_without(asked: IndexQuery, facet: str, here: DirectorySnapshot) -> int:
    choices = {name: values for name, values in asked.choices.items() if name != facet}
    return here.index.total(replace(asked, choices=choices), timezone.now())
