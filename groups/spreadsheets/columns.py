"""Columns of single values: their rendering and parsing. Every error message says what to type instead."""

import datetime
import re
from operator import attrgetter
from typing import Any

from django.db.models import Choices

from common.dates import format_date
from common.text import fold

from .cells import did_you_mean, is_blank_marker, tidy
from .row_state import RowState

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


class Cell:
    """Renders and parses the value of a cell. `words` are the allowed values; empty means any."""

    words: tuple[str, ...] = ()
    #: The type of value, for the help page.
    kind = "Any words."

    def parse(self, text: str) -> Any:
        """Return the value of a text that is not empty. Raises ValueError with a message for the editor."""
        return text

    def render(self, value: Any) -> str:
        return "" if value is None else str(value)

    def emptied(self) -> Any:
        """Return the value of a cleared cell. Raises ValueError if the field is required."""
        return ""


class Column:
    """A column of the sheet: the field of the row, its title, how its cells are read and written, and its help.

    `path` leads from an instance to the value, where that is not the field itself.
    """

    #: Whether it is read-only, or identifies the row.
    is_read_only = False

    def __init__(self, name: str, title: str, cell: Cell, about: str, example: str = "", path: str = "") -> None:
        self.name, self.title, self.cell, self.about, self.example = name, title, cell, about, example
        self._value_of = attrgetter(path or name)

    def value(self, state: RowState) -> Any:
        return self._value_of(state.instance)

    def export(self, state: RowState) -> str:
        """Return the text of its cell for a row."""
        return tidy(self.cell.render(self.value(state)))

    def put(self, state: RowState, text: str) -> None:
        """Set the field of an instance from a text. Raises ValueError with a message for the editor."""
        setattr(state.instance, self.name, self.cell.emptied() if is_blank_marker(text) else self.cell.parse(text))


class Text(Cell):
    """Text, up to `longest` characters; without line breaks if that is set."""

    def __init__(self, longest: int | None = None, is_needed: bool = False) -> None:
        self.longest, self.is_needed = longest, is_needed
        self.kind = f"Any words, up to {longest} letters." if longest else "Any words."

    def parse(self, text: str) -> str:
        # A line break in a title or a summary is a mistake; longer texts may have several lines.
        text = " ".join(text.split()) if self.longest else text
        if self.longest and len(text) > self.longest:
            raise ValueError(f"This has {len(text)} letters. Write at most {self.longest}.")
        return text

    def emptied(self) -> str:
        if self.is_needed:
            raise ValueError("This cannot be empty. Write something, or leave the cell as it was.")
        return ""


class Address(Text):
    """A URL; `https://` is added if the scheme is missing."""

    kind = "An address on the web."

    def parse(self, text: str) -> str:
        return text if re.match(r"[a-z]+://", text) else f"https://{text}"


class Choice(Cell):
    """One value of a `Choices` class, by the label that visitors read."""

    kind = "One of these."

    def __init__(self, choices: type[Choices], emptied: str | None = None) -> None:
        self.choices, self._emptied = choices, emptied
        self.words = tuple(str(label) for label in choices.labels)
        self._known = {fold(str(value)): value for value in choices.values}
        self._known |= {fold(label): value for value, label in choices.choices}
        self._label_of = {value: str(label) for value, label in choices.choices}

    def parse(self, text: str) -> str:
        try:
            return self._known[fold(text)]
        except KeyError:
            raise ValueError(_unknown_choice(text, self.words)) from None

    def render(self, value: Any) -> str:
        return self._label_of.get(value) or str(value or "")

    def emptied(self) -> str:
        if self._emptied is None:
            raise ValueError(f"This cannot be empty. Write one of: {', '.join(self.words)}.")
        return self._emptied


class TickBox(Cell):
    """Yes or no."""

    words = ("Yes", "No")
    kind = "One of these."
    _READ = {"yes": True, "y": True, "true": True, "1": True, "x": True} | {
        "no": False,
        "n": False,
        "false": False,
        "0": False,
    }

    def parse(self, text: str) -> bool:
        try:
            return self._READ[fold(text)]
        except KeyError:
            raise ValueError(f"“{text}” is neither yes nor no. Write “Yes” or “No”.") from None

    def render(self, value: Any) -> str:
        return "Yes" if value else "No"

    def emptied(self) -> bool:
        return False


class Age(Cell):
    """An age in whole years."""

    kind = "A whole number."

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", text):
            raise ValueError(f"“{text}” is not an age. Write a number of years, such as 18.")
        return int(text)

    def emptied(self) -> None:
        return None


class Count(Cell):
    """A whole number of things, of one or more."""

    kind = "A whole number."

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
            raise ValueError(f"“{text}” is not a number that we can read. Write it in figures, such as 6.")
        return int(text)

    def emptied(self) -> None:
        return None


class Day(Cell):
    """A date."""

    kind = "A date: 5 December 2026, or 05/12/2026."

    def parse(self, text: str) -> datetime.date:
        words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", text.partition(" 00:00")[0])
        for date_format in _FORMATS:
            try:
                return datetime.datetime.strptime(words, date_format).date()  # noqa: DTZ007 (a day has no time zone)
            except ValueError:
                continue
        raise ValueError(f"“{text}” is not a date that we can read. Write it as 5 December 2026, or as 05/12/2026.")

    def render(self, value: Any) -> str:
        return format_date(value) if value else ""

    def emptied(self) -> None:
        return None


def _unknown_choice(text: str, words: tuple[str, ...]) -> str:
    return f"“{text}” is not one of the answers.{did_you_mean(text, words)} Write one of: {'; '.join(words)}."
