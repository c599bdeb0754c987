"""Confidential venues: detect their disclosure in texts, and derive how people join their groups. Pure functions."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from common.text import fold

from .choices import Joining

_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(
    r"^(?:(?:flat|unit|room|suite|floor)\s+)?[0-9]+[a-z]?(?:\s*[-/–]\s*[0-9]+[a-z]?)?[\s,]+", re.IGNORECASE
)
#: A line of an address is confidential if it is a street or begins with a number; "Somerset" is not.
_STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|avenue|ave|close|court|crescent|drive|way|place|square|terrace|row|hill|mews|walk|"
    r"gardens|grove|park|parade|yard|green|quay|wharf|broadway|gate)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ConfidentialTerms:
    """The terms that disclose a confidential venue."""

    name: str
    address: str = ""

    @property
    def words(self) -> list[str]:
        """The venue's name and the streets of its address, each longer than three characters."""
        streets = []
        for line in re.split(r"[\n,]", self.address):
            street = _HOUSE_NUMBER.sub("", line.strip())
            if street and (street != line.strip() or _STREET.search(street)):
                streets.append(street)
        return [word for word in (self.name, *streets) if len(fold(word)) > 3]

    def disclosed_in(self, text: str) -> list[str]:
        """Return what a text discloses: any postcodes, the venue's name, its streets."""
        folded = f" {fold(text)} "
        postcodes = [match.group() for match in _POSTCODE.finditer(text)]
        return postcodes + [word for word in self.words if f" {fold(word)} " in folded]


def public_joining(
    joining: str,
    *,
    meets_in_person: bool,
    venue_is_hidden: bool,
    regular_venues: Iterable[tuple[datetime.date | None, bool | None]],
    dates_are_public: bool,
    today: datetime.date,
) -> Joining:
    """Return how visitors are told to join: "contact first" where "just come" would leave them without an address.

    `regular_venues` has the last date of each pattern, and whether its own venue is confidential: None where it meets
    at the group's venue. A group whose patterns in force all have a public venue can be found, whatever its own venue
    is; but only where its dates are public, because those say which venue is meant.
    """
    if joining != Joining.JUST_COME or not meets_in_person:
        return Joining(joining)
    in_force = [is_hidden for last_date, is_hidden in regular_venues if last_date is None or last_date >= today]
    hidden = [venue_is_hidden if is_hidden is None else is_hidden for is_hidden in in_force]
    if not hidden or not dates_are_public:
        hidden.append(venue_is_hidden)
    return Joining.CONTACT_FIRST if any(hidden) else Joining.JUST_COME
