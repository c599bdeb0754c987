"""Bank holidays by nation, including one-off and substitute days. Source: the `holidays` library.

When Boxing Day falls on a Saturday, the Monday after is the bank holiday. A group that is "not on bank holidays" meets
on neither: nobody expects it on Boxing Day itself (docs/adr/0012-recurrence-by-own-arithmetic.md).
"""

import datetime
from collections.abc import Iterable
from functools import cache

from holidays import country_holidays

from .nations import Nation


def holiday_nation(nations: Iterable[Nation | None]) -> Nation:
    """Return the nation whose bank holidays apply: the only one given, or England if there are none or several."""
    return Nation.shared_by(nations) or Nation.ENGLAND


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[datetime.date]:
    """Return the bank holidays of a nation in a year, with both the original and the substitute day. Cached."""
    return frozenset(country_holidays("GB", subdiv=nation.value, years=year))


@cache
def all_bank_holidays(year: int) -> frozenset[datetime.date]:
    """Return the days of a year that are a bank holiday in any nation. Cached."""
    return frozenset().union(*(bank_holidays(nation, year) for nation in Nation))
