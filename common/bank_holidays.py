"""Bank holidays by nation, including one-off and substitute days. Source: the `holidays` library.

When Boxing Day falls on a Saturday, the Monday after is the bank holiday. A group that is "not on bank holidays" meets
on neither: nobody expects it on Boxing Day itself (docs/adr/0012-recurrence-by-own-arithmetic.md).
"""

import datetime
import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

from .nations import Nation

_COUNTRIES = "holidays.countries"


def _united_kingdom() -> Any:
    """Return the library's class of the United Kingdom, without those of all other countries.

    The package of countries imports each of its 270 modules, which take 7 MB in every process: an empty one stands in
    its place while the one that is wanted is imported.
    """
    if _COUNTRIES in sys.modules:
        return import_module(f"{_COUNTRIES}.united_kingdom").UnitedKingdom
    spec = find_spec(_COUNTRIES)
    if spec is None:
        raise ImportError(_COUNTRIES)
    sys.modules[_COUNTRIES] = module_from_spec(spec)
    try:
        return import_module(f"{_COUNTRIES}.united_kingdom").UnitedKingdom
    finally:
        del sys.modules[_COUNTRIES]


_UnitedKingdom = _united_kingdom()


def holiday_nation(nations: Iterable[Nation | None]) -> Nation:
    """Return the nation whose bank holidays apply: the only one given, or England if there are none or several."""
    return Nation.shared_by(nations) or Nation.ENGLAND


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[datetime.date]:
    """Return the bank holidays of a nation in a year, with both the original and the substitute day. Cached."""
    return frozenset(_UnitedKingdom(subdiv=nation.value, years=year))


@cache
def all_bank_holidays(year: int) -> frozenset[datetime.date]:
    """Return the days of a year that are a bank holiday in any nation. Cached."""
    return frozenset().union(*(bank_holidays(nation, year) for nation in Nation))
