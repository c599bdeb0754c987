"""Bank holidays by nation, the one-off ones and the substitute days among them. Source: the `holidays` library.

When Boxing Day falls on a Saturday, the Monday after is the bank holiday. A group that is "not on bank holidays" meets
on neither: nobody expects it on Boxing Day itself (docs/adr/0012-dates-by-our-own-arithmetic.md).
"""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from holidays.countries import UnitedKingdom


class Nation(StrEnum):
    """A nation of the United Kingdom, as ISO 3166-2 writes it. England and Wales have the same bank holidays."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"

    @classmethod
    def of_code(cls, gss_code: str | None) -> "Nation | None":
        """The nation of an area, by the first letter of its GSS code; None for an area that has no code."""
        return _BY_LETTER.get((gss_code or "")[:1])

    @classmethod
    def shared_by(cls, nations: "Iterable[Nation | None]") -> "Nation":
        """The nation whose bank holidays are kept by what is in several: that of all of them, else England."""
        found = set(nations)
        return (found.pop() if len(found) == 1 else None) or cls.ENGLAND


_BY_LETTER = {"E": Nation.ENGLAND, "W": Nation.WALES, "S": Nation.SCOTLAND, "N": Nation.NORTHERN_IRELAND}


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[datetime.date]:
    """The days of a year that are bank holidays in a nation, with the day itself where a substitute is given."""
    return frozenset(UnitedKingdom(subdiv=nation.value, years=year))


def is_bank_holiday(day: datetime.date, nation: Nation) -> bool:
    return day in bank_holidays(nation, day.year)
