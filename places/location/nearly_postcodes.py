"""Recognises what is nearly a postcode: "SE4 2HHX", "LS1 4A", "SE4 ZZZ"."""

import re
import unicodedata
from collections.abc import Iterator

from ..models import PostcodeSector
from .names import find_name
from .postcodes import UNKNOWN_REASON, find_postcode, may_be_whole, outside_great_britain, shape_of
from .results import LocatedPlace, PlaceNotFound

NEARLY_REASON = "That is nearly a postcode. Do you mean this part of one? Or check it, and type it again."

_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
#: What may be left of the second half after slips: it begins with a digit, or has three letters and no digit.
_INWARD = re.compile(r"[0-9][A-Z0-9]{1,4}|[A-Z][0-9][A-Z0-9]{1,3}|[A-Z]{3}")
#: A second half that is certainly meant as one, though the first half is unknown.
_CERTAIN = re.compile(r"[0-9][A-Z]{2,4}")
_LEAST, _MOST = 4, 9
_MOST_GROUPS = 4


def find_nearly_postcode(text: str, is_unknown: bool = False) -> PlaceNotFound | None:
    """Return the sector and the outward code to offer for what is nearly a postcode; None for any other text.

    It is the whole text, or all that stands before or after a comma. What has the right format is left out, unless
    it `is_unknown`.
    """
    for part in unicodedata.normalize("NFKC", text).upper().split(","):
        groups = re.findall(r"[A-Z0-9]+", part)
        compact = "".join(groups)
        if len(groups) <= _MOST_GROUPS and _LEAST <= len(compact) <= _MOST and part.isascii():
            if not is_unknown and (shape_of(compact) or may_be_whole(compact)):
                continue
            found = _nearly(text, groups, compact)
            if found is not None:
                return found
    return None


def _nearly(text: str, groups: list[str], compact: str) -> PlaceNotFound | None:
    readings = list(_readings(groups, compact))
    if not readings:
        return None
    if outside := outside_great_britain(text, [compact]):
        return outside
    sectors = [f"{outward} {rest[0]}" for outward, rest in readings if rest[0].isdigit()]
    known_sectors = set(PostcodeSector.objects.filter(sector__in=sectors).values_list("sector", flat=True))
    known_outwards = set(
        PostcodeSector.objects.filter(outward_code__in=[outward for outward, _ in readings]).values_list(
            "outward_code", flat=True
        )
    )
    likely = [(outward, rest) for outward, rest in readings if outward in known_outwards]
    if not likely:
        is_certain = len(groups) > 1 and any(_CERTAIN.fullmatch(rest) for _, rest in readings)
        return PlaceNotFound(text, UNKNOWN_REASON, is_unknown_postcode=True) if is_certain else None
    # "N1 Ely" is no postcode, nor is "E1 Bow".
    if all(rest.isalpha() and find_name(rest) is not None for _, rest in likely):
        return None
    names = [f"{outward} {rest[0]}" for outward, rest in likely if f"{outward} {rest[0]}" in known_sectors]
    names += [outward for outward, _ in likely if len(likely) == 1 or f"{outward} " not in "".join(names)]
    places = tuple(place for name in dict.fromkeys(names) if isinstance(place := find_postcode(name), LocatedPlace))
    return PlaceNotFound(text, NEARLY_REASON, places, is_unknown_postcode=True)


def _readings(groups: list[str], compact: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide the text into an outward code and a wrong or incomplete second half."""
    lengths = [len(groups[0])] if len(groups) > 1 else [2, 3, 4]
    if len(groups) > 1 and not _OUTWARD.fullmatch(groups[0]):
        # "S E4 2HHX", or "M1 1 AAA" in pieces: the spaces say nothing.
        lengths = [2, 3, 4]
    for length in lengths:
        outward, rest = compact[:length], compact[length:]
        if _OUTWARD.fullmatch(outward) and _INWARD.fullmatch(rest):
            yield outward, rest
