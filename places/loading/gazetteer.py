"""Loads the gazetteer: areas, towns and postcodes, from the files in `places/data` (see README.md there).

The load is one transaction: an invalid file changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction

from ..models import Area, GazetteerLoad, PostcodeSector, Town
from .areas import parts_of_official_areas, read_aliases, read_areas, save_areas, save_parts
from .informal_areas import read_informal_areas, save_informal_areas
from .localities import read_localities, save_localities
from .place_aliases import read_place_aliases
from .postcodes import PostcodeRows, read_sectors, save_postcodes, save_sectors
from .rows import BadFile
from .sources import GIVEN_POSTCODES, Sources, changed_files, remember
from .towns import read_town_aliases, read_towns, save_towns

__all__ = ["BadFile", "Sources", "load_gazetteer"]

Say = Callable[[str], None]
#: Takes the expected number of postcodes; returns a function to call with the number written in each batch.
Progress = Callable[[int], Callable[[int], None]]


def load_gazetteer(
    sources: Sources | None = None,
    *,
    say: Say = lambda words: None,
    progress: Progress = lambda total: lambda number: None,
    every_postcode: bool = True,
) -> bool:
    """Load areas, towns and postcodes; return False if these files (by SHA-256) are loaded already.

    `say` is called with a line for each stage. With `every_postcode=False` the postcode file may be a sample, as
    in the tests. Idempotent. Raises `BadFile`, with nothing changed, when a file is invalid.
    """
    sources = sources or Sources()
    fingerprints = sources.fingerprints()
    changed = changed_files(fingerprints)
    if not changed:
        return False

    areas = read_areas(sources)
    sectors = read_sectors(sources, (code for code, area in areas.items() if area.is_district))
    informal = read_informal_areas(sources, areas, {row.outward_code for row in sectors.values()})
    names = {row.name for row in areas.values()} | {row.name for row in informal}
    aliases = read_aliases(sources, names)
    towns = read_towns(sources, areas)
    town_aliases = read_town_aliases(sources, towns)
    localities = read_localities(sources, areas)
    others = read_place_aliases(sources, areas, informal, aliases, towns, town_aliases, localities)

    rows = {"areas": len(areas), "sectors": len(sectors), "informal areas": len(informal), "towns": len(towns)}
    rows["aliases"] = sum(map(len, aliases.values()))
    rows["town aliases"] = sum(map(len, town_aliases.values()))
    rows |= {"localities": len(localities), "place aliases": others.count}
    with transaction.atomic():
        saved, changes = save_areas(areas, others.areas, others.names_of_combined)
        say(f"Areas: {changes}.")
        district_ids = {code: saved[code].pk for code, area in areas.items() if area.is_district}

        # Towns and names may change without the postcodes being loaded again.
        if changed & {"areas", "sectors", "postcodes", GIVEN_POSTCODES}:
            postcodes = PostcodeRows(sources, sectors, district_ids, is_complete=every_postcode)
            save_postcodes(postcodes, progress(sum(row.postcodes for row in sectors.values())))
            say(f"Postcodes: {postcodes.count:,}.")
            changes = save_sectors([*sectors.values(), *postcodes.new_sectors.values()], district_ids)
            say(f"Postcode sectors: {changes}.")
            rows[GIVEN_POSTCODES if sources.given_postcodes else "postcodes"] = postcodes.count
            if not sources.given_postcodes:
                GazetteerLoad.objects.filter(name=GIVEN_POSTCODES).delete()

        points = list(PostcodeSector.objects.values_list("pk", "latitude", "longitude"))
        holding_towns, changes = save_towns(towns, others.towns, saved, points)
        say(f"Towns: {changes}.")
        # All are replaced, so not for a change of names of areas alone; after other sectors they have another nearest.
        if changed - {"aliases", "informal areas"}:
            count = save_localities(localities, others.localities, towns, district_ids, points)
            say(f"Localities: {count:,}.")

        outward_districts: dict[str, set[int]] = defaultdict(set)
        for outward, district in PostcodeSector.objects.values_list("outward_code", "district_id"):
            outward_districts[outward].add(district)
        informal_parts, informal_ids, changes = save_informal_areas(
            [*informal, *others.combined], areas, saved, others.areas, others.names_of_combined, outward_districts
        )
        say(f"Informal areas: {changes}.")
        official_parts = parts_of_official_areas(areas, saved, holding_towns)
        save_parts(official_parts | informal_parts, {area.pk for area in saved.values()} | informal_ids)

        _report_missing_rows(areas.keys(), {town.geonames_id for town in towns}, say)
        remember(fingerprints, rows)
    return True


def _report_missing_rows(gss_codes: Iterable[str], geonames_ids: Iterable[int], say: Say) -> None:
    """Report areas and towns that are missing from the files. They are not deleted, since listings may lie in them."""
    known_areas = Area.objects.exclude(gss_code=None).values_list("gss_code", flat=True)
    known_towns = Town.objects.exclude(geonames_id=None).values_list("geonames_id", flat=True)
    for noun, file, missing in (
        ("area", "areas.csv", set(known_areas) - set(gss_codes)),
        ("town", "places.csv", set(known_towns) - set(geonames_ids)),
    ):
        if missing:
            plural, them = ("s", "them") if len(missing) > 1 else ("", "it")
            say(
                f"Kept {len(missing):,} {noun}{plural} that {file} no longer has. "
                f"Remove {them} in the admin when nothing lies in {them}."
            )
