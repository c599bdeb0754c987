"""What the query string of a request of the feed asks for. Unknown parameters are ignored."""

import datetime
import math
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..choices import Weekday
from .items import Detail

#: Items on a page: by default, at most, and both of minimal ones.
PER_PAGE, MOST_PER_PAGE, MOST_MINIMAL = 50, 100, 500
#: The most organisations on a page with the services of each.
MOST_WITH_SERVICES = 20
_METRES_PER_MILE = 1609.344
#: The farthest that is searched around a point, in miles.
_FARTHEST = 1000.0
_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(:[0-5][0-9])?", re.ASCII)
_POSITION = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)", re.ASCII)
_DAYS = {day.label[:length].casefold(): day for day in Weekday for length in (2, 3, None)}
_LONGEST = 200
_FIRST, _LAST = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (1970, 9000))

Value = TypeVar("Value")


class BadParameter(ValueError):
    """Raised for a parameter whose value cannot be read; its text is the message for the client."""


@dataclass(frozen=True)
class Near:
    """A circle: by a postcode, or around a point, with its radius in miles."""

    miles: float
    postcode: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Wanted:
    """What is asked of a list. Filters that were not given are None or empty, and all of them must hold."""

    page: int = 1
    per_page: int = PER_PAGE
    detail: Detail = Detail.FULL
    is_ndjson: bool = False
    full_service: bool = False
    search: str = ""
    modified_after: datetime.datetime | None = None
    checked_after: datetime.date | None = None
    organization_id: uuid.UUID | None = None
    taxonomy_id: uuid.UUID | None = None
    taxonomy_term_ids: tuple[uuid.UUID, ...] = ()
    parent_id: uuid.UUID | None = None
    top_only: bool = False
    near: Near | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    days: tuple[Weekday, ...] = ()
    start_time: datetime.time | None = None
    end_time: datetime.time | None = None


def wanted(query: Any) -> Wanted:
    """Return what a query string asks for. Raises `BadParameter` for a value that cannot be read."""
    get = _Reader(query)
    minimal = get.flag("minimal")
    detail = Detail.MINIMAL if minimal else Detail.LEAN if get.flag("full", default=True) is False else Detail.FULL
    full_service = get.flag("full_service")
    most = MOST_WITH_SERVICES if full_service else MOST_MINIMAL if minimal else MOST_PER_PAGE
    per_page = get.value("per_page", _positive) or (MOST_MINIMAL if minimal else PER_PAGE)
    return Wanted(
        page=get.value("page", _positive) or 1,
        per_page=min(per_page, most),
        detail=detail,
        is_ndjson=(get.value("format", _format) or "json") == "ndjson",
        full_service=full_service,
        search=get.text("search", "text", "keywords"),
        modified_after=get.value("modified_after", _moment),
        checked_after=get.value("checked_after", _date),
        organization_id=get.value("organization_id", _id),
        taxonomy_id=get.value("taxonomy_id", _id),
        taxonomy_term_ids=get.value("taxonomy_term_id", _ids) or (),
        parent_id=get.value("parent_id", _id),
        top_only=get.flag("top_only"),
        near=_near(get),
        minimum_age=get.value("minimum_age", _number),
        maximum_age=get.value("maximum_age", _number),
        days=get.value("day", _days) or (),
        start_time=get.value("start_time", _clock),
        end_time=get.value("end_time", _clock),
    )


class _Reader:
    """Values of a query string by name. An empty one is as none."""

    def __init__(self, query: Any) -> None:
        self._query = query

    def text(self, *names: str) -> str:
        text = next((self._query[name].strip() for name in names if self._query.get(name, "").strip()), "")
        if len(text) > _LONGEST:
            raise BadParameter(f"{names[0]}: at most {_LONGEST} letters.")
        # PostgreSQL takes none.
        return str(text).replace("\0", "")

    def value(self, name: str, read: Callable[[str], Value]) -> Value | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return read(text)
        except (ValueError, OverflowError) as error:
            raise BadParameter(f"{name}: {error}") from None

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.value(name, _flag)
        return default if value is None else value


def _near(get: _Reader) -> Near | None:
    proximity, postcode = get.text("proximity"), get.text("postcode")
    position = _POSITION.fullmatch(proximity.replace(" ", ""))
    if position:
        kilometres = get.value("radius", _distance)
        miles = 1000 * (5.0 if kilometres is None else kilometres) / _METRES_PER_MILE
        latitude, longitude = map(float, position.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise BadParameter("proximity: this is no position on the Earth.")
        return Near(min(miles, _FARTHEST), point=(latitude, longitude))
    metres = get.value("proximity", _distance)
    if not postcode:
        return None
    return Near(min((metres or 0.0) / _METRES_PER_MILE, _FARTHEST), postcode=postcode)


def _positive(text: str) -> int:
    number = _number(text)
    if number == 0:
        raise ValueError("give a whole number from 1 on.")
    return number


def _number(text: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text):
        raise ValueError("give a whole number.")
    return int(text)


def _distance(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise ValueError("give a number that is not negative; proximity may also be LATITUDE,LONGITUDE.")
    return number


def _flag(text: str) -> bool:
    if text.casefold() not in (*_TRUE, *_FALSE):
        raise ValueError("give true or false.")
    return text.casefold() in _TRUE


def _format(text: str) -> str:
    if text.casefold() not in ("json", "ndjson"):
        raise ValueError("give json or ndjson.")
    return text.casefold()


def _moment(text: str) -> datetime.datetime:
    # In a query string, a plus sign that was not encoded is a space.
    try:
        moment = datetime.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise ValueError("give a date, or a date and time as 2026-11-30T09:00:00Z.") from None
    if not _FIRST.year <= moment.year < _LAST.year:
        # Nothing is older, or newer: and in another time zone it might be no date at all.
        return _FIRST if moment.year < _FIRST.year else _LAST
    # PostgreSQL refuses an offset of more than 16 hours.
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("give a date as 2026-11-30.") from None


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ValueError("give an id, which is a UUID.") from None


def _ids(text: str) -> tuple[uuid.UUID, ...]:
    return tuple(_id(part.strip()) for part in text.split(","))


def _days(text: str) -> tuple[Weekday, ...]:
    names = [part.strip().casefold() for part in text.split(",")]
    if not set(names) <= _DAYS.keys():
        raise ValueError("give days as MO,TU or as Monday.")
    return tuple(_DAYS[name] for name in names)


def _clock(text: str) -> datetime.time:
    if not _CLOCK.fullmatch(text):
        raise ValueError("give a time as 18:30.")
    return datetime.time.fromisoformat(text)
