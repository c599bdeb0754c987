"""Reads and validates the gazetteer's CSV files: header, columns, values."""

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
    """An invalid gazetteer file. The message has the file, the line and the problem."""


class CsvRows:
    """Iterates over a CSV file (`.csv` or `.csv.xz`, UTF-8, header row), converting values by column.

    Yields a list for each row, in the order of `columns`, which must be that of the header. Raises `BadFile` at the
    first error.
    """

    def __init__(self, path: Path, columns: Mapping[str, Convert]) -> None:
        self.path = path
        self.columns = dict(columns)
        self.line = 0

    def __iter__(self) -> Iterator[list[Any]]:
        converters = list(self.columns.values())
        values: list[str] = []
        try:
            for values in self._lines():
                yield [convert(value) for convert, value in zip(converters, values, strict=True)]
        except ValueError:
            self._explain(values)

    def refuse(self, problem: str) -> NoReturn:
        """Raise `BadFile` for the row read last."""
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
    """Convert a name; not empty."""
    if not value.strip():
        raise ValueError("is empty")
    return optional_text(value)


def optional_text(value: str) -> str:
    """Convert a text of at most 80 characters; may be empty."""
    if "\0" in value or len(value) > 80:
        raise ValueError("is not a name: too long, or not text")
    return value.strip()


def gss_code(value: str) -> str:
    """Validate a GSS code, the ONS code of an area: "E07000114"."""
    if _GSS_CODE.fullmatch(value):
        return value
    raise ValueError('is not a GSS code such as "E07000114"')


def words(value: str) -> list[str]:
    """Convert a list of words separated by spaces, perhaps empty: "TS12 TS13"."""
    return value.split()


def whole_number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ValueError("is not a whole number")
    return int(value)


def number_between(low: float, high: float, place: str) -> Convert:
    """Return a converter for a latitude or longitude, in WGS 84 degrees."""

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
    """Return a converter that gives None for an empty value."""
    return lambda value: convert(value) if value else None


GB_LATITUDE = number_between(49.8, 60.9, "Great Britain")
GB_LONGITUDE = number_between(-8.7, 1.8, "Great Britain")
UK_LATITUDE = number_between(49.8, 60.9, "the United Kingdom")
UK_LONGITUDE = number_between(-8.7, 1.8, "the United Kingdom")


def one_of(known: Container[str], problem: str) -> Convert:
    """Return a validator for a value in `known`; `problem` ends the error message: "is not in areas.csv"."""

    def convert(value: str) -> str:
        if value in known:
            return value
        raise ValueError(problem)

    return convert


def looked_up(known: Mapping[str, Any], problem: str) -> Convert:
    """Return a converter that looks a value up in `known`; `problem` as in `one_of`."""

    def convert(value: str) -> Any:
        try:
            return known[value]
        except KeyError:
            raise ValueError(problem) from None

    return convert


def sector(value: str) -> str:
    """Validate a postcode sector with its space: "TA20 1"."""
    if _SECTOR.fullmatch(value):
        return value
    raise ValueError('is not a postcode sector such as "TA20 1"')


def unit_postcode(value: str) -> str:
    """Validate a unit postcode with its space: "TA20 1AA"."""
    if _UNIT_POSTCODE.fullmatch(value):
        return value
    raise ValueError('is not a postcode such as "TA20 1AA"')
