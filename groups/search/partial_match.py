"""Partial matches: which words of a search to drop if no group has all of them."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from .index.index import Index
from .index.types import IndexQuery
from .synonyms import Vocabulary
from .wanted import Wanted


def best_match_of_some(
    indexed: IndexQuery, wanted: Sequence[Wanted], vocabulary: Vocabulary, index: Index, now: datetime.datetime
) -> IndexQuery:
    """Return the query with as many of the words as some group has, and with those left out.

    Words of the vocabulary are kept before others: in a sentence these are what it is about. Of each the rarest that
    any group has comes first: without it a page would show what was not asked for. Words that no group has, anywhere,
    are left out first. Nothing is left out where that finds nothing, or only weak words would be left.
    """
    everything = replace(indexed, words=tuple(phrases for _, phrases in wanted))
    if len(wanted) < 2 or index.total(everything, now):
        return everything
    by_rarity = sorted(
        (
            vocabulary.is_weak(typed),
            not (len(typed) > 1 or vocabulary.knows(typed[0])),
            index.frequency((phrases,)),
            place,
        )
        for place, (typed, phrases) in enumerate(wanted)
    )
    all_are_weak = by_rarity[0][0]
    looked_for: list[int] = []
    for is_weak, _, frequency, place in by_rarity:
        if is_weak and not (looked_for or all_are_weak):
            return everything
        if not frequency:
            continue
        tried = _with_words(indexed, wanted, [*looked_for, place])
        if index.total(tried, now):
            looked_for.append(place)
        elif not looked_for:
            return everything
    if not looked_for:
        return everything
    left_out = tuple(" ".join(typed) for place, (typed, _) in enumerate(wanted) if place not in looked_for)
    return replace(_with_words(indexed, wanted, looked_for), left_out=left_out)


def _with_words(indexed: IndexQuery, wanted: Sequence[Wanted], places: list[int]) -> IndexQuery:
    return replace(indexed, words=tuple(wanted[place][1] for place in sorted(places)))
