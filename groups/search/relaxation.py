"""Relaxing a query without results: what to change, and how many groups that would match."""

from dataclasses import replace

from django.utils import timezone

from .facets import FACETS
from .index.types import IndexQuery
from .query import MILES, Query
from .service import index_query
from .snapshot.snapshot import DirectorySnapshot


def wider_distances(query: Query, snapshot: DirectorySnapshot) -> list[tuple[int, int]]:
    """Return (miles, total) of each larger distance that matches more groups than the one before."""
    if query.point is None:
        return []
    indexed, found = index_query(query, snapshot), []
    for miles in MILES:
        if miles > query.within:
            total = snapshot.index.total(replace(indexed, miles=miles), timezone.now())
            if total > (found[-1][1] if found else 0):
                found.append((miles, total))
    return found


def without_facet(query: Query, snapshot: DirectorySnapshot) -> list[tuple[str, str, int]]:
    """Return (facet name, its label, total) of each facet without which there are matches."""
    indexed, labels = index_query(query, snapshot), {facet.name: facet.label for facet in FACETS}
    found = [(name, labels[name], _total_without(indexed, name, snapshot)) for name, _ in query.choices]
    return [row for row in found if row[2]]


def alternatives(query: Query, snapshot: DirectorySnapshot) -> list[tuple[str, str, str, int]]:
    """Return (facet name, option, label, total) of other options with matches, the most widely usable first."""
    indexed, found = index_query(query, snapshot), []
    for facet, value, label in (
        ("joining", "contact first", "if you can contact them first"),
        ("format", "online", "online"),
        ("stage", "forming", "being set up"),
    ):
        if query.chosen(facet) and value not in query.chosen(facet):
            total = snapshot.index.total(replace(indexed, choices={**indexed.choices, facet: (value,)}), timezone.now())
            if total:
                found.append((facet, value, label, total))
    return found


def corrected_words(query: Query, snapshot: DirectorySnapshot) -> str:
    """Return the words with each that matches nothing spelt right; "" if none can be corrected."""
    if not query.words:
        return ""
    words = [_corrected_word(word, snapshot) for word in query.words]
    return " ".join(words) if words != list(query.words) else ""


def _corrected_word(word: str, snapshot: DirectorySnapshot) -> str:
    phrases = index_query(Query(words=(word,)), snapshot).words
    total = snapshot.index.total(IndexQuery(words=phrases), timezone.now())
    return word if total else snapshot.corrections.correct(word) or word


def _total_without(indexed: IndexQuery, facet: str, snapshot: DirectorySnapshot) -> int:
    choices = {name: values for name, values in indexed.choices.items() if name != facet}
    return snapshot.index.total(replace(indexed, choices=choices), timezone.now())
