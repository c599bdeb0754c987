"""Locates misspelt names by edit distance and by sound: "Guisbro", "Margte", "Edinborough"."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Count, Max

from common.spelling import Spelling

from ..choices import DISTRICT_KINDS
from ..models import Area, Locality, Town
from .names import answer, names_in
from .options import options_of
from .points import Named, fetch
from .readings import Reading, readings_of
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

#: The most suggestions.
MOST_OFFERED = 5

#: The largest edit distance that is looked up.
MOST_SLIPS = 3

#: Names with fewer letters are never corrected without asking: "music" is no slip for a town. But letters that changed
#: places, or are doubled, are slips in names of five.
SURE_LETTERS, SURE_SAME_LETTERS = 6, 5
#: The least letters of a name that may be corrected by two edits without asking.
TWO_SLIPS_LETTERS = 8
#: The least population of a place that a name is corrected to without asking, by slips. Our list lacks many small
#: places, so a name close to that of a village may well be another village.
SURE_PEOPLE = {0: 0, 1: 5_000, 2: 20_000}
#: The least ratio of its population to that of the next place at the same distance.
MUCH_LARGER = 10

#: The least estimated population of a locality whose name is in the index, which is held by each process.
INDEXED_PEOPLE = 8_000

#: Shorter names of areas, and aliases of towns, are not in the index: "Dev", "MK".
LEAST_LETTERS_OF_ALIAS = 4

#: The rank of a district and of a wider area among towns, as an approximate population.
_DISTRICT_WEIGHT, _WIDE_AREA_WEIGHT = 100_000, 1_000_000

#: Spellings that sound alike or are local short forms, and the phonetic key that replaces them in the index.
_SOUNDS = [
    (re.compile(r"(?:borough|brough|burgh|boro|bro)\b"), "bro"),
    (re.compile(r"[aeiou]?cester\b"), "ster"),
    (re.compile(r"\bupon\b"), "on"),
    (re.compile(r"ph"), "f"),
]

MISSPELT_REASON = (
    "We do not know a place called that. Perhaps it is one of these. Or try a larger town near by, or a postcode."
)


@dataclass(frozen=True)
class _Candidate:
    """A known name near the typed one, with its edit distance and the population of its place."""

    name: str
    slips: int
    same_start: bool
    weight: int

    @property
    def order(self) -> tuple[int, bool, int, str]:
        return self.slips, not self.same_start, -self.weight, self.name


class NameIndex:
    """An index of the names of all towns and areas, and of larger localities, by letters and by phonetic key."""

    def __init__(self) -> None:
        self.weights: dict[str, int] = {}
        self.area_names: set[str] = set()
        for name, aliases, population in Town.objects.values_list("folded_name", "folded_aliases", "population"):
            self._add([name, *_longer(aliases)], population)
        larger = Locality.objects.filter(population__gte=INDEXED_PEOPLE)
        for name, population in larger.values_list("folded_name", "population"):
            self._add([name], population)
        for names, kind, is_listed in Area.objects.values_list("folded_names", "kind", "is_listed"):
            self._add(_longer(names), _DISTRICT_WEIGHT if kind in DISTRICT_KINDS else _WIDE_AREA_WEIGHT)
            # "Central" was a region, and is no place that another is said to be in.
            self.area_names.update(names.split("|") if is_listed else ())
        self._by_key: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for name in self.weights:
            letters, sound = _letters(name), _sound(name)
            self._by_key[letters].append((name, False))
            if sound != letters:
                self._by_key[sound].append((name, True))
        self._spelling = Spelling(self._by_key)

    def _add(self, names: list[str], weight: int) -> None:
        for name in filter(None, names):
            self.weights[name] = max(weight, self.weights.get(name, 0))

    def candidates(self, typed: str, most: int) -> list[_Candidate]:
        """Return the names at most `most` slips from a folded one, most likely first."""
        letters, sound = _letters(typed), _sound(typed)
        slips: dict[str, int] = {}
        for key in {letters, sound}:
            for near in self._spelling.near(key, most):
                for name, by_sound in self._by_key[near.word]:
                    # A match by sound alone counts as a slip.
                    count = near.distance + (by_sound or key != letters)
                    slips[name] = min(count, slips.get(name, count))
        candidates = (
            _Candidate(name, count, _starts_alike(letters, _letters(name)), self.weights[name])
            for name, count in slips.items()
        )
        return sorted(candidates, key=lambda candidate: candidate.order)


def find_misspelt(text: str, typed: str = "") -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    """Return the place of a misspelt name; None if no known name is near.

    One clear match is returned with `corrected_from` set, to `typed` if the text is a part of what was typed;
    otherwise a `PlaceNotFound` with suggestions: "North London" may have been London.
    """
    index = _current_index()
    readings = [
        item
        for item in readings_of(text)
        if not item.reversed and (item.comma or index.area_names.issuperset(item.qualifiers))
    ]
    wider = dict.fromkeys(name for item in readings for name in item.qualifiers if name in index.area_names)
    nearest = _nearest(readings, index)
    candidates = nearest[1] if nearest else []
    if not (candidates or wider):
        return None
    meant = [replace(nearest[0], name=candidate.name) for candidate in candidates[:MOST_OFFERED]] if nearest else []
    named = fetch({*names_in(meant), *wider})
    if nearest and candidates and _is_sure(nearest[0].name, candidates):
        place = answer(text, meant[0], named)
        if isinstance(place, PlaceChoices):
            return place
        if isinstance(place, LocatedPlace):
            others = [*place.also, *_offers([item.name for item in meant[1:]], named)]
            return replace(place, corrected_from=typed or text, also=_distinct([place, *others])[1:MOST_OFFERED])
    near = [candidate.name for candidate in candidates[:MOST_OFFERED] if candidate.slips == 1 or not wider]
    return PlaceNotFound(text, MISSPELT_REASON, _distinct(_offers([*wider, *near], named))[:MOST_OFFERED])


def _nearest(readings: list[Reading], index: NameIndex) -> tuple[Reading, list[_Candidate]] | None:
    """Return the reading with the nearest known names, and those names; larger distances are tried last."""
    for most in range(1, MOST_SLIPS + 1):
        near = [(item, names) for item in readings if (names := index.candidates(item.name, most))]
        # "North Wales" could be a slip for Worth in Wales, but hardly is. "Margte Kent" is sure.
        near = [
            (item, names) for item, names in near if item.comma or not item.qualifiers or _is_sure(item.name, names)
        ]
        if near:
            return min(near, key=lambda pair: pair[1][0].slips)
    return None


def _is_sure(typed: str, candidates: list[_Candidate]) -> bool:
    """Return whether the first candidate is near enough, and enough ahead of the next, to be taken without asking."""
    first, *others = candidates
    letters = len(_letters(typed))
    most = 2 if letters >= TWO_SLIPS_LETTERS else 1 if letters >= SURE_LETTERS else 0
    if letters >= SURE_SAME_LETTERS and _has_same_letters(typed, first.name):
        most = max(most, 1)
    if first.slips > most or not first.same_start or first.weight < SURE_PEOPLE[first.slips]:
        return False
    return all(other.slips > first.slips or other.weight * MUCH_LARGER <= first.weight for other in others)


def _has_same_letters(typed: str, name: str) -> bool:
    """Return whether two names differ only in the order of their letters, or in how often one stands."""
    return set(_letters(typed)) == set(_letters(name))


def _offers(names: list[str], named: Named) -> list[LocatedPlace]:
    """Return the places of the names, in the order of the names."""
    return [place for name in names for place in options_of(name, named.points[name], named.areas[name]).places]


def _distinct(places: list[LocatedPlace]) -> tuple[LocatedPlace, ...]:
    """Return the places without duplicates found under other names, in order."""
    return tuple({(place.kind, place.area.pk, place.latitude): place for place in reversed(places)}.values())[::-1]


def _longer(names: str) -> list[str]:
    """Return the folded names between bars that are no abbreviations: nothing is a slip for "MK"."""
    return [name for name in names.split("|") if len(name) >= LEAST_LETTERS_OF_ALIAS]


def _letters(name: str) -> str:
    return name.replace(" ", "")


def _sound(name: str) -> str:
    """Return the phonetic key of a name: the same for "Guisborough" and "Guisbro"."""
    for pattern, same in _SOUNDS:
        name = pattern.sub(same, name)
    # Doubled letters are not heard.
    return "".join(second for first, second in pairwise(f" {_letters(name)}") if first != second)


def _starts_alike(typed: str, name: str) -> bool:
    """Return whether the first letters agree, or the first two are transposed: typos rarely change the first one."""
    return typed[0] == name[0] or (typed[:2] == name[1::-1])


_cached_index: tuple[object, NameIndex] | None = None


def _current_index() -> NameIndex:
    """Return the index of the current names, cached in the process and rebuilt when the names have changed.

    The cache is validated by the row count and latest `updated_at` of towns and areas, and the last key of localities,
    so that changes made by another process are seen: three small queries, only for an unknown name.
    """
    global _cached_index
    edited = tuple(tuple(model.objects.aggregate(Count("pk"), Max("updated_at")).values()) for model in (Town, Area))
    # Localities are only ever replaced all at once, and get new keys.
    version = (edited, Locality.objects.aggregate(Max("pk"))["pk__max"])
    cached = _cached_index
    if cached is None or cached[0] != version:
        _cached_index = cached = (version, NameIndex())
    return cached[1]
