"""Parse the TOML seed files into entries that know their file and table."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from .kinds import KINDS, VOCABULARIES

#: `{key in a file: model field}` of a source.
_SOURCE_WORDS = {"name": "source_name", "address": "source_url", "dated": "source_dated"}
DATA = Path(__file__).resolve().parent


class BadFile(Exception):
    """A seed file is invalid. The message names the file, the entry and the problem."""


@dataclass(frozen=True)
class SeedEntry:
    """One entry of a file: `[groups.talking]` of take_off.toml."""

    file: str
    table: str
    name: str
    values: dict[str, Any]
    #: The source of its file; an entry may override it.
    file_source: Any = None

    @property
    def stem(self) -> str:
        return self.file.removesuffix(".toml")

    @property
    def key(self) -> str:
        """Its identity across loads: "take_off/groups/talking"."""
        return "/".join(filter(None, (self.stem, self.table, self.name)))

    @property
    def heading(self) -> str:
        return f"[{'.'.join(filter(None, (self.table, self.name)))}]"

    @property
    def source(self) -> dict[str, str]:
        """Its source as `{model field: value}`. Raises `BadFile` if it is invalid."""
        source = self.values.get("source", self.file_source)
        if not isinstance(source, dict) or not source.get("name"):
            self.refuse("its source needs a name: where this comes from.")
        for word, value in source.items():
            if word not in _SOURCE_WORDS:
                self.refuse(f"its source has no “{word}”.{did_you_mean(word, _SOURCE_WORDS)}")
            if not isinstance(value, str):
                self.refuse(f"the {word} of its source must be words in quotation marks.")
        return {field: source.get(word, "") for word, field in _SOURCE_WORDS.items()}

    def refuse(self, problem: str) -> NoReturn:
        """Raise `BadFile` because of this entry, which aborts the load."""
        raise BadFile(f"{self.file}, {self.heading}: {problem}")


def read_files(folder: Path) -> list[SeedEntry]:
    """Return the entries of the vocabularies and of all organisations' files, in order. Raises `BadFile`."""
    entries = list(_read_vocabularies(folder / "vocabularies.toml"))
    files = sorted((folder / "directory").glob("*.toml"))
    if not files:
        raise BadFile(f"There are no organisations' files in {folder.name}/directory.")
    for path in files:
        entries += _read_organisation(path)
    return entries


def did_you_mean(word: str, known: Any) -> str:
    """Return " Did you mean “…”?" with the most similar known word, or ""."""
    close = get_close_matches(word, known, n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{path.name} is not TOML: {error}. Words need quotation marks round them.") from error


def _read_vocabularies(path: Path) -> Iterator[SeedEntry]:
    tables = {kind.table for kind in VOCABULARIES}
    for table, terms in _read_toml(path).items():
        if table not in tables or not isinstance(terms, dict):
            raise BadFile(f"{path.name}: there is no vocabulary “{table}”.{did_you_mean(table, tables)}")
        for name, other_words in terms.items():
            yield SeedEntry(path.name, table, name, {"name": name, "other_words": other_words})


def _read_organisation(path: Path) -> Iterator[SeedEntry]:
    contents = _read_toml(path)
    source = contents.pop("source", None)
    if source is None:
        raise BadFile(f"{path.name} does not say where it comes from: it needs a [source] with a name.")
    tables = [kind.table for kind in KINDS]
    if "organisation" not in contents:
        raise BadFile(f"{path.name} describes no organisation: it needs an [organisation] with a name.")
    for table, named in contents.items():
        if table not in tables:
            raise BadFile(f"{path.name}: there is no table “{table}”.{did_you_mean(table, [*tables, 'source'])}")
        if table == "organisation":
            named = {"": named}
        if not isinstance(named, dict):
            raise BadFile(f"{path.name}: write [{table}.a_short_name], with one equals sign on each line below it.")
        for name, values in named.items():
            if not isinstance(values, dict):
                raise BadFile(
                    f"{path.name}, [{table}]: “{name}” is in no entry. Write [{table}.a_short_name] above it."
                )
            yield SeedEntry(path.name, table, name, values, source)
