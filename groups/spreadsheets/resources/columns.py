"""Columns of the sheets of single models: id, owner, place, and lists of texts."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.dates import today
from common.text import fold
from organisations.choices import Publication
from places.location.town_choice import disagreement
from places.models import Postcode
from places.postcodes import compact_postcode, is_postcode

from ...in_words.opening_hours import read_opening_hours
from ..addresses import with_line
from ..cells import is_blank_marker
from ..columns import Address, Cell, Choice, Column, Text
from ..list_columns import ContactsCell, LinkColumn
from ..organisation_columns import ORGANISATION, PostcodeCell, is_called
from ..row_importer import REVISION, version_text
from ..row_state import RowState
from ..towns import TownLookup, UnknownTown

ID, PUBLICATION = "Id", "Public or not"
ADDRESS, TOWN, POSTCODE = "Address", "Town", "Postcode"


class IdColumn(Column):
    """The column of the public id, by which a row is found. Read-only."""

    is_read_only = True

    def __init__(self) -> None:
        super().__init__(
            "public_id", ID, Cell(), "Says which one this is. Leave it as it is; for a new one leave it empty."
        )

    def put(self, state: RowState, text: str) -> None:
        pass


class VersionColumn(Column):
    """The column of the version of a row at its export. Read-only."""

    is_read_only = True

    def __init__(self) -> None:
        super().__init__("version", REVISION, Cell(), "Tells us if somebody else changed it since. Leave it as it is.")

    def value(self, state: RowState) -> str:
        return "" if state.is_new else version_text(state.instance)

    def put(self, state: RowState, text: str) -> None:
        pass


class PublicationColumn(Column):
    """The column that says whether a listing is public. Read-only."""

    is_read_only = True

    def __init__(self) -> None:
        about = "Only to read. New ones are drafts; publish them on their list."
        super().__init__("publication", PUBLICATION, Choice(Publication), about, "Draft")

    def put(self, state: RowState, text: str) -> None:
        if fold(text) != fold(self.export(state)):
            raise ValueError("A sheet publishes nothing, and takes nothing off. Do that on their list.")


class OwnerColumn(Column):
    """The column of the organisation that a row belongs to. An import never changes it."""

    is_read_only = True

    def __init__(self) -> None:
        about = "Whose it is: the name of an organisation that is in our list."
        super().__init__("organisation", ORGANISATION, Text(120), about, "Take Off", path="organisation.name")

    def put(self, state: RowState, text: str) -> None:
        owner = state.instance.organisation
        if not is_called(owner, text):
            raise ValueError(f"This belongs to {owner}. A sheet does not give it to another organisation.")


class LinesCell(Cell):
    """A list of texts, one in each line."""

    kind = "Any words, one in each line."

    def parse(self, text: str) -> list[str]:
        return [line.strip() for line in text.split("\n") if line.strip()]

    def render(self, value: Any) -> str:
        return "\n".join(value or [])

    def emptied(self) -> list[str]:
        return []


class OwnContactsColumn(LinkColumn):
    """The column of the contacts with a role of the row's own organisation. Other links are kept."""

    def __init__(self) -> None:
        super().__init__(
            "contacts", "Contacts", ContactsCell(), "By role, of the same organisation.", "Peer Lead (Joining a group)"
        )

    def value(self, state: RowState) -> list[Any]:
        return [contact for contact in super().value(state) if self._is_own(state, contact)]

    def put(self, state: RowState, text: str) -> None:
        others = [contact for contact in super().value(state) if not self._is_own(state, contact)]
        super().put(state, text)
        state.links[self.name] += others

    def _is_own(self, state: RowState, contact: Any) -> bool:
        return bool(contact.role_title) and contact.organisation_id == state.instance.organisation_id


