"""Columns of single values: how each is written in a cell, and read again. Every refusal says what to type instead."""

import datetime
import re

from import_export.fields import Field
from import_export.widgets import Widget

from common.dates import format_date
from common.text import fold

from .cells import did_you_mean, is_empty_mark, tidy

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


class Column(Field):
    """A column of the sheet: its title, what it is for, and how a cell of it is written and read."""

    def __init__(self, title: str, widget: Widget, about: str, example: str = "", attribute: str = "", **options):
        super().__init__(attribute=attribute or None, column_name=title, widget=widget, **options)
        self.about, self.example = about, example

    def export(self, instance, **kwargs) -> str:
        """The text of its cell for a group."""
        return tidy(self.widget.render(self.get_value(instance)))

    def put(self, instance, cell: str) -> None:
        """Give a group what a cell says. Raises ValueError with a sentence for the editor."""
        setattr(instance, self.attribute, self.widget.emptied() if is_empty_mark(cell) else self.widget.clean(cell))


class CellWidget(Widget):
    """How a value is written in a cell, and read. `words` are all that may be written; none: any."""

    words: tuple[str, ...] = ()
    #: What kind of answer it takes, for the page that explains the columns.
    kind = "Any words."

    def clean(self, cell: str, row=None, **kwargs):
        return cell

    def render(self, value, obj=None, **kwargs) -> str:
        return "" if value is None else str(value)

    def emptied(self):
        """What an emptied cell stands for. Raises ValueError where there must be something."""
        return ""


class Text(CellWidget):
    """Words, up to so many letters."""

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
    """An address on the web."""

    kind = "An address on the web."

    def clean(self, cell: str, row=None, **kwargs) -> str:
        return cell if re.match(r"[a-z]+://", cell) else f"https://{cell}"


class Choice(CellWidget):
    """One of the fixed answers, in the words that visitors read."""

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
            raise ValueError(_not_among(cell, self.words)) from None

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
        for shape in _FORMATS:
            try:
                return datetime.datetime.strptime(text, shape).date()  # noqa: DTZ007 (a day has no time zone)
            except ValueError:
                continue
        raise ValueError(f"“{cell}” is not a date that we can read. Write it as 5 December 2026, or as 05/12/2026.")

    def render(self, value, obj=None, **kwargs) -> str:
        return format_date(value) if value else ""

    def emptied(self) -> None:
        return None


def _not_among(cell: str, words: tuple[str, ...]) -> str:
    return f"“{cell}” is not one of the answers.{did_you_mean(cell, words)} Write one of: {'; '.join(words)}."
