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
from places.postcodes import compact_postcode, is_postcode, spaced_postcode, split_at_postcode

from ..models import SupportGroup, Venue

#: The most letters of a name, and the most words: what is longer is a sentence.
_LONGEST_NAME, _MOST_WORDS = 120, 8
_AT = re.compile(r"^(?:we meet |it meets |it is |meets )?(?:at|in|from) ", re.IGNORECASE)
_OF_SENTENCES = re.compile(r"\b(?:we|it|they|is|are|was|meet|meets|moved|now|not|or|but)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PlaceReading:
    """What typed words say of a venue: its name, the lines of its address, and its postcode.

    Without a postcode, "", the last line of the address is a town that we know, the only one of its name.
    """

    name: str
    address: tuple[str, ...]
    postcode: str

    @property
    def words(self) -> str:
        """Words that are read as the same, in lines."""
        return "\n".join(filter(None, [self.name, *self.address, self.postcode]))

    @property
    def at(self) -> str:
        """Its postcode or town with the word before it: "at TA20 1PP", "in Chard"."""
        return f"at {self.postcode}" if self.postcode else f"in {self.address[-1]}"


def read_where(words: str) -> PlaceReading | None:
    """Return the venue that words say, "The Guildhall, Fore Street, Chard, TA20 1PP"; None if they are not read.

    They need a postcode, or a town as the last part. What stands before the first comma is the name, and a line behind
    the postcode belongs to the address. A sentence is not read.
    """
    before, postcode, after = split_at_postcode(words)
    name, *address = [*_parts(before), ""]
    name = _AT.sub("", name)
    if not name:
        return None
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS or _OF_SENTENCES.search(name):
        return None
    lines = tuple(line for line in (*address, *_parts(after)) if line)
    if not is_postcode(postcode):
        is_in_a_town = not postcode and lines and only_town(lines[-1]) is not None
        return PlaceReading(f"{name[0].upper()}{name[1:]}", lines, "") if is_in_a_town else None
    return PlaceReading(f"{name[0].upper()}{name[1:]}", lines, spaced_postcode(postcode))


def in_a_line(words: str) -> str:
    """Return the words of a place on one line, with commas."""
    return ", ".join(_parts(words))


def has_confidential_venue(group: SupportGroup) -> bool:
    return group.venue is not None and group.venue.address_is_confidential


def place_words(group: SupportGroup) -> str:
    """Return where a group meets as words in lines, as far as it is no secret: of a confidential venue, its town."""
    if group.venue is None or has_confidential_venue(group):
        return group.place_name
    return "\n".join([group.venue.name, *group.venue.address_lines])


def venues_at(reading: PlaceReading) -> list[Venue]:
    """Return the public venues at the postcode of a reading, those of its name first; in a town those of its name."""
    venues = Venue.objects.filter(address_is_confidential=False).select_related("town")
    if not reading.postcode:
        in_town = venues.filter(town=only_town(reading.address[-1])).order_by("pk")
        return [venue for venue in in_town if _is_called(venue, reading)]
    venues = venues.filter(postcode=reading.postcode)
    return sorted(venues, key=lambda venue: (not _is_called(venue, reading), venue.pk))


def named_venue(reading: PlaceReading, venues: list[Venue]) -> Venue | None:
    """Return that of some venues which a reading names; None for none, and in a town for several."""
    named = [venue for venue in venues if _is_called(venue, reading)]
    return named[0] if len(named) == 1 or (named and reading.postcode) else None


def is_at(venue: Venue, reading: PlaceReading) -> bool:
    """Return whether a venue is at the postcode, or in the town, of a reading."""
    if reading.postcode:
        return venue.postcode == reading.postcode
    return fold_name(venue.place_name) == fold_name(reading.address[-1])


def _is_called(venue: Venue, reading: PlaceReading) -> bool:
    """Return whether a venue has the name of a reading, with or without "the"."""
    names = (fold_name(name).removeprefix("the ") for name in (venue.name, reading.name))
    return len(set(names)) == 1


def other_address(venue: Venue, reading: PlaceReading) -> bool:
    """Return whether a reading has lines of an address that the venue of its name lacks."""
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
    if postcode is None:
        return only_town(reading.address[-1])
    named = fold_name(reading.address[-1])
    return town_at(list(Town.objects.filter(folded_name=named).select_related("district")), postcode)


def only_town(name: str) -> Town | None:
    """Return the only town of a name; None if there is none, or several."""
    towns = list(Town.objects.filter(folded_name=fold_name(name)).select_related("district")[:2])
    return towns[0] if len(towns) == 1 else None


def area_sentence(reading: PlaceReading) -> str:
    """Return in which area the place of a reading is, as a sentence: "TA20 is in Somerset"."""
    if not reading.postcode:
        town = only_town(reading.address[-1])
        area = town.district.name if town else ""
        return f"{reading.address[-1]} is in {area}. If you know the postcode, add it."
    postcode = Postcode.objects.select_related("district").filter(pk=compact_postcode(reading.postcode)).first()
    if postcode is None:
        return f"We do not know the postcode {reading.postcode}. Is it right?"
    return f"{reading.postcode.split()[0]} is in {postcode.district.name}."


def _parts(words: str) -> list[str]:
    """Return what stands between commas and ends of lines."""
    parts = (" ".join(part.split()).strip(" .;") for part in re.split(r"[\n,]", words))
    return [part for part in parts if part]