class PlaceLookup:
    """The towns and postcodes that one file names, each looked up once."""

    def __init__(self) -> None:
        self._towns = TownLookup()
        self._postcodes: dict[str, Postcode] = {}

    def load(self, rows: Iterable[Mapping[str, str]], instances: Iterable[Any]) -> None:
        """Load the towns and postcodes of the cells, and the postcodes that the instances have."""
        cells = [*rows]
        postcodes = {row.get(POSTCODE, "") for row in cells} | {instance.postcode for instance in instances}
        compact = {compact_postcode(each) for each in postcodes if is_postcode(each)}
        self._postcodes = Postcode.objects.select_related("district").in_bulk(compact)
        self._towns.load({row.get(TOWN, "") for row in cells}, self._postcodes.values())

    def postcode_of(self, instance: Any) -> Postcode | None:
        """Return the row of the postcode of an instance, if we know it."""
        return self._postcodes.get(compact_postcode(instance.postcode)) if instance.postcode else None

    def put_town(self, state: RowState, words: str) -> None:
        """Set the town of an instance: the one of that name at its postcode. Raises ValueError if there is none.

        A town that we do not know becomes a line of the address where the postcode is known.
        """
        instance = state.instance
        try:
            found = self._towns.find(words, self.postcode_of(instance), instance.town)
        except UnknownTown as error:
            raise ValueError(str(error)) from None
        instance.town = found.town
        if found.town is None:
            instance.address = with_line(instance.address, words.partition(",")[0].strip())
        if found.remark:
            state.remarks = [*state.remarks, found.remark]

    def finish(self, state: RowState, titles: set[str]) -> None:
        """Set the position of an instance whose postcode or town has changed. Raises ValueError if there is none."""
        instance = state.instance
        postcode = self.postcode_of(instance)
        is_by_hand = getattr(instance, "position_is_by_hand", False)
        if POSTCODE in titles and instance.postcode and not (postcode or instance.town or is_by_hand):
            raise ValueError(
                f"We do not know {instance.postcode}. Is it typed right? If it is, write the town as well."
            )
        if postcode and instance.town and POSTCODE in titles and TOWN not in titles:
            remark = disagreement(instance.town, postcode)
            state.remarks = [*state.remarks, *([f"{remark} Is one of the two wrong?"] if remark else [])]
        instance.set_position(postcode)


class PlaceColumn(Column):
    """A column of an address: empty and read-only if the address of the organisation is hidden."""

    def value(self, state: RowState) -> Any:
        return None if _is_hidden(state) else super().value(state)

    def put(self, state: RowState, text: str) -> None:
        if _is_hidden(state):
            raise ValueError(
                "A group of theirs meets confidentially, and may be at this address. Change it on its own page."
            )
        self.put_place(state, text)

    def put_place(self, state: RowState, text: str) -> None:
        """Set what the column is of. Raises ValueError with a message for the editor."""
        super().put(state, text)


class AddressColumn(PlaceColumn):
    """The column of the lines of an address, without town and postcode."""

    def __init__(self, about: str) -> None:
        super().__init__("address", ADDRESS, Text(), about, "1 Fore Street")


class PostcodeColumn(PlaceColumn):
    """The column of a postcode, which is put before the town."""

    def __init__(self, about: str) -> None:
        super().__init__("postcode", POSTCODE, PostcodeCell(), about, "TA20 1PP")


class OpeningHoursCell(Cell):
    """Opening hours in words, as people type them."""

    kind = "Days and times."

    def parse(self, text: str) -> str:
        return read_opening_hours(text, today()).text


class OpeningHoursColumn(PlaceColumn):
    """The column of opening hours, which can disclose an address as much as its text does."""

    def __init__(self) -> None:
        about = "When people can walk in, not when groups meet."
        super().__init__("opening_hours", "Opening hours", OpeningHoursCell(), about, "Monday to Friday, 9am to 5pm")


class TownColumn(PlaceColumn):
    """The column of a town, which is chosen by the postcode."""

    def __init__(self, places: PlaceLookup, about: str) -> None:
        super().__init__("town", TOWN, Cell(), about, "Chard, Somerset")
        self.cell.kind = "A town, with its district if need be."
        self.places = places

    def put_place(self, state: RowState, text: str) -> None:
        if is_blank_marker(text):
            state.instance.town = None
        else:
            self.places.put_town(state, text)


def _is_hidden(state: RowState) -> bool:
    """Return whether the address of an organisation is hidden. A venue in a sheet is never confidential."""
    return bool(getattr(state.instance, "address_is_hidden", False))


def source_columns() -> list[Column]:
    """Return new columns of the source of a listing."""
    return [
        Column("source_name", "Source", Text(200), "Where we were told this.", "A leaflet"),
        Column("source_url", "Address of the source", Address(), "Its page, if it has one."),
        Column("source_dated", "Date of the source", Text(60), "In words, as it is known.", "July 2026"),
    ]
