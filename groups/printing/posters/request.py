"""The query string of a poster or door sheet: the size of its paper."""

from enum import Enum

from django.http import QueryDict


class PaperSize(Enum):
    """A size of paper."""

    A4 = "a4"
    A5 = "a5"

    @classmethod
    def read(cls, data: QueryDict) -> "PaperSize":
        """Parse a query string; A4 unless it names another size."""
        return cls.A5 if data.get("size") == cls.A5.value else cls.A4

    @property
    def suffix(self) -> str:
        """The query string with its question mark; "" for A4."""
        return "?size=a5" if self is PaperSize.A5 else ""
