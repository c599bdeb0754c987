"""Finding the postcode among the words of an address: "CT9 1AE, Margate", "near CT9", "postcode: CT9 1AE"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..choices import LocationKind
from ..distance import distance_miles
from .names import find_name, is_in_area
from .postcodes import find_postcode, may_be_whole, shape_of
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

#: A postcode is written in so many groups at most, with nothing but these between them.
MOST_GROUPS = 3
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.-]*")
#: So many candidates are looked up at most: nobody types more postcodes than one.
MOST_TRIED = 8
#: A postal town may be in the next district; a town farther off than this is another place.
SAME_PLACE_MILES = 20
#: The only postcodes that look like roads: "near the M5, Taunton" is not in Manchester.
_MOTORWAY = re.compile(r"M[0-9]{1,2}")
_FILLERS = re.compile(
    r"\b(?:(?:my|the|full) )?post ?code(?: is)?\b|^\W*(?:near|nr|around|close to|next to|by|in|at|from)\b|[:()]",
    re.IGNORECASE,
)


class _Run(NamedTuple):
    """Some words of a text that may be a postcode: where they stand, and they in capitals without what is between."""

    start: int
    end: int
    compact: str

    @property
    def shape(self) -> LocationKind | None:
        return shape_of(self.compact)

    @property
    def is_slip_of_whole(self) -> bool:
        return self.shape is None and may_be_whole(self.compact)

    @property
    def is_whole(self) -> bool:
        return self.shape == LocationKind.POSTCODE or self.is_slip_of_whole

    @property
    def likelihood(self) -> int | None:
        """The place of this run in the order in which runs are looked up; None if it is like no postcode."""
        if self.is_slip_of_whole:
            return 1
        order = {LocationKind.POSTCODE: 0, LocationKind.SECTOR: 2, LocationKind.OUTWARD_CODE: 3}
        return order.get(self.shape)


def find_among_words(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    """Return the place of the postcode, sector or outward code among other words; None if there is none.

    A whole postcode is taken before a part of one, and what is typed right before what has a slip in it. The other
    words may name a place too: where that lies elsewhere the postcode wins, and the answer says so. Beside a postcode
    that does not exist, the place that the other words name is the answer.
    """
    text = unicodedata.normalize("NFKC", text)
    unknown: tuple[_Run, PlaceNotFound] | None = None
    elsewhere: LocatedPlace | None = None
    for run in _candidates(text):
        answer = find_postcode(text[run.start : run.end])
        if isinstance(answer, PlaceNotFound) and not answer.is_unknown_postcode and run.shape is not None:
            return answer
        if isinstance(answer, PlaceNotFound) and run.shape is not None:
            is_at_the_end = not _WORD.search(text, run.end)
            if unknown is None and (run.shape == LocationKind.POSTCODE or is_at_the_end):
                unknown = run, answer
        if not isinstance(answer, LocatedPlace) or (run.is_slip_of_whole and answer.kind != LocationKind.POSTCODE):
            continue
        other = _named_by_the_rest(text, run)
        found = _beside(answer, other)
        if _MOTORWAY.fullmatch(run.compact) and _rest(text, run) and (other is None or found.typed_beside):
            continue
        if not found.typed_beside or run.is_whole:
            return found
        # A part of a postcode has few letters, and may be the number of a flat: another may fit the name better.
        elsewhere = elsewhere or found
    if elsewhere is not None or unknown is None:
        return elsewhere
    other = _named_by_the_rest(text, unknown[0])
    return replace(other, without_postcode=True) if isinstance(other, LocatedPlace) else other or unknown[1]


def _candidates(text: str) -> list[_Run]:
    """The runs of words that may be a postcode, the likeliest first: whole ones, and of equals the last."""
    runs = [run for run in _runs(text) if run.likelihood is not None]
    return sorted(runs, key=lambda run: (run.likelihood, -run.start))[:MOST_TRIED]


def _runs(text: str) -> Iterator[_Run]:
    words = list(_WORD.finditer(text))
    for first, word in enumerate(words):
        end, compact = word.start(), ""
        for after in words[first : first + MOST_GROUPS]:
            if compact and not _BETWEEN.fullmatch(text, end, after.start()):
                break
            end, compact = after.end(), compact + after.group().upper()
            is_possible = compact.isascii() and compact[0].isalpha() and any(char.isdigit() for char in compact)
            if is_possible and 2 <= len(compact) <= 7:
                yield _Run(word.start(), end, compact)


def _rest(text: str, run: _Run) -> str:
    """The other words, without what only leads up to a postcode; "" if no letter is left."""
    rest = _FILLERS.sub(" ", f"{text[: run.start]} {text[run.end :]}").strip(" ,.;-")
    return rest if any(char.isalpha() for char in rest) else ""


def _named_by_the_rest(text: str, run: _Run) -> LocatedPlace | PlaceChoices | None:
    rest = _rest(text, run)
    found = find_name(rest) if rest else None
    return None if isinstance(found, PlaceNotFound) else found


def _beside(found: LocatedPlace, other: LocatedPlace | PlaceChoices | None) -> LocatedPlace:
    """The place of a postcode, with a word of the other place that was typed where it lies elsewhere."""
    if other is None or _agrees(found, other):
        return found
    options = _options(other)
    return replace(found, typed_beside=options[0].name, also=options)


def _agrees(found: LocatedPlace, other: LocatedPlace | PlaceChoices) -> bool:
    return any(_is_about(found, option) for option in _options(other))


def _is_about(found: LocatedPlace, option: LocatedPlace) -> bool:
    """Whether a postcode is in an area, or not far from a town."""
    if option.is_area:
        return is_in_area(found, option.area)
    if found.area == option.area:
        return True
    miles = distance_miles(found.latitude, found.longitude, option.latitude, option.longitude)
    return miles <= SAME_PLACE_MILES


def _options(other: LocatedPlace | PlaceChoices) -> tuple[LocatedPlace, ...]:
    return other.options if isinstance(other, PlaceChoices) else (other, *other.also)
