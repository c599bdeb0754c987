"""Loads the informal areas: East Kent, Teesside, Greater Manchester."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..choices import AreaKind
from ..models import Area
from .areas import AreaRow, free_slug, lineage, merged_aliases, set_values
from .rows import CsvRows, text, words
from .sources import Sources
from .upsert import Changes

_PLURALS = {"nation": "nations", "region": "regions", "county": "counties", "district": "districts"}


@dataclass(frozen=True)
class InformalRow:
    """A row of informal_areas.csv, or what an alias means: members by GSS code, and outward codes."""

    name: str
    members: list[str]
    outward_codes: list[str]
    what_it_covers: str
    is_listed: bool = True


def read_informal_areas(sources: Sources, areas: dict[str, AreaRow], outward_codes: set[str]) -> list[InformalRow]:
    """Return the informal areas. Raises `BadFile`."""
    informal: list[InformalRow] = []
    rows = CsvRows(
        sources.informal_areas,
        {
            "name": text,
            "member_gss_codes": words,
            "member_outward_codes": words,
            "what_it_covers": str.strip,
        },
    )
    for values in rows:
        row = InformalRow(*values)
        if any(row.name == other.name for other in informal):
            rows.refuse(f"{row.name} is there twice")
        if unknown := [code for code in row.members if code not in areas]:
            rows.refuse(f"member_gss_codes {unknown[0]!r} is not in areas.csv")
        if unknown := [code for code in row.outward_codes if code not in outward_codes]:
            rows.refuse(f"member_outward_codes {unknown[0]!r} is not in postcode_sectors.csv")
        if not (row.members or row.outward_codes):
            rows.refuse(f"{row.name} has no members")
        informal.append(row)
    return informal


def save_informal_areas(
    informal: list[InformalRow],
    areas: dict[str, AreaRow],
    saved: dict[str, Area],
    aliases: Mapping[str, list[str]],
    without: set[str],
    outward_districts: dict[str, set[int]],
) -> tuple[set[tuple[int, int, str]], set[int], Changes]:
    """Save the informal areas; return their parts (area pk, district pk, outward code), their pks, and the counts.

    Folded names in `without` are taken from the aliases of those that are listed. `outward_districts` are the pks of
    the districts with sectors of an outward code.
    """
    existing = {area.name: area for area in Area.objects.informal()}
    slugs = set(Area.objects.values_list("slug", flat=True))
    parts: set[tuple[int, int, str]] = set()
    keys: set[int] = set()
    added = changed = 0
    for row in informal:
        area = existing.get(row.name) or Area(name=row.name, slug=free_slug(row.name, slugs))
        differs = set_values(
            area,
            kind=AreaKind.INFORMAL,
            path="",
            what_it_covers=row.what_it_covers or sentence(row, areas),
            is_listed=row.is_listed,
            aliases=merged_aliases(area.aliases, aliases.get(row.name, []), without if row.is_listed else set()),
        )
        added += area.pk is None
        changed += differs and area.pk is not None
        if differs:
            area.save()
        keys.add(area.pk)
        whole_districts = {
            saved[code].pk
            for code, other in areas.items()
            if other.is_district and not set(row.members).isdisjoint(lineage(areas, code))
        }
        parts |= {(area.pk, district, "") for district in whole_districts}
        parts |= {
            (area.pk, district, outward)
            for outward in row.outward_codes
            for district in outward_districts[outward] - whole_districts
        }
    return parts, keys, Changes(added, changed, len(informal) - added - changed)


def sentence(row: InformalRow, areas: dict[str, AreaRow]) -> str:
    """Return what an informal area covers, from the names of its members: "the districts of Cumberland and …"."""
    members = [areas[code] for code in row.members]
    phrases = []
    for word, names in (
        ("nation", [member.name for member in members if member.kind == AreaKind.NATION]),
        ("region", [member.name for member in members if member.kind == AreaKind.REGION]),
        ("county", [member.name for member in members if member.kind == AreaKind.COUNTY]),
        ("district", [member.name for member in members if member.is_district]),
    ):
        if len(names) == 1:
            phrases.append(f"the {word} of {names[0]}")
        elif names:
            phrases.append(f"the {_PLURALS[word]} of {join_names(sorted(names))}")
    if row.outward_codes:
        phrases.append(f"places whose postcodes begin {join_names(row.outward_codes)}")
    return " and ".join(phrases)


def join_names(names: Iterable[str]) -> str:
    """Return "A, B and C", with a comma before the last "and" if a name contains one."""
    *most, last = names
    if not most:
        return last
    comma = "," if any(" and " in name for name in (*most, last)) else ""
    return f"{', '.join(most)}{comma} and {last}"
