"""Loads the official areas: nations, regions, counties and districts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from common.text import fold_name

from ..choices import DISTRICT_KINDS, AreaKind
from ..models import Area, AreaPart
from .rows import UK_LATITUDE, UK_LONGITUDE, BadFile, CsvRows, gss_code, one_of, optional, optional_text, text
from .sources import Sources
from .upsert import Changes

OFFICIAL_KINDS = set(AreaKind.values) - {AreaKind.INFORMAL}


@dataclass(frozen=True)
class AreaRow:
    """A row of areas.csv."""

    gss_code: str
    name: str
    name_cy: str
    kind: str
    parent: str
    latitude: float | None
    longitude: float | None

    @property
    def is_district(self) -> bool:
        return self.kind in DISTRICT_KINDS


def read_areas(sources: Sources) -> dict[str, AreaRow]:
    """Return the official areas by GSS code, parents before children. Raises `BadFile`."""
    areas: dict[str, AreaRow] = {}
    rows = CsvRows(
        sources.areas,
        {
            "gss_code": gss_code,
            "name": text,
            "name_cy": optional_text,
            "kind": one_of(OFFICIAL_KINDS, "is not a kind of official area"),
            "parent_gss_code": optional(gss_code),
            "latitude": optional(UK_LATITUDE),
            "longitude": optional(UK_LONGITUDE),
        },
    )
    lines: dict[str, int] = {}
    for values in rows:
        area = AreaRow(*values)
        if area.gss_code in areas:
            rows.refuse(f"{area.gss_code} is there twice (first on line {lines[area.gss_code]})")
        if (area.latitude is None) != (area.longitude is None):
            rows.refuse("half a position: both latitude and longitude, or neither")
        areas[area.gss_code] = area
        lines[area.gss_code] = rows.line
    if not areas:
        raise BadFile(f"{sources.areas.name} has no areas in it.")
    for area in areas.values():
        if area.parent and area.parent not in areas:
            line = f"{sources.areas.name}, line {lines[area.gss_code]}"
            raise BadFile(f"{line}: parent_gss_code {area.parent!r} is not in the file.")
    try:
        return {code: areas[code] for code in sorted(areas, key=lambda code: (len(lineage(areas, code)), code))}
    except RecursionError:
        raise BadFile(f"{sources.areas.name}: an area lies inside itself.") from None


def lineage(areas: dict[str, AreaRow], gss_code: str) -> list[str]:
    """Return the GSS codes from the nation down to an area, itself last."""
    parent = areas[gss_code].parent
    return [*(lineage(areas, parent) if parent else []), gss_code]


def read_aliases(sources: Sources, names: set[str]) -> dict[str, list[str]]:
    """Return the aliases by name of area. Raises `BadFile`."""
    aliases: dict[str, list[str]] = {}
    columns = {"area": one_of(names, "is not in areas.csv or informal_areas.csv"), "other_name": text}
    for name, other in CsvRows(sources.aliases, columns):
        aliases.setdefault(name, []).append(other)
    return aliases


def save_areas(
    areas: dict[str, AreaRow], aliases: Mapping[str, list[str]], without: set[str]
) -> tuple[dict[str, Area], Changes]:
    """Save the official areas; return them by GSS code, and the counts. Aliases added by editors stay.

    Folded names in `without` are taken from the aliases: they are names of other areas now.
    """
    saved = {area.gss_code: area for area in Area.objects.exclude(gss_code=None) if area.gss_code}
    slugs = set(Area.objects.values_list("slug", flat=True))
    added = changed = 0
    for code, row in areas.items():
        area = saved.get(code) or Area(gss_code=code, slug=free_slug(row.name, slugs))
        differs = set_values(
            area,
            name=row.name,
            name_cy=row.name_cy,
            kind=row.kind,
            parent_id=saved[row.parent].pk if row.parent else None,
            path="/".join(lineage(areas, code)),
            latitude=row.latitude,
            longitude=row.longitude,
            aliases=merged_aliases(area.aliases, aliases.get(row.name, []), without),
        )
        added += area.pk is None
        changed += differs and area.pk is not None
        if differs:
            area.save()
        saved[code] = area
    return saved, Changes(added, changed, len(areas) - added - changed)


def merged_aliases(saved: list[str], loaded: list[str], without: set[str]) -> list[str]:
    """Return the aliases that are saved, then those of the files, without what folds to a name in `without`."""
    return [alias for alias in dict.fromkeys([*saved, *loaded]) if fold_name(alias) not in without]


def parts_of_official_areas(
    areas: dict[str, AreaRow], saved: dict[str, Area], holding_towns: set[str]
) -> set[tuple[int, int, str]]:
    """Return the parts of the official areas as (area pk, district pk, outward code); a district is part of itself.

    `holding_towns` are the GSS codes of areas that hold towns directly. The district of most towns in Northern Ireland
    is not known, so the nation is a part of itself too; otherwise what lies there would be in no area.
    """
    return {
        (saved[ancestor].pk, saved[code].pk, "")
        for code, row in areas.items()
        if row.is_district or code in holding_towns
        for ancestor in lineage(areas, code)
    }


def save_parts(wanted: set[tuple[int, int, str]], area_ids: set[int]) -> None:
    """Replace the parts of the areas in `area_ids` by `wanted`; parts of other areas are not touched."""
    parts = AreaPart.objects.filter(area__in=area_ids)
    existing = {(area, district, outward): pk for pk, area, district, outward in parts.values_list(
        "pk", "area_id", "district_id", "outward_code"
    )}  # fmt: skip
    AreaPart.objects.filter(pk__in=[pk for part, pk in existing.items() if part not in wanted]).delete()
    AreaPart.objects.bulk_create(
        AreaPart(area_id=area, district_id=district, outward_code=outward)
        for area, district, outward in sorted(wanted - existing.keys())
    )


def set_values(area: Area, **values: object) -> bool:
    """Set the fields of an area; return whether any differed or the area is new."""
    differs = area.pk is None or any(getattr(area, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(area, name, value)
    return differs


def free_slug(name: str, taken: set[str]) -> str:
    """Return a slug that is not in `taken`, and add it to `taken`."""
    slug, number = slugify(name), 2
    while slug in taken:
        slug, number = f"{slugify(name)}-{number}", number + 1
    taken.add(slug)
    return slug
