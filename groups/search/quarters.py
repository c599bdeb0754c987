"""The boroughs and quarters of a large city, as chips that narrow a search."""

from typing import NamedTuple

from places.choices import LONDON, LocationKind
from places.location.results import LocatedPlace
from places.models import Area, Locality

from .active_filters import query_without
from .forms import GroupSearchForm
from .index.index import Index
from .results import Matches

#: The least population of a city that has quarters to choose from.
LARGE_CITY = 250_000
#: How far from the middle of a quarter its groups are counted, and how far a search there looks.
QUARTER_MILES = 3
#: The most quarters of a city that are counted.
MOST_QUARTERS = 40
#: The most chips that are shown at once; the others are behind "more".
SHOWN = 12


class Quarter(NamedTuple):
    """A part of a city: its name, the URL of the same search there, and the number of groups."""

    name: str
    url: str
    total: int


class Quarters(NamedTuple):
    """The parts of a city that have groups: those with most first, and the rest."""

    city: str
    first: list[Quarter]
    more: list[Quarter]


def quarters(form: GroupSearchForm, matches: Matches) -> Quarters | None:
    """Return the parts of the city that is searched; None for no large city."""
    place = form.query.place
    if place is None:
        return None
    parts = (
        form.snapshot.cached(("quarters", place.query), lambda: _parts_of(place, form.snapshot.index))
        if is_city(place)
        else []
    )
    totals = form.snapshot.index.totals_at(matches.indexed, [part.bits for part in parts], matches.now)
    found = [
        Quarter(part.name, f"?{query_without(form, 'page', 'near', 'within', **part.parameters)}", total)
        for part, total in zip(parts, totals, strict=True)
        if total
    ]
    found.sort(key=lambda quarter: (-quarter.total, quarter.name))
    return Quarters(place.name, found[:SHOWN], found[SHOWN:]) if len(found) > 1 else None


class _Part(NamedTuple):
    """A part of a city: its name, the parameters of a search there, and the bitset of the groups in it."""

    name: str
    parameters: dict[str, str | int]
    bits: int


def is_city(place: LocatedPlace) -> bool:
    """Return whether a place is a city whose quarters are offered."""
    if place.is_area:
        return place.area.gss_code == LONDON
    return place.kind == LocationKind.TOWN and place.population >= LARGE_CITY and not place.within


def _parts_of(city: LocatedPlace, index: Index) -> list[_Part]:
    if city.is_area:
        boroughs = Area.objects.filter(parent=city.area)
        return [_Part(area.name, {"area": area.slug}, index.bits_of_place(area.pk)) for area in boroughs]
    rows = Locality.objects.filter(within=city.name.partition(",")[0], district=city.area)
    rows = rows.select_related("district").order_by("-population", "name")[:MOST_QUARTERS]
    return [
        _Part(
            row.name,
            {"near": f"{row.name}, {row.district.name}", "within": QUARTER_MILES},
            index.bits_of_place(((row.latitude, row.longitude), QUARTER_MILES)),
        )
        for row in rows
    ]
