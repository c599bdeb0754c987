"""Locates full postcodes, sectors and outward codes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import product, takewhile
from string import ascii_uppercase

from django.db.models import QuerySet

from common.compiled_queries import rows_of
from common.nations import Nation

from ..choices import LocationKind
from ..models import Area, Postcode, PostcodeSector
from .elsewhere import ISLAND_BY_POSTCODE_AREA
from .elsewhere import REASON as ELSEWHERE_REASON
from .results import LocatedPlace, PlaceNotFound

_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_SECTOR = re.compile(rf"{_OUTWARD.pattern}[0-9]")
# The last two letters are never C, I, K, M, O or V: the Post Office left them out because they look like others.
_FULL = re.compile(rf"{_OUTWARD.pattern}[0-9][ABD-HJLNP-UW-Z]{{2}}")
_LONDON_STYLE = re.compile(r"[A-Z]{1,2}[0-9]")

#: Characters that are typed for one another.
_LOOKALIKES = {"0": "0O", "O": "O0", "1": "1IL", "I": "I1L", "L": "L1I"}

NORTHERN_IRELAND = "BT"

NORTHERN_IRELAND_REASON = (
    "We cannot look up postcodes in Northern Ireland. Type the name of your town instead, such as Belfast, "
    "or choose Northern Ireland from the areas."
)
UNKNOWN_REASON = (
    "We do not know that postcode. Check that it is typed right, or try only the first half of it, or the name of "
    "your town."
)


def find_postcode(text: str) -> LocatedPlace | PlaceNotFound | None:
    """Return the place of a postcode, sector or outward code, `PlaceNotFound` for an unknown one; else None.

    Ignores spaces, case and punctuation, and corrects O for 0 and I or L for 1. Existing codes win over unknown ones,
    and codes as typed over corrected ones.
    """
    words = _words(text)
    compact = "".join(words)
    units = _readings(compact, "0AA", _FULL)
    sectors = _readings(compact, "0", _SECTOR)
    outwards = _readings(compact, "", _OUTWARD)
    if not (units or sectors or outwards):
        return None
    sector_first = len(words) > 1 and len(words[-1]) == 1
    return (
        outside_great_britain(text, [*units, *sectors, *outwards])
        # "LL11 1" is a sector of Wrexham before it is a slip for L1 1LL of anywhere.
        or _full(_as_typed(units, compact))
        or _part(_as_typed(sectors, compact), _as_typed(outwards, compact), sector_first)
        or _full(units)
        or _part(sectors, outwards, sector_first)
        or _unknown(text, compact, units)
    )


def shape_of(compact: str) -> LocationKind | None:
    """Return which part of a postcode has the format of these capitals and digits, uncorrected; None for no part."""
    shapes = {LocationKind.POSTCODE: _FULL, LocationKind.SECTOR: _SECTOR, LocationKind.OUTWARD_CODE: _OUTWARD}
    return next((kind for kind, shape in shapes.items() if shape.fullmatch(compact)), None)


def may_be_whole(compact: str) -> bool:
    """Return whether these capitals and digits have the format of a full postcode once look-alikes are corrected."""
    return bool(_readings(compact, "0AA", _FULL))


def _words(text: str) -> list[str]:
    """Return the groups of letters and digits of the text; [] if a letter is not ASCII."""
    plain = unicodedata.normalize("NFKC", text)
    if any(char.isalnum() and not char.isascii() for char in plain):
        return []
    return re.findall(r"[A-Z0-9]+", plain.upper())


def _readings(compact: str, inward: str, shape: re.Pattern[str]) -> list[str]:
    """Return the readings of a text with look-alikes corrected that match `shape`, fewest corrections first.

    `inward` is the pattern of the last characters, 0 for a digit and A for a letter; the first one is a letter.
    """
    if not 2 <= len(compact) - len(inward) <= 4:
        return []
    pattern = "A".ljust(len(compact) - len(inward), "?") + inward
    options = [
        [other for other in _LOOKALIKES.get(char, char) if kind == "?" or other.isdigit() == (kind == "0")]
        for char, kind in zip(compact, pattern, strict=True)
    ]
    readings = filter(shape.fullmatch, map("".join, product(*options)))
    return sorted(readings, key=lambda reading: _slips(reading, compact))


def _slips(reading: str, compact: str) -> int:
    return sum(a != b for a, b in zip(reading, compact, strict=True))


def _as_typed(readings: list[str], compact: str) -> list[str]:
    return [compact] if compact in readings else []


def outside_great_britain(text: str, readings: list[str]) -> PlaceNotFound | None:
    letters = "".join(takewhile(str.isalpha, readings[0]))
    if letters == NORTHERN_IRELAND:
        nation = Area.objects.nations().filter(name="Northern Ireland")
        return PlaceNotFound(
            text, NORTHERN_IRELAND_REASON, tuple(map(LocatedPlace.of_area, nation)), nation=Nation.NORTHERN_IRELAND
        )
    if letters in ISLAND_BY_POSTCODE_AREA:
        return PlaceNotFound(text, ELSEWHERE_REASON.format(place=ISLAND_BY_POSTCODE_AREA[letters]))
    return None


def _full(readings: list[str]) -> LocatedPlace | None:
    """Return the place of a postcode; of an unknown one, which may be new, the middle of its sector."""
    if not readings:
        return None
    names = {reading: _sector_name(reading[:-2]) for reading in readings}
    postcodes = {row.postcode: row for row in rows_of(_postcodes, readings)}
    likeliest = readings[0]
    if likeliest in postcodes:
        return _postcode_place(postcodes[likeliest], names[likeliest])
    sectors = _sectors_named(names.values())
    if names[likeliest] in sectors:
        return _sector_place(sectors[names[likeliest]], approximate=True)
    for reading, name in names.items():
        if reading in postcodes:
            return _postcode_place(postcodes[reading], name)
    return next((_sector_place(sectors[name], approximate=True) for name in names.values() if name in sectors), None)


def _part(sectors: list[str], outwards: list[str], sector_first: bool) -> LocatedPlace | None:
    """Return the place of a sector or outward code; `sector_first` decides where both exist ("E1 1" and "E11")."""
    if not (sectors or outwards):
        return None
    named = _sectors_named(map(_sector_name, sectors))
    found_sectors = [_sector_place(named[name]) for name in map(_sector_name, sectors) if name in named]
    by_outward: dict[str, list[PostcodeSector]] = {}
    for sector in rows_of(_sectors_of_outward_codes, outwards):
        by_outward.setdefault(sector.outward_code, []).append(sector)
    found_outwards = [_outward_place(name, by_outward[name]) for name in outwards if name in by_outward]
    answers = [*found_sectors, *found_outwards] if sector_first else [*found_outwards, *found_sectors]
    if answers:
        return answers[0]
    # People say W1 and SW1, whose sectors are all in W1A, W1B and so on.
    for outward in filter(_LONDON_STYLE.fullmatch, outwards):
        if parts := rows_of(_sectors_of_outward_codes, [outward + letter for letter in ascii_uppercase]):
            return _outward_place(outward, parts)
    return None


def _unknown(text: str, compact: str, units: list[str]) -> PlaceNotFound | None:
    if not any(char.isdigit() for char in compact):
        return None
    # The first half may still be right.
    nearest = _part([], [unit[:-3] for unit in units], sector_first=False)
    return PlaceNotFound(text, UNKNOWN_REASON, (nearest,) if nearest else (), is_unknown_postcode=True)


def _sector_name(compact: str) -> str:
    return f"{compact[:-1]} {compact[-1]}"


def _sectors_named(names: Iterable[str]) -> dict[str, PostcodeSector]:
    return {row.sector: row for row in rows_of(_sectors, list(names))}


def _postcodes(codes: list[str]) -> QuerySet[Postcode]:
    return Postcode.objects.filter(pk__in=codes).select_related("district")


def _sectors(names: list[str]) -> QuerySet[PostcodeSector]:
    return PostcodeSector.objects.filter(sector__in=names).select_related("district")


def _sectors_of_outward_codes(codes: list[str]) -> QuerySet[PostcodeSector]:
    return PostcodeSector.objects.filter(outward_code__in=codes).select_related("district")


def _postcode_place(postcode: Postcode, sector: str) -> LocatedPlace:
    return LocatedPlace(
        name=sector,
        kind=LocationKind.POSTCODE,
        latitude=postcode.latitude,
        longitude=postcode.longitude,
        area=postcode.district,
        sector=sector,
        outward_code=sector.split()[0],
        query=sector,
        label=f"{sector}, {postcode.district.name}",
    )


def _sector_place(sector: PostcodeSector, approximate: bool = False) -> LocatedPlace:
    return LocatedPlace(
        name=sector.sector,
        kind=LocationKind.SECTOR,
        latitude=sector.latitude,
        longitude=sector.longitude,
        area=sector.district,
        sector=sector.sector,
        outward_code=sector.outward_code,
        query=sector.sector,
        label=f"{sector.sector}, {sector.district.name}",
        approximate=approximate,
    )


def _outward_place(outward: str, sectors: list[PostcodeSector]) -> LocatedPlace:
    """Return the centroid of the postcodes of an outward code, in the district with most of them."""
    weight = sum(sector.postcodes for sector in sectors)
    districts: Counter[int] = Counter()
    for sector in sectors:
        districts[sector.district_id] += sector.postcodes
    [(district, _)] = districts.most_common(1)
    area = next(sector.district for sector in sectors if sector.district_id == district)
    return LocatedPlace(
        name=outward,
        kind=LocationKind.OUTWARD_CODE,
        latitude=sum(sector.latitude * sector.postcodes for sector in sectors) / weight,
        longitude=sum(sector.longitude * sector.postcodes for sector in sectors) / weight,
        area=area,
        sector="",
        outward_code=outward,
        query=outward,
        label=f"{outward}, {area.name}",
    )
