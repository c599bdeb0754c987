"""What a feed says of an organisation that a sheet of groups has no columns for: its office, how it works, its names.

It is filled in where the import adds the organisation, as a draft. One that is here is never changed by it: an address
may have been left out so that nobody knows it. What is said otherwise is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.text import shortened
from organisations.choices import YesNo
from organisations.models import Organisation
from places.postcodes import is_postcode

from .addresses import with_line
from .cells import is_blank_marker
from .organisation_columns import OrganisationResolver
from .towns import UnknownTown
from .venue_columns import VenueResolver

FORMER_NAMES, NAME_NOTE = "Former names", "When its name changed"
APPROACH, RECOGNISES = "Its approach", "What it recognises"
USER_LED, USER_LED_NOTE = "Led by people with lived experience", "More about who leads it"
OFFICE_ADDRESS, OFFICE_TOWN, OFFICE_POSTCODE = "Office address", "Office town", "Office postcode"
OFFICE_HOURS = "Office hours"
#: The fields that are texts. Opening hours are in the form that is stored: the reader of a feed has no other.
_FIELDS = {
    NAME_NOTE: "former_names_note",
    APPROACH: "approach",
    RECOGNISES: "recognises",
    USER_LED_NOTE: "user_led_note",
    OFFICE_ADDRESS: "address",
    OFFICE_HOURS: "opening_hours",
}
_LONGEST_NAME_NOTE = 200
ORGANISATION_DETAILS = (FORMER_NAMES, *_FIELDS, USER_LED, OFFICE_TOWN, OFFICE_POSTCODE)


@dataclass
class OrganisationDetails:
    """The details of the organisations of one file."""

    organisations: OrganisationResolver
    places: VenueResolver
    #: What is said otherwise of organisations that are here, each once: the organisation, and a sentence.
    differing: dict[tuple[Organisation, str], None] = field(default_factory=dict)
    _filled: set[int] = field(default_factory=set)

    def assign(self, organisation: Organisation, cells: Mapping[str, str]) -> None:
        """Fill in a new organisation from cells, once; of one that is here, note what they say otherwise."""
        filled = {title: text for title in ORGANISATION_DETAILS if (text := cells.get(title))}
        given = {title: text for title, text in filled.items() if not is_blank_marker(text)}
        state = self.organisations.states.get(organisation.pk)
        if not given:
            return
        if state is None or not state.is_new:
            self._compare(organisation, given)
        elif organisation.pk not in self._filled:
            self._filled.add(organisation.pk)
            self._fill(organisation, given)
            state.changes += [(title, "", text) for title, text in given.items()]

    def _fill(self, organisation: Organisation, given: Mapping[str, str]) -> None:
        for title, name in _FIELDS.items():
            setattr(organisation, name, given.get(title, ""))
        organisation.former_names_note = shortened(organisation.former_names_note, _LONGEST_NAME_NOTE)
        organisation.user_led = next((each for each in YesNo if each.label == given.get(USER_LED)), YesNo.NOT_SAID)
        if names := given.get(FORMER_NAMES):
            self.organisations.set_former_names(organisation, names.split("\n"))
        self._place(organisation, given.get(OFFICE_POSTCODE, ""), given.get(OFFICE_TOWN, ""))

    def _place(self, organisation: Organisation, postcode: str, town: str) -> None:
        row = self.places.postcode(postcode)
        organisation.postcode = postcode if is_postcode(postcode) else ""
        try:
            organisation.town = self.places.town(town, row) if town else None
        except UnknownTown:
            organisation.town = None
        if organisation.town is None and town:
            # Letters are addressed by it, though it is no town of our list.
            organisation.address = with_line(organisation.address, town)
        organisation.set_position(row)

    def _compare(self, organisation: Organisation, given: Mapping[str, str]) -> None:
        ours = {title: getattr(organisation, name) for title, name in _FIELDS.items()}
        ours |= {FORMER_NAMES: "\n".join(organisation.former_names), OFFICE_POSTCODE: organisation.postcode}
        for title, text in ours.items():
            if title in given and compact(given[title]) != compact(text):
                self.differing[organisation, f"{title}: {given[title]}"] = None


def compact(text: str) -> str:
    """Return a text as it is compared: without spaces, in small letters."""
    return "".join(text.split()).casefold()


def places_of(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return the postcodes and towns of the offices of some rows, in pairs."""
    return [(row.get(OFFICE_POSTCODE, ""), row.get(OFFICE_TOWN, "")) for row in rows]
