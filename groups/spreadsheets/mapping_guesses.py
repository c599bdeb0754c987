"""Guesses our column for each column of a foreign file: by its title, else by its values."""

import re
from collections.abc import Callable, Iterable

from common.dates import today
from common.text import fold
from places.postcodes import is_postcode

from ..timetable.parse import parse
from ..timetable.readings import Refused
from .mapping import WHEN, values_of
from .reader import Table

#: Folded titles that others use, with our columns; the first unused one is guessed.
_TITLES = {
    "Name": (
        *("group name", "service name", "name of group", "name of service", "meeting name", "title"),
        *("service", "service title", "group", "group title", "activity name"),
        "name of activity",
    ),
    "Summary": (
        "description",
        "short description",
        "service description",
        "about",
        "what is it",
        "brief description",
        "what happens",
        "what we do",
        "what they do",
    ),
    "What it is like": ("details", "long description", "full description", "more information", "notes", "comments"),
    "Organisation": (
        *("provider", "organisation name", "organization", "organization name", "provider name", "run by", "agency"),
        *("charity", "delivered by", "service provider"),
    ),
    "Organisation kind": ("sector", "provider type", "organisation type"),
    "Charity number": ("charity no", "registered charity number", "registered number"),
    "Organisation website": ("provider website", "organisation url"),
    "Telephone": ("phone", "tel", "phone number", "telephone number", "contact number", "contact phone", "tel no"),
    "E-mail": ("email", "email address", "e mail address", "contact email", "public email"),
    "Group website": ("website", "web", "url", "web address", "web site", "link", "website address"),
    "Venue": ("location", "venue name", "building", "place", "location name", "where"),
    "Address": (
        *("street", "street address", "address line 1", "address 1", "address line 2", "full address"),
        "venue address",
    ),
    "Town": ("city", "town city", "town or city", "city town"),
    "Postcode": ("post code", "postal code", "zip"),
    "When": (
        *("day and time", "days and times", "times", "opening times", "opening hours", "day time", "time"),
        *("day", "days", "day s"),
    ),
    "Cost": ("price", "charge", "fee", "charges", "fees", "how much", "cost to attend"),
    "Free": ("is it free", "free of charge"),
    "Only for people who are": ("eligibility", "who is eligible", "eligibility criteria"),
    "More about joining": ("referral", "how to join", "referral route", "how to access", "access", "referral process"),
    "Accessibility": ("disabled access", "accessible"),
    "Id in that list": ("id", "ref", "reference", "service id", "unique id", "record id", "uid", "slug", "identifier"),
    "What it is": ("type", "service type", "category", "type of service", "kind", "record type"),
    "Languages": ("language",),
}
#: Folded titles of columns of times, which belong to the days in another one.
_CLOCK_TITLES = frozenset(
    ("start", "start time", "starts", "from", "finish", "finish time", "end", "end time", "ends", "until")
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{8,16}[0-9]")
_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


def _is_a_time(text: str) -> bool:
    """Return whether a text says when something meets, clearly or not."""
    return not isinstance(parse(text, today()), Refused)


#: What the values of a column must look like, and in what part of them.
_VALUES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("Postcode", is_postcode),
    ("E-mail", _EMAIL.fullmatch),
    ("Group website", _URL.fullmatch),
    ("Telephone", _PHONE.fullmatch),
    ("When", _is_a_time),
)
_MOST_LOOKED_AT, _SHARE = 40, 0.6


def guess_columns(table: Table, known: Iterable[str]) -> dict[str, str]:
    """Return our column for each title of a foreign file; "" where nothing is likely.

    Each of ours is guessed once, but for times beside their day.
    """
    by_fold = {fold(title): title for title in known}
    guesses: dict[str, str] = {}
    for title in table.titles:
        guesses[title] = by_fold.get(fold(title), "")
    for title in table.titles:
        if not guesses[title]:
            named = (ours for ours, others in _TITLES.items() if fold(title) in others)
            guesses[title] = next((ours for ours in named if ours not in guesses.values()), "")
    for title in table.titles:
        if not guesses[title]:
            guesses[title] = next(
                (ours for ours, fits in _VALUES if ours not in guesses.values() and _mostly(table, title, fits)), ""
            )
    if WHEN in guesses.values():
        guesses |= {title: WHEN for title in table.titles if not guesses[title] and fold(title) in _CLOCK_TITLES}
    return guesses


def _mostly(table: Table, title: str, fits: Callable[[str], object]) -> bool:
    values = values_of(table, title)[:_MOST_LOOKED_AT]
    return bool(values) and sum(bool(fits(value)) for value in values) >= _SHARE * len(values)
