"""Locates a postcode among other words: "CT9 1AE, Margate", "near CT9", "postcode: CT9 1AE"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..choices import LocationKind
from ..distance import distance_miles
from .names import find_name
from .postcodes import find_postcode, may_be_whole, shape_of
from .qualifiers import is_in_area
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

#: The most groups that a postcode is written in; only `_BETWEEN` may separate them.
MOST_GROUPS = 3
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.-]*")
#: The most candidates that are looked up.
MOST_TRIED = 8
#: A postal town may be in the next district; a town farther away than this is another place.
SAME_PLACE_MILES = 20
#: Outward codes that look like roads: "near the M5, Taunton" is not in Manchester.
_MOTORWAY = re.compile(r"M[0-9]{1,2}")
_FILLERS = re.compile(
    r"\b(?:(?:my|the|full) )?post ?code(?: is)?\b|^\W*(?:near|nr|around|close to|next to|by|in|at|from)\b|[:()]",
    re.IGNORECASE,
)


class _Run(NamedTuple):
    """A span of a text that may be a postcode, and its letters and digits in capitals."""

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
        """Return the sort key of the look-ups, lowest first; None if it has no format of a postcode."""
        if self.is_slip_of_whole:
            return 1
        order = {LocationKind.POSTCODE: 0, LocationKind.SECTOR: 2, LocationKind.OUTWARD_CODE: 3}
        return None if self.shape is None else order.get(self.shape)


def find_among_words(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    """Return the place of the postcode, sector or outward code among other words; None if there is none.

    Full postcodes win over parts, and exact ones over corrected ones. If the other words name a place elsewhere, the
    postcode wins and `typed_beside` has the other. If the postcode is unknown, the place of the other words is returned
    with `without_postcode` set.
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
        place = _with_other_place(answer, other)
        if _MOTORWAY.fullmatch(run.compact) and _rest(text, run) and (other is None or place.typed_beside):
            continue
        if not place.typed_beside or run.is_whole:
            return place
        # A part of a postcode may be the number of a flat: the next candidate may agree with the other words.
        elsewhere = elsewhere or place
    if elsewhere is not None or unknown is None:
        return elsewhere
    other = _named_by_the_rest(text, unknown[0])
    return replace(other, without_postcode=True) if isinstance(other, LocatedPlace) else other or unknown[1]


def _candidates(text: str) -> list[_Run]:
    """Return the spans that may be a postcode, by likelihood; of equal ones the last first."""
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
    """Return the other words without fillers such as "postcode is"; "" if no letter is left."""
    rest = _FILLERS.sub(" ", f"{text[: run.start]} {text[run.end :]}").strip(" ,.;-")
    return rest if any(char.isalpha() for char in rest) else ""


def _named_by_the_rest(text: str, run: _Run) -> LocatedPlace | PlaceChoices | None:
    rest = _rest(text, run)
    answer = find_name(rest) if rest else None
    return None if isinstance(answer, PlaceNotFound) else answer


def _with_other_place(place: LocatedPlace, other: LocatedPlace | PlaceChoices | None) -> LocatedPlace:
    """Return the place of a postcode, with `typed_beside` set if the other words name a place elsewhere."""
    if other is None or _agrees(place, other):
        return place
    options = _options(other)
    return replace(place, typed_beside=options[0].name, also=options)


def _agrees(place: LocatedPlace, other: LocatedPlace | PlaceChoices) -> bool:
    return any(_is_near(place, option) for option in _options(other))


def _is_near(place: LocatedPlace, option: LocatedPlace) -> bool:
    """Return whether a postcode is in an area, or near a town."""
    if option.is_area:
        return is_in_area(place, option.area)
    if place.area == option.area:
        return True
    if place.point is None or option.point is None:
        return False
    return distance_miles(*place.point, *option.point) <= SAME_PLACE_MILES


def _options(other: LocatedPlace | PlaceChoices) -> tuple[LocatedPlace, ...]:
    return other.options if isinstance(other, PlaceChoices) else (other, *other.also)
