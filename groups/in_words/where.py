"""Where a group meets, typed in words: the name of a venue, its address and its postcode; and the venue that is meant.

A venue that is confidential is never found, named or changed by this.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from common.text import fold, fold_name
from organisations.models import single_revision
from places.location.town_choice import town_at
from places.models import Postcode, Town
from places.postcodes import apart_from_postcode, compact_postcode, is_postcode, spaced_postcode

from ..models import SupportGroup, Venue

#: The most letters of a name, and the most words: what is longer is a sentence.
_LONGEST_NAME, _MOST_WORDS = 120, 8
_AT = re.compile(r"^(?:we meet |it meets |it is |meets )?(?:at|in|from) ", re.IGNORECASE)
_OF_SENTENCES = re.compile(r"\b(?:we|it|they|is|are|was|meet|meets|moved|now|not|or|but)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PlaceReading:
    """What typed words say of a venue: its name, the lines of its address, and its postcode."""

    name: str
    address: tuple[str, ...]
    postcode: str

    @property
    def words(self) -> str:
        """Words that are read as the same, in lines."""
        return "\n".join([self.name, *self.address, self.postcode])


def read_where(words: str) -> PlaceReading | None:
    """Return the venue that words say, "The Guildhall, Fore Street, Chard, TA20 1PP"; None if they are not read.

    They need a postcode. What stands before the first comma is the name, and a line behind the postcode belongs to the
    address. A sentence is not read.
    """
    before, postcode, after = apart_from_postcode(words)
    name, *address = [*_parts(before), ""]
    name = _AT.sub("", name)
    if not is_postcode(postcode) or not name:
        return None
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS or _OF_SENTENCES.search(name):
        return None
    lines = tuple(line for line in (*address, *_parts(after)) if line)
    return PlaceReading(f"{name[0].upper()}{name[1:]}", lines, spaced_postcode(postcode))


def in_a_line(words: str) -> str:
    """Return the words of a place in one line, with commas."""
    return ", ".join(_parts(words))


def has_confidential_venue(group: SupportGroup) -> bool:
    return group.venue is not None and group.venue.address_is_confidential


def place_words(group: SupportGroup) -> str:
    """Return where a group meets as words in lines, as far as it is no secret: of a confidential venue, its town."""
    if group.venue is None or has_confidential_venue(group):
        return group.place_name
    return "\n".join([group.venue.name, *group.venue.address_lines])


def venues_at(reading: PlaceReading) -> list[Venue]:
    """Return the public venues at the postcode of a reading, those of its name first."""
    venues = Venue.objects.filter(postcode=reading.postcode, address_is_confidential=False).select_related("town")
    return sorted(venues, key=lambda venue: (not _is_called(venue, reading), venue.pk))


def named_venue(reading: PlaceReading, venues: list[Venue]) -> Venue | None:
    """Return that of some venues which a reading names; None if there is none."""
    return next((venue for venue in venues if _is_called(venue, reading)), None)


def _is_called(venue: Venue, reading: PlaceReading) -> bool:
    """Return whether a venue has the name of a reading, with or without "the"."""
    names = (fold_name(name).removeprefix("the ") for name in (venue.name, reading.name))
    return len(set(names)) == 1


def other_address(venue: Venue, reading: PlaceReading) -> bool:
    """Return whether a reading has lines of an address that the venue of its name has not."""
    known = fold(" ".join([*venue.address.splitlines(), venue.place_name]))
    return any(fold(line) not in known for line in reading.address)


def add_venue(reading: PlaceReading, reason: str) -> Venue:
    """Store the venue of a reading, in the town that its address ends with, by the postcode as imports do.

    Raises `ValidationError` for a postcode that we do not know without a town that we know. `reason` is that of its
    first revision.
    """
    postcode = Postcode.objects.filter(pk=compact_postcode(reading.postcode)).first()
    town = _town_of(reading, postcode)
    address = reading.address[:-1] if town else reading.address
    if postcode is None and town is None:
        raise ValidationError(
            f"We do not know the postcode {reading.postcode}. Is it typed right? If it is, add the venue on a page of "
            "its own, with its town."
        )
    venue = Venue(name=reading.name, address="\n".join(address), postcode=reading.postcode, town=town)
    venue.set_position(postcode)
    venue.full_clean()
    with single_revision(venue, reason):
        venue.save()
    return venue


def _town_of(reading: PlaceReading, postcode: Postcode | None) -> Town | None:
    """Return the town that the last line of an address names: at the postcode, or else the only one of its name."""
    if not reading.address:
        return None
    named = fold_name(reading.address[-1])
    towns = list(Town.objects.filter(folded_name=named).select_related("district"))
    if postcode is not None:
        return town_at(towns, postcode)
    return towns[0] if len(towns) == 1 else None


def _parts(words: str) -> list[str]:
    """Return what stands between commas and ends of lines."""
    parts = (" ".join(part.split()).strip(" .;") for part in re.split(r"[\n,]", words))
    return [part for part in parts if part]
