"""The columns of a group's venue or town. An import selects or adds a venue; it never changes one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.db.models import Q

from common.text import fold, fold_name
from places.models import Postcode, Town
from places.postcodes import compact_postcode, is_postcode, spaced_postcode

from ..models import SupportGroup, Venue
from .addresses import is_same_address, with_line
from .cells import is_blank_marker
from .columns import Cell, Column
from .merge_links import with_merge_link
from .name_variants import name_variants
from .row_state import RowState, public_venue
from .towns import FoundTown, TownLookup, UnknownTown

CONFIDENTIAL = "Confidential"
VENUE, ADDRESS, TOWN, POSTCODE = "Venue", "Address", "Town", "Postcode"


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
    """Resolves the venues, towns and postcodes of one file, each looked up once. `new` collects venues to add.

    `editable` are the keys of the organisations that the user edits, who may merge venues where no others meet.
    """

    def __init__(self, editable: Collection[int] = ()) -> None:
        self._editable = set(editable)
        self.new: list[Venue] = []
        self._venues: dict[tuple, list[Venue]] = defaultdict(list)
        self._at_postcode: dict[str, list[Venue]] = defaultdict(list)
        #: The public venues where groups of an organisation meet, by its key.
        self._of_organisation: dict[int, list[Venue]] = {}
        self._towns = TownLookup()
        self._postcodes: dict[str, Postcode] = {}

    def load(self, postcodes: Iterable[str], towns: Iterable[str]) -> None:
        """Load the postcodes, towns and public venues that the file names, in bulk."""
        compact = {compact_postcode(each) for each in postcodes if is_postcode(each)}
        self._postcodes = Postcode.objects.select_related("district").in_bulk(compact)
        self._towns.load(towns, self._postcodes.values())
        public = Venue.objects.filter(address_is_confidential=False).select_related("town__district", "district")
        for venue in (
            *public.filter(postcode__in=[spaced_postcode(each) for each in compact]).order_by("pk"),
            *public.filter(postcode="", town__in=self._towns.loaded).order_by("pk"),
        ):
            self._index(venue)

    def assign(self, group: SupportGroup, cells: dict[str, str], current: dict[str, str]) -> list[str]:
        """Set the venue or town of a group from its cells, and return remarks for the editor.

        Raises ValidationError, keyed by column title.
        """
        given = {title: "" if is_blank_marker(cell) else cell for title, cell in cells.items() if cell}
        given = _named_by_address(given, current)
        changed = {title for title, words in given.items() if words != current[title]}
        if not changed:
            return []
        if group.venue and not public_venue(group):
            _reject(min(changed), "The venue of this group is confidential. Change it on the group's own page.")
        name = given.get(VENUE, current[VENUE])
        if fold(name) == fold(CONFIDENTIAL):
            _reject(VENUE, "A confidential venue is chosen on the group's own page, not here. Leave this empty.")
        if not name:
            self._assign_town(group, given, current)
            return []
        group.venue, remark = self._venue(group, name, given)
        return [remark] if remark else []

    def find_or_add(self, cells: Mapping[str, str]) -> Venue:
        """Return the public venue that cells name, a new one if need be. Raises ValidationError, keyed by title."""
        given = {title: words for title in (ADDRESS, TOWN, POSTCODE) if (words := cells.get(title))}
        return self._venue(SupportGroup(), cells.get(VENUE, ""), given)[0]

    def _assign_town(self, group: SupportGroup, given: dict[str, str], current: dict[str, str]) -> None:
        for title in (ADDRESS, POSTCODE):
            if given.get(title) and given[title] != current[title]:
                _reject(title, "Write the name of the venue too. Without one, we only keep the town.")
        words = given.get(TOWN, current[TOWN])
        group.town = self._town(words, None, group.town).town if words else None
        group.venue = None

    def _venue(self, group: SupportGroup, name: str, given: dict[str, str]) -> tuple[Venue, str]:
        """Return the venue that the cells name, and a remark or ""; the one that the group has, if they name that."""
        before = public_venue(group)
        postcode = given.get(POSTCODE, "")
        if postcode and not is_postcode(postcode):
            _reject(POSTCODE, f"“{postcode}” does not look like a postcode. One looks like TA20 1AA.")
        if (
            before is not None
            and fold_name(name) == fold_name(before.name)
            and compact_postcode(given.get(POSTCODE, before.postcode)) == compact_postcode(before.postcode)
        ):
            self._require_same(before, given)
            return before, ""
        row = self._postcodes.get(compact_postcode(postcode))
        found = self._town(given[TOWN], row) if given.get(TOWN) else FoundTown(None)
        known = self._venues.get(_key(name, postcode, found.town), [])
        if known:
            venue = self._require_match(known, given, found)
            return venue, self._with_merge_link("" if found.namesakes else found.remark, known)
        if not postcode and (own := self._venue_of_organisation(group, name, given, found)):
            return own, found.remark
        others = list(self._at_postcode[compact_postcode(postcode)]) if postcode else []
        venue = self._add(name, given, found)
        remark = " ".join(filter(None, [found.remark, already_here(venue, others)]))
        return venue, self._with_merge_link(remark, others)

    def _with_merge_link(self, remark: str, venues: list[Venue]) -> str:
        """Return a remark with a link to merge those of the venues that are called alike, if the user may do so."""
        alike = called_alike(venue for venue in venues if venue.pk)
        if not alike or not self._edits_all_at(alike):
            return remark
        return with_merge_link(remark, alike)

    def _edits_all_at(self, venues: list[Venue]) -> bool:
        """Return whether groups meet at each of some venues, and only those of organisations that the user edits."""
        for venue in venues:
            there = Q(venue=venue) | Q(schedules__venue=venue) | Q(schedule_changes__venue=venue)
            keys = set(SupportGroup.objects.filter(there).order_by().values_list("organisation_id", flat=True))
            if not keys or not keys <= self._editable:
                return False
        return True

    def _venue_of_organisation(
        self, group: SupportGroup, name: str, given: dict[str, str], found: FoundTown
    ) -> Venue | None:
        """Return the only public venue of this name where groups of the same organisation meet; None for none.

        Raises ValidationError if there are several.
        """
        key = group.organisation_id
        if not key:
            return None
        if key not in self._of_organisation:
            public = Venue.objects.filter(address_is_confidential=False).select_related("town__district", "district")
            self._of_organisation[key] = list(public.used_by({key}).order_by("pk"))
        called = [venue for venue in self._of_organisation[key] if fold_name(venue.name) == fold_name(name)]
        meant = [venue for venue in called if _is_address_of(venue, given) and not _is_elsewhere(venue, found)]
        if len(meant) > 1:
            named = " or ".join(venue.postcode or str(venue.town) for venue in meant[:3])
            _reject(POSTCODE, f"“{name}” may be the one at {named}. Write its postcode.")
        return meant[0] if meant else None

    def _require_same(self, venue: Venue, given: dict[str, str]) -> None:
        """Raise ValidationError if the cells say something else of the venue that a group has."""
        sentence = "A sheet does not change a venue: others may meet there. Change it on its own page."
        for title, value in ((ADDRESS, venue.address), (TOWN, venue.town)):
            if given.get(title) == "" and value:
                _reject(title, sentence)
        if not _is_address_of(venue, given):
            _reject(ADDRESS, sentence)
        row = self._postcodes.get(compact_postcode(venue.postcode))
        if given.get(TOWN) and _is_elsewhere(venue, self._town(given[TOWN], row, venue.town)):
            _reject(TOWN, sentence)

    def _require_match(self, known: list[Venue], given: dict[str, str], found: FoundTown) -> Venue:
        """Return the venue whose address and town agree with the cells. Raises ValidationError if none does."""
        venue = next((candidate for candidate in known if _is_address_of(candidate, given)), None)
        if venue is None:
            at = known[0].address.replace("\n", ", ") or "none"
            _reject(
                ADDRESS, f"We know “{known[0]}” with another address: {at}. Leave this empty, or change it on its page."
            )
        if _is_elsewhere(venue, found):
            _reject(TOWN, f"We know “{venue}” in {venue.town}. Leave this empty, or change it on its own page.")
        return venue

    def _add(self, name: str, given: dict[str, str], found: FoundTown) -> Venue:
        postcode, town = given.get(POSTCODE, ""), found.town
        known_postcode = self._postcodes.get(compact_postcode(postcode))
        place = known_postcode or town
        if place is None and postcode:
            _reject(POSTCODE, f"We do not know {postcode}. Is it typed right? If it is, write the town as well.")
        if place is None:
            _reject(POSTCODE, f"We have no venue “{name}”. To add it, write its postcode, or its town.")
        if len(name) > 120:
            _reject(VENUE, f"This has {len(name)} letters. Write at most 120.")
        address = given.get(ADDRESS, "")
        if town is None and given.get(TOWN):
            # Letters are addressed by it, though it is no town of our list.
            address = with_line(address, _town_name(given))
        venue = Venue(name=name, address=address, postcode=postcode, town=town)
        venue.set_position(known_postcode)
        # Already loaded: the address is composed of it.
        venue.district = place.district
        self.new.append(venue)
        self._index(venue)
        return venue

    def postcode(self, words: str) -> Postcode | None:
        """Return a postcode that was loaded; None for any other text."""
        return self._postcodes.get(compact_postcode(words)) if is_postcode(words) else None

    def town(self, words: str, postcode: Postcode | None) -> Town | None:
        """Return the town with a name, at a postcode or anywhere. Raises `UnknownTown`."""
        return self._towns.find(words, postcode).town

    def _town(self, words: str, postcode: Postcode | None, current: Town | None = None) -> FoundTown:
        try:
            return self._towns.find(words, postcode, current)
        except UnknownTown as error:
            _reject(TOWN, str(error))

    def _index(self, venue: Venue) -> None:
        self._venues[_key(venue.name, venue.postcode, venue.town)].append(venue)
        if venue.postcode:
            self._at_postcode[compact_postcode(venue.postcode)].append(venue)


def called_alike(venues: Iterable[Venue]) -> list[Venue]:
    """Return the first of some venues with similar names, together with those; [] if all names differ."""
    found = [*venues]
    for venue in found:
        alike = [other for other in found if name_variants(other.name) & name_variants(venue.name)]
        if len(alike) > 1:
            return alike
    return []


def _named_by_address(given: dict[str, str], current: dict[str, str]) -> dict[str, str]:
    """Return cells with the first line of the address as the name of the venue, where they have no name of it.

    A venue that has a name and an address is not called by its address.
    """
    if VENUE in given or not given.get(ADDRESS):
        return given
    name, _, rest = (part.strip() for part in given[ADDRESS].partition("\n"))
    if current[ADDRESS] and fold_name(current[VENUE]) != fold_name(name):
        return given
    others = {title: text for title, text in given.items() if title != ADDRESS}
    return others | {VENUE: name} | ({ADDRESS: rest} if rest else {})


def _key(name: str, postcode: str, town: Town | None) -> tuple:
    name = fold_name(name)
    return (name, compact_postcode(postcode)) if postcode else (name, "", town.pk if town else None)


def _is_address_of(venue: Venue, given: dict[str, str]) -> bool:
    """Return whether a row agrees with the address of a venue."""
    place_names = [venue.town.name if venue.town else "", venue.district.name if venue.district else ""]
    endings = [*place_names, _town_name(given), venue.postcode, compact_postcode(venue.postcode)]
    return not given.get(ADDRESS) or is_same_address(given[ADDRESS], venue.address, endings)


def _is_elsewhere(venue: Venue, found: FoundTown) -> bool:
    """Return whether a cell names towns that we know, and none of them is the venue's."""
    return venue.town is not None and bool(found.namesakes) and venue.town not in found.namesakes


def _town_name(given: dict[str, str]) -> str:
    return given.get(TOWN, "").partition(",")[0].strip()


def already_here(venue: Venue, others: list[Venue]) -> str:
    """Return a sentence that names the venues at the postcode of a new one; "" if there are none."""
    if not others:
        return ""
    names = " and ".join(f"“{other.name}”" for other in others[:3])
    are = "are" if others[1:] else "is"
    return f"{names} {are} already here at {venue.postcode}. If that is the same place, write its name instead."


def _reject(title: str, sentence: str) -> NoReturn:
    raise ValidationError({title: sentence})
