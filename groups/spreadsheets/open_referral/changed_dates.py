"""Dates and times at other places that a feed has of a group which is here, as questions for staff. Pure.

An import adds them to new groups alone: of one that is here, staff may know better.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

import msgspec

from common.dates import format_date, format_time_range

from ...choices import ChangeKind
from ..feed_dates import FeedDate
from ..feed_places import FeedPlace

#: What a question is about, in words, and what to do.
Asked = tuple[str, str]
_ADD = "This is new in their list. If it is right, add it on the group's page here."
_CHANGE = "They have changed it. If they are right, change it on the group's page here."
_REMOVE = "Their list does not say it any more. If it is not so, take it off the group's page here."

Given = TypeVar("Given", FeedDate, FeedPlace)


def questions_about_dates(before: str, now: str, today: datetime.date) -> list[Asked]:
    """Return what is asked where the cell of dates was one text and is another: of dates to come alone."""
    old = [each for each in _decoded(before, list[FeedDate]) if _last_day(each) >= today]
    new = [each for each in _decoded(now, list[FeedDate]) if _last_day(each) >= today]
    return [*_questions(old, new, lambda date: (date.kind, date.date), date_in_words)]


def questions_about_places(before: str, now: str) -> list[Asked]:
    """Return what is asked where the cell of other places was one text and is another."""
    old, new = _decoded(before, list[FeedPlace]), _decoded(now, list[FeedPlace])
    return [*_questions(old, new, lambda place: place.name, place_in_words)]


def date_in_words(date: FeedDate) -> str:
    """Return a date that is not as usual as a sentence, with the words of the feed."""
    day = format_date(date.date)
    match date.kind:
        case ChangeKind.OFF:
            words = f"No meeting on {day}"
        case ChangeKind.OFF_RANGE:
            words = f"No meetings from {day} to {format_date(date.until or date.date)}"
        case ChangeKind.ON:
            words = f"It meets on {day} as usual"
        case ChangeKind.EXTRA:
            words = f"An extra meeting on {day}"
        case _:
            other = f" is on {format_date(date.new_date)}" if date.new_date else " is at another time or place"
            words = f"The meeting of {day}{other}"
    return _sentence(
        words,
        format_time_range(date.starts_at, date.ends_at),
        f"at {date.place}" if date.place else "",
        note=date.words,
    )


def place_in_words(place: FeedPlace) -> str:
    """Return a place and the regular times there as a sentence."""
    return _sentence(f"It meets at {place.name}", note="; ".join(line.rstrip(".") for line in place.lines.split("\n")))


def _questions(
    before: Iterable[Given], now: Iterable[Given], key: Callable[[Given], Hashable], words: Callable[[Given], str]
) -> Iterator[Asked]:
    old: dict[Hashable, Given] = {key(each): each for each in before}
    new: dict[Hashable, Given] = {key(each): each for each in now}
    for name in dict.fromkeys([*new, *old]):
        if name not in old:
            yield words(new[name]), _ADD
        elif name not in new:
            yield words(old[name]), _REMOVE
        elif old[name] != new[name]:
            yield f"{words(new[name])} (Before: {words(old[name])})", _CHANGE


def _decoded(cell: str, kind: type[list[Given]]) -> list[Given]:
    return msgspec.json.decode(cell, type=kind) if cell.startswith("[") else []


def _last_day(date: FeedDate) -> datetime.date:
    return max(filter(None, (date.date, date.until, date.new_date)))


def _sentence(*parts: str, note: str) -> str:
    words = ", ".join(filter(None, parts))
    return f"{words}: {note.rstrip('.')}." if note else f"{words}."
