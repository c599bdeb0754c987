"""Paths and SHA-256 digests of the gazetteer's files, to skip what is loaded already."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..models import GazetteerLoad
from .rows import BadFile

DATA = Path(__file__).resolve().parent.parent / "data"

#: The `GazetteerLoad.name` of a postcode file given on the command line; the site's own has another.
GIVEN_POSTCODES = "postcodes given by hand"


@dataclass(frozen=True)
class Sources:
    """The files: a folder laid out as `places/data`, and perhaps a newer postcode file, or a sample of localities."""

    folder: Path = DATA
    given_postcodes: Path | None = None
    given_localities: Path | None = None

    @property
    def areas(self) -> Path:
        return self.folder / "areas.csv"

    @property
    def aliases(self) -> Path:
        return self.folder / "aliases.csv"

    @property
    def informal_areas(self) -> Path:
        return self.folder / "informal_areas.csv"

    @property
    def sectors(self) -> Path:
        return self.folder / "postcode_sectors.csv"

    @property
    def towns(self) -> Path:
        return self.folder / "places.csv"

    @property
    def town_aliases(self) -> Path:
        return self.folder / "town_aliases.csv"

    @property
    def localities(self) -> Path:
        return self.given_localities or self.folder / "localities.csv"

    @property
    def place_aliases(self) -> Path:
        return self.folder / "place_aliases.csv"

    @property
    def postcodes(self) -> Path:
        """Return the postcode file to load: the given one, else the folder's."""
        return self.given_postcodes or self.folder_postcodes

    @property
    def folder_postcodes(self) -> Path:
        plain = self.folder / "postcodes.csv"
        return plain if plain.exists() else self.folder / "postcodes.csv.xz"

    def fingerprints(self) -> dict[str, str]:
        """Return the SHA-256 of every file by its `GazetteerLoad.name`. Raises `BadFile` if one cannot be read."""
        files = {
            "areas": self.areas,
            "aliases": self.aliases,
            "informal areas": self.informal_areas,
            "sectors": self.sectors,
            "towns": self.towns,
            "town aliases": self.town_aliases,
            "localities": self.localities,
            "place aliases": self.place_aliases,
            "postcodes": self.folder_postcodes,
        }
        if self.given_postcodes:
            files[GIVEN_POSTCODES] = self.given_postcodes
        return {name: _sha256(path) for name, path in files.items()}


def changed_files(fingerprints: dict[str, str]) -> set[str]:
    """Return the names of the files whose digests differ from those last loaded.

    A given postcode file stays loaded until the site's own postcode file changes.
    """
    loaded = dict(GazetteerLoad.objects.values_list("name", "sha256"))
    return {name for name, sha256 in fingerprints.items() if loaded.get(name) != sha256}


def remember(fingerprints: dict[str, str], rows: dict[str, int]) -> None:
    """Store the digests and row counts of a load. A file that was skipped keeps its row count."""
    for name, sha256 in fingerprints.items():
        counted = {"rows": rows[name]} if name in rows else {}
        GazetteerLoad.objects.update_or_create(
            name=name, defaults={"sha256": sha256, **counted}, create_defaults={"sha256": sha256, "rows": 0, **counted}
        )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror or error}.") from error
