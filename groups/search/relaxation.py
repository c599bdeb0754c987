"""Relaxing a query without results: what to change, and how many groups that would match."""

from dataclasses import replace

from .facets import FACETS_BY_NAME
from .index.types import IndexQuery
from .query import MILES
from .results import Matches


def wider_distances(matches: Matches) -> list[tuple[int, int]]:
    """Return (miles, total) of each larger distance that matches more groups than the one before."""
    if matches.query.point is None:
        return []
    farther = [miles for miles in MILES if miles > matches.query.within]
    totals = matches.snapshot.index.totals_within(matches.indexed, farther, matches.now)
    found: list[tuple[int, int]] = []
    for miles, total in zip(farther, totals, strict=True):
        if total > (found[-1][1] if found else 0):
            found.append((miles, total))
    return found


def without_words(matches: Matches) -> list[tuple[str, int, int]]:
    """Return (words, total, miles) of each typed item without which there are more matches.

    At the distance searched, or else the first larger one with matches.
    """
    found, indexed = [], matches.indexed
    farther = [miles for miles in MILES if miles > indexed.miles] if indexed.point is not None else []
    for words, phrases in matches.wanted:
        others = tuple(other for other in indexed.words if other != phrases)
        if len(others) == len(indexed.words):
            continue
        total = matches.count(replace(indexed, words=others))
        if total > matches.found.total:
            found.append((" ".join(words), total, int(indexed.miles)))
            continue
        for miles in farther:
            total = matches.count(replace(indexed, words=others, miles=miles))
            if total > matches.found.total:
                found.append((" ".join(words), total, int(miles)))
                break
    return found


def online_today(matches: Matches) -> int:
    """Return how many groups meet online today, whatever else is searched for."""
    return matches.count(IndexQuery(choices={"format": ("online",), "soon": ("today",)}))


def without_facet(matches: Matches) -> list[tuple[str, str, int]]:
    """Return (facet name, its label, total) of each facet without which there are matches."""
    found = []
    for facet, _ in matches.query.choices:
        choices = {name: values for name, values in matches.indexed.choices.items() if name != facet}
        found.append((facet, FACETS_BY_NAME[facet].label, matches.count(replace(matches.indexed, choices=choices))))
    return [row for row in found if row[2]]


def alternatives(matches: Matches) -> list[tuple[str, str, str, int]]:
    """Return (facet name, option, label, total) of other options with matches, the most widely usable first."""
    indexed, found = matches.indexed, []
    for facet, value, label in (
        ("joining", "contact first", "if you can contact them first"),
        ("format", "online", "online"),
        ("stage", "forming", "being set up"),
    ):
        chosen = matches.query.chosen(facet)
        if chosen and value not in chosen:
            total = matches.count(replace(indexed, choices={**indexed.choices, facet: (value,)}))
            if total:
                found.append((facet, value, label, total))
    return found
