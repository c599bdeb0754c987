"""The result types of `locate`."""

from dataclasses import dataclass

from common.nations import Nation

from ..choices import LONDON, AreaKind, LocationKind
from ..models import Area

#: The noun for an area that may share its name with a town; all other kinds are districts.
WHOLE = {AreaKind.NATION: "nation", AreaKind.REGION: "region", AreaKind.COUNTY: "county", AreaKind.INFORMAL: "area"}


@dataclass(frozen=True)
class LocatedPlace:
    """A located place.

    A point (postcode, sector, outward code, town, position of the visitor) has coordinates in WGS 84 degrees and can be
    searched by distance; an area has none and is searched as a whole.
    """

    #: The name that pages show: "CT9 1", "Margate", "Newport, Isle of Wight", "East Kent". For a full postcode only
    #: its sector, so that nothing printed, shared or stored has the full one.
    name: str
    kind: LocationKind
    latitude: float | None
    longitude: float | None
    #: The district that a point lies in (the nation where no more is known); the area itself when one was named.
    area: Area
    #: "CT9 1", for a postcode or a sector; for a town, the nearest. "" where there is none.
    sector: str
    #: "CT9", where there is a sector or an outward code; else "".
    outward_code: str
    #: The text for links: `locate(place.query)` returns the same place. Never a full postcode.
    query: str
    #: The name in a list of choices, always with the place it is in: "Margate, Thanet".
    label: str = ""
    #: The postcode is unknown (it may be new), so this is the middle of its sector.
    approximate: bool = False
    #: The population of a town, 0 where GeoNames does not know it; a rough estimate for a locality; 0 for other kinds.
    population: int = 0
    #: The city or town that a locality is a part of; "" for none, and for other kinds.
    within: str = ""
    #: Less likely places of the same name, or of a name as near, to offer as alternatives.
    also: tuple["LocatedPlace", ...] = ()
    #: What was typed, if it was corrected to this name: "Guisbro". Pages must say so.
    corrected_from: str = ""
    #: The name of a place typed with the postcode but lying elsewhere; the postcode was taken. Pages must say so.
    typed_beside: str = ""
    #: An unknown postcode typed with this place was ignored. Pages must say so.
    without_postcode: bool = False

    @classmethod
    def of_area(cls, area: Area, shared: bool = False) -> "LocatedPlace":
        """Return the place of an area, searched as a whole. `shared`: other places have its name."""
        label = f"{area.name} (the whole {WHOLE.get(AreaKind(area.kind), 'district')})"
        return cls(
            name=area.name,
            kind=LocationKind.AREA,
            latitude=None,
            longitude=None,
            area=area,
            sector="",
            outward_code="",
            query=label if shared else area.name,
            label=label,
        )

    @property
    def point(self) -> tuple[float, float] | None:
        """The coordinates; None for an area."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def full_name(self) -> str:
        """The name for a heading, which says which place it is: "Clapham, Lambeth"; of a city its name alone."""
        is_point = self.kind == LocationKind.TOWN and self.area.name not in (self.name, self.label.partition(",")[0])
        return self.label if is_point and self.label else self.name

    @property
    def where(self) -> str:
        """Where one looks: "near Margate, Thanet", "in Kent"."""
        return f"{'in' if self.is_area else 'near'} {self.full_name}"

    @property
    def label_in_full(self) -> str:
        """The label, with the town it is a part of and its county: "Newport, Launceston, Cornwall"."""
        if self.kind != LocationKind.TOWN:
            return self.label or self.name
        name, _, district = self.label.partition(", ")
        parts = [name, self.within, district]
        above = self.area.parent
        if above is not None and (above.kind == AreaKind.COUNTY or above.gss_code == LONDON):
            parts.append(above.name)
        return ", ".join(dict.fromkeys(filter(None, parts if self.within != "London" else [name, *parts[2:]])))

    @property
    def is_area(self) -> bool:
        return self.kind == LocationKind.AREA


@dataclass(frozen=True)
class PlaceChoices:
    """Several places of one name, most likely first: areas, then towns and localities by population."""

    #: What was typed, without control characters, at most 100 characters.
    text: str
    options: tuple[LocatedPlace, ...]


@dataclass(frozen=True)
class PlaceNotFound:
    """No place was found. `reason` is for the visitor: what may have happened, and what to type instead."""

    #: What was typed, without control characters, at most 100 characters: for the search box, never for a link.
    text: str
    reason: str
    #: Places to suggest, perhaps none.
    suggestions: tuple[LocatedPlace, ...] = ()
    #: The nation, if known: for a postcode of Northern Ireland.
    nation: Nation | None = None
    #: The text has the format of a postcode of Great Britain that does not exist.
    is_unknown_postcode: bool = False
