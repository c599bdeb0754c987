"""Bank holidays by nation, the one-off ones and the substitute days among them. Source: the `holidays` library.

When Boxing Day falls on a Saturday, the Monday after is the bank holiday. A group that is "not on bank holidays" meets
on neither: nobody expects it on Boxing Day itself (docs/adr/0012-dates-by-our-own-arithmetic.md).
"""

import datetime
from collections.abc import Iterable
from functools import cache

from holidays.countries import UnitedKingdom

from common.nations import Nation


def holiday_nation(nations: Iterable[Nation | None]) -> Nation:
    """Return the nation whose bank holidays are kept by what is in the given ones: the only one, else England."""
    return Nation.shared_by(nations) or Nation.ENGLAND


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[datetime.date]:
    """The days of a year that are bank holidays in a nation, with the day itself where a substitute is given."""
    return frozenset(UnitedKingdom(subdiv=nation.value, years=year))


def is_bank_holiday(day: datetime.date, nation: Nation) -> bool:
    return day in bank_holidays(nation, day.year)
