"""Loads the other names of places: short and old names of counties, nicknames, Welsh names of towns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.text import fold_name

from .areas import AreaRow
from .informal_areas import InformalRow
from .localities import LocalityRow
from .rows import CsvRows, text
from .sources import Sources
from .towns import NORTHERN_IRELAND, TownRow

#: The note of an alias that stands for a county and the cities in it: its area is called by what it means.
_SHORT_FORM = "short form of the county, with "
_ALSO = re.compile(r";? ?also the name of a place$")
#: Abbreviations, and Welsh names of what has an English one: not what an area is called on its page.
_SHORTENED = re.compile(r"^(?:Co|County of|Parts of|[A-Z]{1,4}|Gtr|Gt|Sth|Nth)\b|&|Cymru$| (?:county|Region)$")
_COUNTY = "County "


@dataclass(frozen=True)
class PlaceAliases:
    """The aliases by what they mean, and the areas that only searches find: Avon, South London."""

    areas: Mapping[str, list[str]]
    towns: Mapping[int, list[str]]
    localities: Mapping[LocalityRow, list[str]]
    combined: list[InformalRow]
    count: int

    @property
    def names_of_combined(self) -> set[str]:
        """The folded names and aliases of the combined areas."""
        return {fold_name(name) for row in self.combined for name in (row.name, *self.areas.get(row.name, []))}


@dataclass
class _Known:
    """What an alias can mean, by folded name."""

    areas: dict[str, AreaRow]
    area_by_name: dict[str, str] = field(default_factory=dict)
    towns: dict[str, list[TownRow]] = field(default_factory=lambda: defaultdict(list))
    localities: dict[str, list[LocalityRow]] = field(default_factory=lambda: defaultdict(list))

    def add_areas(
        self, areas: Iterable[AreaRow], informal: Iterable[InformalRow], aliases: Mapping[str, list[str]]
    ) -> None:
        for area in areas:
            for name in filter(None, (area.name, area.name_cy, *aliases.get(area.name, []))):
                self.area_by_name[fold_name(name)] = area.name
        for row in informal:
            self.area_by_name[fold_name(row.name)] = row.name

    def add_towns(
        self, towns: Iterable[TownRow], aliases: Mapping[int, list[str]], localities: Iterable[LocalityRow]
    ) -> None:
        for town in towns:
            for name in {fold_name(name) for name in (town.name, *aliases.get(town.geonames_id, []))}:
                self.towns[name].append(town)
        for locality in localities:
            self.localities[fold_name(locality.name)].append(locality)

    def town(self, name: str, code: str) -> TownRow | None:
        """Return the largest town of a name in an area; in Northern Ireland, where districts are unknown, anywhere."""
        inside = [
            town
            for town in self.towns[name]
            if town.area == code or (code.startswith(NORTHERN_IRELAND) and town.area.startswith(NORTHERN_IRELAND))
        ]
        return max(inside, key=lambda town: town.population, default=None)

    def only_town(self, name: str, code: str) -> TownRow | None:
        """Return the town of a name in the nation of an area: it may lie over the border of a district."""
        inside = [town for town in self.towns[name] if town.area[0] == code[0]]
        return inside[0] if len(inside) == 1 else None

    def locality(self, name: str, code: str) -> LocalityRow | None:
        """Return the locality of a name in a district with the most stops."""
        inside = [row for row in self.localities[name] if row.district == code]
        return max(inside, key=lambda row: row.stops or 0, default=None)


def read_place_aliases(
    sources: Sources,
    areas: dict[str, AreaRow],
    informal: Iterable[InformalRow],
    area_aliases: Mapping[str, list[str]],
    towns: Iterable[TownRow],
    town_aliases: Mapping[int, list[str]],
    localities: Iterable[LocalityRow],
) -> PlaceAliases:
    """Return the aliases, added to those of areas and towns that are known already. Raises `BadFile`."""
    known = _Known(areas)
    known.add_areas(areas.values(), informal, area_aliases)
    known.add_towns(towns, town_aliases, localities)
    of_areas: dict[str, list[str]] = defaultdict(list, {name: list(others) for name, others in area_aliases.items()})
    of_towns: dict[int, list[str]] = defaultdict(list, {key: list(others) for key, others in town_aliases.items()})
    of_localities: dict[LocalityRow, list[str]] = defaultdict(list)
    groups: dict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    rows = CsvRows(sources.place_aliases, {"alias": text, "meaning": str, "area_gss_code": str, "note": str})
    count = 0
    for alias, meaning, gss_codes, note in rows:
        codes, name = tuple(gss_codes.split(";")), fold_name(meaning)
        count += 1
        if unknown := [code for code in codes if code not in areas]:
            rows.refuse(f"area_gss_code {unknown[0]!r} is not in areas.csv")
        is_area, code = name in known.area_by_name, codes[0]
        inside = known.town(name, code) if len(codes) == 1 else None
        quarter = known.locality(name, code)
        if len(codes) > 1 and not is_area:
            groups[_ALSO.sub("", note), codes, meaning].append(alias)
        elif inside is None and is_area:
            of_areas[known.area_by_name[name]].append(alias)
        elif inside is None and quarter is not None:
            of_localities[quarter].append(alias)
        elif (meant := inside or known.only_town(name, code)) is not None:
            of_towns[meant.geonames_id].append(alias)
        else:
            rows.refuse(f"{meaning} is not a place in {areas[code].name}")
    combined = []
    for (note, codes, meaning), aliases in groups.items():
        name = " and ".join(meaning.split("; ")) if note.startswith(_SHORT_FORM) else _best_name(aliases, codes)
        combined.append(InformalRow(name, list(codes), [], "", is_listed=False))
        of_areas[name] += [alias for alias in aliases if alias != name]
    return PlaceAliases(
        {name: _distinct(name, others) for name, others in of_areas.items()},
        {key: _distinct("", others) for key, others in of_towns.items()},
        of_localities,
        combined,
        count,
    )


def _best_name(aliases: list[str], codes: Iterable[str]) -> str:
    """Return the alias that an area is called by: no abbreviation, English, and the longest."""
    is_irish = any(code.startswith(NORTHERN_IRELAND) for code in codes)
    return min(
        aliases,
        key=lambda alias: (
            _SHORTENED.search(alias) is not None,
            alias.startswith(_COUNTY) is not is_irish,
            -len(alias),
            alias,
        ),
    )


def _distinct(name: str, others: Iterable[str]) -> list[str]:
    """Return the aliases without those that fold to the name or to an earlier one."""
    distinct = {fold_name(other): other for other in reversed(list(others)) if fold_name(other) != fold_name(name)}
    return list(distinct.values())[::-1]
