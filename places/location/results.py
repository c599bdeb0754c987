"""What `locate` answers with."""

from dataclasses import dataclass

from common.nations import Nation

from ..choices import AreaKind, LocationKind
from ..models import Area

#: What to call an area where a town of the same name may stand beside it; everything else is a district.
WHOLE = {AreaKind.NATION: "nation", AreaKind.REGION: "region", AreaKind.COUNTY: "county", AreaKind.INFORMAL: "area"}


@dataclass(frozen=True)
class LocatedPlace:
    """One place that somebody named.

    A point (postcode, sector, outward code, town, where somebody is) has a position in WGS 84 degrees and can be
    searched by distance; an area has none and is searched as a whole: a distance does not apply.
    """

    #: What the page says: "CT9 1", "Margate", "Newport, Isle of Wight", "East Kent". For a full postcode only its
    #: sector, so that nothing that is printed, shared or kept can give away the whole of it.
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
    #: The text that a link made by the page carries; `locate(found.query)` finds the same place. Never a full postcode.
    query: str
    #: What to call it where one is to be chosen: always with the place it is in, "Margate, Thanet".
    label: str = ""
    #: The postcode itself is not known (it may be new), so this is the middle of its sector.
    approximate: bool = False
    #: How many people live in a town; 0 where GeoNames does not know, and for everything else.
    population: int = 0
    #: Less likely places of the same name, or of a name as near: "Not this one?".
    also: tuple["LocatedPlace", ...] = ()
    #: What was typed, where that is no name but very nearly this one's: "Guisbro". Say so: it may be another place.
    corrected_from: str = ""
    #: A place that was typed beside the postcode and lies somewhere else: the postcode is what was taken. Say so.
    typed_beside: str = ""
    #: A postcode that we do not know was typed beside this town, and left out of account. Say so.
    without_postcode: bool = False

    @classmethod
    def of_area(cls, area: Area, shared: bool = False) -> "LocatedPlace":
        """An area, searched as a whole. `shared` says that other places go by its name."""
        label = f"{area.name} (the whole {WHOLE.get(area.kind, 'district')})"
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
    def is_area(self) -> bool:
        return self.kind == LocationKind.AREA


@dataclass(frozen=True)
class PlaceChoices:
    """Several places go by the name. The likeliest comes first: areas, then towns by how many people live there."""

    #: What was typed, without control characters, at most 100 characters.
    text: str
    options: tuple[LocatedPlace, ...]


@dataclass(frozen=True)
class PlaceNotFound:
    """No place was found. `reason` says what may have happened and what to type instead, in plain sentences."""

    #: What was typed, without control characters, at most 100 characters: for the search box, never for a link.
    text: str
    reason: str
    #: Places to try instead, perhaps none.
    suggestions: tuple[LocatedPlace, ...] = ()
    #: The nation that it is in, where that much is known: a postcode of Northern Ireland.
    nation: Nation | None = None
    #: It has the shape of a postcode of Great Britain, and there is none such.
    is_unknown_postcode: bool = False
