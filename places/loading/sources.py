"""The gazetteer's files, and whether they are the ones that the database already holds."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..models import GazetteerLoad
from .rows import BadFile

DATA = Path(__file__).resolve().parent.parent / "data"

#: The name under which a postcode file given by hand is remembered, beside the one that comes with the site.
GIVEN_POSTCODES = "postcodes given by hand"


@dataclass(frozen=True)
class Sources:
    """Where the files are: a folder laid out as `places/data`, and perhaps a newer postcode file than the folder's."""

    folder: Path = DATA
    given_postcodes: Path | None = None

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
    def postcodes(self) -> Path:
        """The postcode file to load: the one given by hand; else the folder's, compressed or not."""
        return self.given_postcodes or self.folder_postcodes

    @property
    def folder_postcodes(self) -> Path:
        plain = self.folder / "postcodes.csv"
        return plain if plain.exists() else self.folder / "postcodes.csv.xz"

    def fingerprints(self) -> dict[str, str]:
        """The SHA-256 of every file, by the name it is remembered under. Raises `BadFile` if one cannot be read."""
        files = {
            "areas": self.areas,
            "aliases": self.aliases,
            "informal areas": self.informal_areas,
            "sectors": self.sectors,
            "towns": self.towns,
            "town aliases": self.town_aliases,
            "postcodes": self.folder_postcodes,
        }
        if self.given_postcodes:
            files[GIVEN_POSTCODES] = self.given_postcodes
        return {name: _sha256(path) for name, path in files.items()}


def changed_files(fingerprints: dict[str, str]) -> set[str]:
    """The names of the files that the database was not loaded from. A name is missing from neither or from both.

    A postcode file that was given by hand stays loaded until one of the site's own files is newer than it.
    """
    loaded = dict(GazetteerLoad.objects.values_list("name", "sha256"))
    return {name for name, sha256 in fingerprints.items() if loaded.get(name) != sha256}


def remember(fingerprints: dict[str, str], rows: dict[str, int]) -> None:
    """Note what the database has just been loaded from. A file that was skipped keeps its number of rows."""
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
