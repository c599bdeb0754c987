"""The four nations of the United Kingdom. Pure: no database."""

from collections.abc import Iterable
from enum import StrEnum


class Nation(StrEnum):
    """A nation of the United Kingdom, as ISO 3166-2 writes it."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"

    @property
    def label(self) -> str:
        """The name that visitors read: `Northern Ireland`."""
        return self.name.replace("_", " ").title()

    @classmethod
    def of_code(cls, gss_code: str | None) -> "Nation | None":
        """Return the nation of an area, by the first letter of its GSS code; None for an area without a code."""
        return _BY_LETTER.get((gss_code or "")[:1])

    @classmethod
    def shared_by(cls, nations: "Iterable[Nation | None]") -> "Nation | None":
        """Return the nation that all the given ones are; None where they differ, one is unknown or none is given."""
        distinct = set(nations)
        return distinct.pop() if len(distinct) == 1 else None


_BY_LETTER = {"E": Nation.ENGLAND, "W": Nation.WALES, "S": Nation.SCOTLAND, "N": Nation.NORTHERN_IRELAND}
