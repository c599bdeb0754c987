"""Columns of single values: their rendering and parsing. Every error message says what to type instead."""

import datetime
import re

from import_export.fields import Field
from import_export.widgets import Widget

from common.dates import format_date
from common.text import fold

from .cells import did_you_mean, is_blank_marker, tidy

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


class Column(Field):
    """A column of the sheet: its title, help text, example, and the widget that renders and parses its cells."""

    def __init__(self, title: str, widget: Widget, about: str, example: str = "", attribute: str = "", **options):
        super().__init__(attribute=attribute or None, column_name=title, widget=widget, **options)
        self.about, self.example = about, example

    def export(self, instance, **kwargs) -> str:
        """Return the text of its cell for a group."""
        return tidy(self.widget.render(self.get_value(instance)))

    def put(self, instance, cell: str) -> None:
        """Set the attribute of a group from a cell. Raises ValueError with a message for the editor."""
        setattr(instance, self.attribute, self.widget.emptied() if is_blank_marker(cell) else self.widget.clean(cell))


class CellWidget(Widget):
    """Renders and parses a value. `words` are the allowed values; empty means any."""

    words: tuple[str, ...] = ()
    #: The type of value, for the help page.
    kind = "Any words."

    def clean(self, cell: str, row=None, **kwargs):
        return cell

    def render(self, value, obj=None, **kwargs) -> str:
        return "" if value is None else str(value)

    def emptied(self):
        """Return the value of a cleared cell. Raises ValueError if the field is required."""
        return ""


class Text(CellWidget):
    """Text, up to `longest` characters; without line breaks if that is set."""

    def __init__(self, longest: int | None = None, is_needed: bool = False) -> None:
        self.longest, self.is_needed = longest, is_needed
        self.kind = f"Any words, up to {longest} letters." if longest else "Any words."

    def clean(self, cell: str, row=None, **kwargs) -> str:
        # A line break in a title or a summary is a slip; in a longer text it is a new line.
        text = " ".join(cell.split()) if self.longest else cell
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

    def clean(self, cell: str, row=None, **kwargs) -> str:
        return cell if re.match(r"[a-z]+://", cell) else f"https://{cell}"


class Choice(CellWidget):
    """One value of a `Choices` class, by the label that visitors read."""

    kind = "One of these."

    def __init__(self, choices, emptied: str | None = None) -> None:
        self.choices, self._emptied = choices, emptied
        self.words = tuple(str(label) for label in choices.labels)
        self._known = {fold(str(value)): value for value in choices.values}
        self._known |= {fold(label): value for value, label in choices.choices}

    def clean(self, cell: str, row=None, **kwargs) -> str:
        try:
            return self._known[fold(cell)]
        except KeyError:
            raise ValueError(_unknown_choice(cell, self.words)) from None

    def render(self, value, obj=None, **kwargs) -> str:
        return str(self.choices(value).label) if value in self.choices.values else str(value or "")

    def emptied(self) -> str:
        if self._emptied is None:
            raise ValueError(f"This cannot be empty. Write one of: {', '.join(self.words)}.")
        return self._emptied


class TickBox(CellWidget):
    """Yes or no."""

    words = ("Yes", "No")
    kind = "One of these."
    _READ = {"yes": True, "y": True, "true": True, "1": True, "x": True} | {
        "no": False,
        "n": False,
        "false": False,
        "0": False,
    }

    def clean(self, cell: str, row=None, **kwargs) -> bool:
        try:
            return self._READ[fold(cell)]
        except KeyError:
            raise ValueError(f"“{cell}” is neither yes nor no. Write “Yes” or “No”.") from None

    def render(self, value, obj=None, **kwargs) -> str:
        return "Yes" if value else "No"

    def emptied(self) -> bool:
        return False


class Age(CellWidget):
    """An age in whole years."""

    kind = "A whole number."

    def clean(self, cell: str, row=None, **kwargs) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", cell):
            raise ValueError(f"“{cell}” is not an age. Write a number of years, such as 18.")
        return int(cell)

    def emptied(self) -> None:
        return None


class Day(CellWidget):
    """A date."""

    kind = "A date: 5 December 2026, or 05/12/2026."

    def clean(self, cell: str, row=None, **kwargs) -> datetime.date:
        text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", cell.partition(" 00:00")[0])
        for date_format in _FORMATS:
            try:
                return datetime.datetime.strptime(text, date_format).date()  # noqa: DTZ007 (a day has no time zone)
            except ValueError:
                continue
        raise ValueError(f"“{cell}” is not a date that we can read. Write it as 5 December 2026, or as 05/12/2026.")

    def render(self, value, obj=None, **kwargs) -> str:
        return format_date(value) if value else ""

    def emptied(self) -> None:
        return None


def _unknown_choice(cell: str, words: tuple[str, ...]) -> str:
    return f"“{cell}” is not one of the answers.{did_you_mean(cell, words)} Write one of: {'; '.join(words)}."
