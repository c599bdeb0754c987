"""What in a text would give a confidential venue away: a postcode, its name, its street. Pure."""

import re
from dataclasses import dataclass

from places.text import fold

_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(
    r"^(?:(?:flat|unit|room|suite|floor)\s+)?[0-9]+[a-z]?(?:\s*[-/–]\s*[0-9]+[a-z]?)?[\s,]+", re.IGNORECASE
)
#: A line of an address that is a street, or begins with a number, is a secret; "Somerset" is not.
_STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|avenue|ave|close|court|crescent|drive|way|place|square|terrace|row|hill|mews|walk|"
    r"gardens|grove|park|parade|yard|green|quay|wharf|broadway|gate)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Secret:
    """What nobody may learn of a venue."""

    name: str
    address: str = ""

    @property
    def words(self) -> list[str]:
        """What must not stand in a text: the venue's name, and the streets of its address."""
        streets = []
        for line in re.split(r"[\n,]", self.address):
            street = _HOUSE_NUMBER.sub("", line.strip())
            if street and (street != line.strip() or _STREET.search(street)):
                streets.append(street)
        return [word for word in (self.name, *streets) if len(fold(word)) > 3]

    def told_in(self, text: str) -> list[str]:
        """What a text tells of it, in the text's own words: postcodes of any kind, its name, its street."""
        folded = f" {fold(text)} "
        told = [found.group() for found in _POSTCODE.finditer(text)]
        return told + [word for word in self.words if f" {fold(word)} " in folded]
