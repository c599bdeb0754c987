"""Reading the gazetteer's files: one place where header, columns and values are checked, and refused in plain words."""

import csv
import lzma
import re
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

Convert = Callable[[str], Any]

_UNIT_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_GSS_CODE = re.compile(r"[EWSN][0-9]{8}")
_SECTOR = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]")


class BadFile(Exception):
    """A gazetteer file that cannot be loaded. The message says which file, which line, and what is wrong with it."""


class Rows:
    """The rows of one CSV file (`.csv` or `.csv.xz`, UTF-8, header row), each value converted by its column's rule.

    Iterating yields one list a row, in the order of `columns`, and raises `BadFile` at the first thing that is wrong.
    `columns` must be the header's names, in the header's order.
    """

    def __init__(self, path: Path, columns: Mapping[str, Convert]) -> None:
        self.path = path
        self.columns = dict(columns)
        self.line = 0

    def __iter__(self) -> Iterator[list]:
        converters = list(self.columns.values())
        values: list[str] = []
        try:
            for values in self._lines():
                yield [convert(value) for convert, value in zip(converters, values, strict=True)]
        except ValueError:
            self._explain(values)

    def refuse(self, problem: str) -> NoReturn:
        """Give up on the file because of the row read last."""
        raise BadFile(f"{self.path.name}, line {self.line}: {problem}.")

    def _lines(self) -> Iterator[list[str]]:
        opened = lzma.open if self.path.suffix == ".xz" else open
        try:
            with opened(self.path, "rt", encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                self.line = 1
                header = next(reader, [])
                if header != list(self.columns):
                    self.refuse(f'the first line must be "{",".join(self.columns)}"; this looks like a different file')
                for values in reader:
                    self.line = reader.line_num
                    yield values
        except OSError as error:
            raise BadFile(f"{self.path.name} cannot be read: {error.strerror or error}.") from error
        except EOFError as error:
            raise BadFile(f"{self.path.name} ends early, after line {self.line}. Fetch it again.") from error
        except lzma.LZMAError as error:
            raise BadFile(f"{self.path.name} is damaged, or is not an xz file (after line {self.line}).") from error
        except UnicodeDecodeError as error:
            raise BadFile(f"{self.path.name} is not UTF-8 text (after line {self.line}).") from error
        except csv.Error as error:
            raise BadFile(f"{self.path.name}, line {self.line + 1}: not a row of CSV ({error}).") from error

    def _explain(self, values: list[str]) -> NoReturn:
        if len(values) != len(self.columns):
            count = f"{len(values)} column{'' if len(values) == 1 else 's'}"
            self.refuse(f"{count} where {len(self.columns)} are expected")
        for (column, convert), value in zip(self.columns.items(), values, strict=True):
            try:
                convert(value)
            except ValueError as error:
                self.refuse(f"{column} {value[:40]!r} {error}")
        raise AssertionError("A row that failed once must fail twice.")


def text(value: str) -> str:
    """A name; not empty."""
    if not value.strip():
        raise ValueError("is empty")
    return optional_text(value)


def optional_text(value: str) -> str:
    """A name or a sentence, or nothing."""
    if "\0" in value or len(value) > 80:
        raise ValueError("is not a name: too long, or not text")
    return value.strip()


def gss_code(value: str) -> str:
    """A code that the Office for National Statistics gives an area: "E07000114"."""
    if _GSS_CODE.fullmatch(value):
        return value
    raise ValueError('is not a GSS code such as "E07000114"')


def words(value: str) -> list[str]:
    """Words with spaces between them, perhaps none: "TS12 TS13"."""
    return value.split()


def whole_number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ValueError("is not a whole number")
    return int(value)


def number_between(low: float, high: float, place: str) -> Convert:
    """A rule for one half of a position, in WGS 84 degrees."""

    def convert(value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            raise ValueError("is not a number") from None
        if low <= number <= high:
            return number
        raise ValueError(f"is outside {place}")

    return convert


def optional(convert: Convert) -> Convert:
    """The rule, or None where the column is empty."""
    return lambda value: convert(value) if value else None


GB_LATITUDE = number_between(49.8, 60.9, "Great Britain")
GB_LONGITUDE = number_between(-8.7, 1.8, "Great Britain")
UK_LATITUDE = number_between(49.8, 60.9, "the United Kingdom")
UK_LONGITUDE = number_between(-8.7, 1.8, "the United Kingdom")


def one_of(known: Container[str], what: str) -> Convert:
    """A rule for a code that must be among those known; `what` ends the sentence: "is not in areas.csv"."""

    def convert(value: str) -> str:
        if value in known:
            return value
        raise ValueError(what)

    return convert


def looked_up(known: Mapping[str, Any], what: str) -> Convert:
    """As `one_of`, but gives what the code stands for."""

    def convert(value: str) -> Any:
        try:
            return known[value]
        except KeyError:
            raise ValueError(what) from None

    return convert


def sector(value: str) -> str:
    """A postcode sector with its space: "TA20 1"."""
    if _SECTOR.fullmatch(value):
        return value
    raise ValueError('is not a postcode sector such as "TA20 1"')


def unit_postcode(value: str) -> str:
    """A unit postcode with its space: "TA20 1AA"."""
    if _UNIT_POSTCODE.fullmatch(value):
        return value
    raise ValueError('is not a postcode such as "TA20 1AA"')
