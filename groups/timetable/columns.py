"""The columns in which a schedule stores its pattern, and the pattern of such columns.

No kind is named here: the fields of its class say which columns it uses, and one without a default is needed.
"""

import datetime
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from typing import Any

from ..choices import Frequency, Weekday
from .patterns import KINDS, Pattern
from .sentences import ORDINALS

#: The columns of a pattern, in the order of the arguments of `pattern_of`.
OF_PATTERN = (
    "frequency",
    "interval",
    "weekday",
    "ordinals",
    "day_of_month",
    "starts_at",
    "ends_at",
    "first_date",
    "last_date",
    "skips_bank_holidays",
    "months_off",
    "term_time_only",
)
#: What the columns that only some kinds use store where the kind does not.
BLANKS: dict[str, int | str | None] = {"interval": 1, "weekday": None, "ordinals": "", "day_of_month": None}


@lru_cache(maxsize=1024)
def pattern_of(
    frequency: str,
    interval: int,
    weekday: int | None,
    ordinals: str,
    day_of_month: int | None,
    starts_at: datetime.time | None,
    ends_at: datetime.time | None,
    first_date: datetime.date | None,
    last_date: datetime.date | None,
    skips_bank_holidays: bool,
    months_off: str,
    term_time_only: bool,
) -> Pattern:
    """Return a pattern from the columns `OF_PATTERN` of a row, without a model instance. Many groups share one.

    Columns that the kind does not use are ignored. Raises `ValueError` if one that it needs is empty.
    """
    kind, columns = _columns_used(frequency)
    shared = (starts_at, ends_at, first_date, last_date, skips_bank_holidays, months_off, term_time_only)
    row = (frequency, interval, weekday, ordinals, day_of_month, *shared)
    values: dict[str, Any] = {}
    for name, place, convert, is_needed in columns:
        value = row[place]
        if is_needed and (value is None or value == ""):
            raise ValueError("A column that this kind of pattern needs is empty.")
        values[name] = value if convert is None else convert(value)
    return kind(**values)


def columns_of(pattern: Pattern) -> dict[str, Any]:
    """Return the columns `OF_PATTERN` of a pattern, from which `pattern_of` makes the same pattern."""
    used = {field.name: getattr(pattern, field.name) for field in fields(pattern)}
    return {
        name: ",".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in ({"frequency": pattern.frequency} | BLANKS | used).items()
    }


@cache
def _columns_used(frequency: str) -> tuple[type[Pattern], list[tuple[str, int, Callable[[Any], object] | None, bool]]]:
    """Return a kind, and for each column that it uses: name, place in `OF_PATTERN`, converter, whether it is needed."""
    kind = KINDS[Frequency(frequency)]
    return kind, [
        (field.name, OF_PATTERN.index(field.name), _CONVERTERS.get(field.name), field.default is MISSING)
        for field in fields(kind)
    ]


def _ordinals(text: str) -> tuple[int, ...]:
    return tuple(sorted(_numbers(text), key=list(ORDINALS).index))


def _months(text: str) -> tuple[int, ...]:
    return tuple(sorted(_numbers(text))) if text else ()


def _numbers(text: str) -> set[int]:
    return {int(number) for number in text.split(",") if number}


#: Converters of columns whose value differs from the field of the same name.
_CONVERTERS: dict[str, Callable[[Any], object]] = {"weekday": Weekday, "ordinals": _ordinals, "months_off": _months}
