"""Finding the place that somebody meant by a name that is nearly right: "Guisbro", "Margte", "Edinborough"."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Count, Max

from common.spelling import Spelling

from ..choices import DISTRICT_KINDS
from ..models import Area, Town
from .names import Reading, answer, fetch, options_of, readings_of
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

#: At most so many places are offered.
MOST_OFFERED = 5

#: Names with more slips than this in them are past guessing.
MOST_SLIPS = 3

#: Fewer letters than this are too near too many names for us to be sure.
SURE_LETTERS = 5
#: In a name of so many letters two slips may still be sure.
TWO_SLIPS_LETTERS = 8
#: How many people must live in a place for us to be sure of it, by slips. Our list lacks many small places, so what is
#: one or two slips from the name of a village may well be another village, or what people call some area.
SURE_PEOPLE = {0: 0, 1: 5_000, 2: 20_000}
#: How many times more people must live in a place than in the next one that is as near.
MUCH_LARGER = 10

#: How a district and a wider area weigh beside towns, by how many people live there: about.
_DISTRICT_WEIGHT, _WIDE_AREA_WEIGHT = 100_000, 1_000_000

#: Endings that are said alike, or shortened by those who live there, and the letters that stand for them in an index.
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
class _Likely:
    """A name that may have been meant, by how many slips, and how many people it is the name for."""

    name: str
    slips: int
    same_start: bool
    weight: int

    @property
    def order(self) -> tuple:
        return self.slips, not self.same_start, -self.weight, self.name


class NameIndex:
    """Every name of a town or an area, by its letters and by its sound."""

    def __init__(self) -> None:
        self.weights: dict[str, int] = {}
        self.area_names: set[str] = set()
        for name, aliases, population in Town.objects.values_list("folded_name", "folded_aliases", "population"):
            self._add([name, *aliases.split("|")], population)
        for names, kind in Area.objects.values_list("folded_names", "kind"):
            self._add(names.split("|"), _DISTRICT_WEIGHT if kind in DISTRICT_KINDS else _WIDE_AREA_WEIGHT)
            self.area_names.update(names.split("|"))
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

    def likely(self, typed: str, most: int) -> list[_Likely]:
        """The names that are at most so many slips from a folded one, the likeliest first."""
        letters, sound = _letters(typed), _sound(typed)
        slips: dict[str, int] = {}
        for key in {letters, sound}:
            for near in self._spelling.near(key, most):
                for name, by_sound in self._by_key[near.word]:
                    # What only sounds alike is a slip as well.
                    count = near.slips + (by_sound or key != letters)
                    slips[name] = min(count, slips.get(name, count))
        found = (
            _Likely(name, count, _starts_alike(letters, _letters(name)), self.weights[name])
            for name, count in slips.items()
        )
        return sorted(found, key=lambda likely: likely.order)


def find_misspelt(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    """The place that is meant by a name that no place has; None if no name is near.

    One name that is very near answers by itself, and says what it was corrected from. Otherwise it is a `PlaceNotFound`
    with what it may have been: "North London" may have been London.
    """
    index = _current_index()
    possible = [one for one in readings_of(text) if one.comma or index.area_names.issuperset(one.qualifiers)]
    wider = dict.fromkeys(name for one in possible for name in one.qualifiers if name in index.area_names)
    reading, likely = _nearest(possible, index) or (None, [])
    if not (likely or wider):
        return None
    meant = [replace(reading, name=one.name) for one in likely[:MOST_OFFERED]]
    towns, areas = fetch([*meant, *map(Reading, wider)])
    if likely and _is_sure(reading.name, likely):
        found = answer(text, meant[0], towns[meant[0].name], areas)
        if isinstance(found, PlaceChoices):
            return found
        if isinstance(found, LocatedPlace):
            others = [*found.also, *_offers([one.name for one in meant[1:]], towns, areas)]
            return replace(found, corrected_from=text, also=_different([found, *others])[1:MOST_OFFERED])
    near = [one.name for one in likely[:MOST_OFFERED] if one.slips == 1 or not wider]
    return PlaceNotFound(text, MISSPELT_REASON, _different(_offers([*wider, *near], towns, areas))[:MOST_OFFERED])


def _nearest(possible: list[Reading], index: NameIndex) -> tuple[Reading, list[_Likely]] | None:
    """The way to understand the text that is nearest to names we know, and those; what is far is tried only last."""
    for most in range(1, MOST_SLIPS + 1):
        near = [(one, likely) for one in possible if (likely := index.likely(one.name, most))]
        # "North Wales" could be a slip for Worth in Wales, but hardly is. "Margte Kent" is sure.
        near = [(one, likely) for one, likely in near if one.comma or not one.qualifiers or _is_sure(one.name, likely)]
        if near:
            return min(near, key=lambda pair: pair[1][0].slips)
    return None


def _is_sure(typed: str, likely: list[_Likely]) -> bool:
    """Whether the likeliest name is so near, and so much likelier than the next, that nobody need be asked."""
    first, *others = likely
    letters = len(_letters(typed))
    most = 2 if letters >= TWO_SLIPS_LETTERS else 1 if letters >= SURE_LETTERS else 0
    if first.slips > most or not first.same_start or first.weight < SURE_PEOPLE[first.slips]:
        return False
    return all(other.slips > first.slips or other.weight * MUCH_LARGER <= first.weight for other in others)


def _offers(names: list[str], towns: dict[str, list[Town]], areas: dict[str, list[Area]]) -> list[LocatedPlace]:
    """The places of the names, in the order of the names."""
    return [found for name in names for found in options_of(name, towns[name], areas.get(name, []))]


def _different(places: list[LocatedPlace]) -> tuple[LocatedPlace, ...]:
    """The places without those that are there already under another name."""
    return tuple({(place.kind, place.area.pk, place.latitude): place for place in reversed(places)}.values())[::-1]


def _letters(name: str) -> str:
    return name.replace(" ", "")


def _sound(name: str) -> str:
    """The letters of a name with what sounds alike written alike: "Guisborough" and "Guisbro" are one."""
    for pattern, same in _SOUNDS:
        name = pattern.sub(same, name)
    # Doubled letters are not heard.
    return "".join(second for first, second in pairwise(f" {_letters(name)}") if first != second)


def _starts_alike(typed: str, name: str) -> bool:
    """Whether the first letter is right: people hardly ever get it wrong, unless it changes places with the next."""
    return typed[0] == name[0] or (typed[:2] == name[1::-1])


_kept: tuple[object, NameIndex] | None = None


def _current_index() -> NameIndex:
    """The index of the names as they are now: built when first needed, and again when the names have changed.

    Whether they have is asked each time, of the database, so that every process learns what `load_places` or an
    editor did in another: two small queries, only for a name that nobody knows.
    """
    global _kept
    stamp = tuple(tuple(model.objects.aggregate(Count("pk"), Max("updated_at")).values()) for model in (Town, Area))
    kept = _kept
    if kept is None or kept[0] != stamp:
        _kept = kept = (stamp, NameIndex())
    return kept[1]
