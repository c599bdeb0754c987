"""The columns of a group's venue or town. An import selects or adds a venue; it never changes one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NoReturn

from django.core.exceptions import ValidationError

from common.text import fold, fold_name
from places.models import Postcode, Town
from places.postcodes import compact_postcode, is_postcode, spaced_postcode

from ..models import SupportGroup, Venue
from .cells import did_you_mean, is_blank_marker
from .columns import Cell, Column
from .row_state import RowState, public_venue

CONFIDENTIAL = "Confidential"
VENUE, ADDRESS, TOWN, POSTCODE = "Venue", "Address", "Town", "Postcode"
#: For how many unknown towns of a file similar names are suggested: each search is slow.
_MOST_SUGGESTIONS = 20


class PlaceColumn(Column):
    """A column of the venue, or of the town where no venue is known."""

    def __init__(self, name: str, title: str, about: str, example: str, kind: str) -> None:
        super().__init__(name, title, Cell(), about, example)
        self.cell.kind = kind

    def value(self, state: RowState) -> str:
        return venue_cells(state.group)[self.title]


def venue_cells(group: SupportGroup) -> dict[str, str]:
    """Return `{title: text}` of the venue columns; of a confidential venue only that it is confidential."""
    venue = public_venue(group)
    if venue:
        town = str(venue.town or "")
        return {VENUE: venue.name, ADDRESS: venue.address, TOWN: town, POSTCODE: venue.postcode}
    if group.venue:
        return {VENUE: CONFIDENTIAL, ADDRESS: "", TOWN: "", POSTCODE: ""}
    return {VENUE: "", ADDRESS: "", TOWN: str(group.town or ""), POSTCODE: ""}


class VenueResolver:
    """Resolves the venues, towns and postcodes of one file, each looked up once. `new` collects venues to add."""

    def __init__(self) -> None:
        self.new: list[Venue] = []
        self._venues: dict[tuple, list[Venue]] = defaultdict(list)
        self._towns: dict[str, list[Town]] = defaultdict(list)
        self._postcodes: dict[str, Postcode] = {}
        self._all_towns: list[str] | None = None
        self._suggestions = 0

    def load(self, postcodes: Iterable[str], towns: Iterable[str]) -> None:
        """Load the postcodes, towns and public venues that the file names, in bulk."""
        compact = {compact_postcode(each) for each in postcodes if is_postcode(each)}
        self._postcodes = Postcode.objects.select_related("district").in_bulk(compact)
        named = {fold_name(each.partition(",")[0]) for each in towns if each}
        for town in Town.objects.filter(folded_name__in=named).select_related("district"):
            self._towns[town.folded_name].append(town)
        public = Venue.objects.filter(address_is_confidential=False).select_related("town__district").order_by("pk")
        towns_found = [town.pk for matches in self._towns.values() for town in matches]
        for venue in (
            *public.filter(postcode__in=[spaced_postcode(each) for each in compact]),
            *public.filter(postcode="", town__in=towns_found),
        ):
            self._index(venue)

    def assign(self, group: SupportGroup, cells: dict[str, str], current: dict[str, str]) -> None:
        """Set the venue or town of a group from its cells. Raises ValidationError, keyed by column title."""
        given = {title: "" if is_blank_marker(cell) else cell for title, cell in cells.items() if cell}
        changed = {title for title, words in given.items() if words != current[title]}
        if not changed:
            return
        if group.venue and not public_venue(group):
            _reject(min(changed), "The venue of this group is confidential. Change it on the group's own page.")
        name = given.get(VENUE, current[VENUE])
        if fold(name) == fold(CONFIDENTIAL):
            _reject(VENUE, "A confidential venue is chosen on the group's own page, not here. Leave this empty.")
        if not name:
            self._assign_town(group, given, current)
        else:
            group.venue = self._venue(group, name, given, current)

    def _assign_town(self, group: SupportGroup, given: dict[str, str], current: dict[str, str]) -> None:
        for title in (ADDRESS, POSTCODE):
            if given.get(title) and given[title] != current[title]:
                _reject(title, "Write the name of the venue too. Without one, we only keep the town.")
        words = given.get(TOWN, current[TOWN])
        group.town = self._town(words) if words else None
        group.venue = None

    def _venue(self, group: SupportGroup, name: str, given: dict[str, str], current: dict[str, str]) -> Venue:
        before = public_venue(group)
        postcode = given.get(POSTCODE, "")
        if postcode and not is_postcode(postcode):
            _reject(POSTCODE, f"“{postcode}” does not look like a postcode. One looks like TA20 1AA.")
        if (
            before is not None
            and fold(name) == fold(before.name)
            and compact_postcode(given.get(POSTCODE, before.postcode)) == compact_postcode(before.postcode)
        ):
            for title in (ADDRESS, TOWN):
                if given.get(title, current[title]) != current[title]:
                    _reject(title, "A sheet does not change a venue: others may meet there. Change it on its own page.")
            return before
        town = self._town(given[TOWN]) if given.get(TOWN) else None
        known = self._venues.get(_key(name, postcode, town), [])
        if known:
            return self._require_match(known, given, town)
        return self._add(name, given.get(ADDRESS, ""), postcode, town)

    def _require_match(self, known: list[Venue], given: dict[str, str], town: Town | None) -> Venue:
        """Return the venue whose address and town agree with the cells. Raises ValidationError if none does."""
        address = given.get(ADDRESS)
        venue = next(
            (candidate for candidate in known if not address or fold(candidate.address) == fold(address)), None
        )
        if venue is None:
            at = known[0].address.replace("\n", ", ") or "none"
            _reject(
                ADDRESS, f"We know “{known[0]}” with another address: {at}. Leave this empty, or change it on its page."
            )
        if town and venue.town and town != venue.town:
            _reject(TOWN, f"We know “{venue}” in {venue.town}. Leave this empty, or change it on its own page.")
        return venue

    def _add(self, name: str, address: str, postcode: str, town: Town | None) -> Venue:
        known_postcode = self._postcodes.get(compact_postcode(postcode))
        place = known_postcode or town
        if place is None and postcode:
            _reject(POSTCODE, f"We do not know {postcode}. Is it typed right? If it is, write the town as well.")
        if place is None:
            _reject(POSTCODE, f"We have no venue “{name}”. To add it, write its postcode, or its town.")
        if len(name) > 120:
            _reject(VENUE, f"This has {len(name)} letters. Write at most 120.")
        venue = Venue(name=name, address=address, postcode=postcode, town=town)
        venue.set_position(known_postcode)
        # Already loaded: the address is composed of it.
        venue.district = place.district
        self.new.append(venue)
        self._index(venue)
        return venue

    def _town(self, words: str) -> Town:
        name, _, rest = words.partition(",")
        found = self._towns.get(fold_name(name), [])
        if rest.strip():
            found = [town for town in found if fold_name(town.district.name) == fold_name(rest)]
        if len(found) == 1:
            return found[0]
        if found:
            either = " or ".join(f"“{town}”" for town in found[:6])
            _reject(TOWN, f"There are {len(found)} towns called “{words}”. Write {either}.")
        raise ValidationError({TOWN: f"We do not know a town “{words}”.{self._near(name)} Or write its district too."})

    def _near(self, name: str) -> str:
        if self._suggestions >= _MOST_SUGGESTIONS:
            return ""
        self._suggestions += 1
        if self._all_towns is None:
            self._all_towns = list(Town.objects.order_by().values_list("name", flat=True).distinct())
        return did_you_mean(name, self._all_towns)

    def _index(self, venue: Venue) -> None:
        self._venues[_key(venue.name, venue.postcode, venue.town)].append(venue)


def _key(name: str, postcode: str, town: Town | None) -> tuple:
    return (fold(name), compact_postcode(postcode)) if postcode else (fold(name), "", town.pk if town else None)


def _reject(title: str, sentence: str) -> NoReturn:
    raise ValidationError({title: sentence})
