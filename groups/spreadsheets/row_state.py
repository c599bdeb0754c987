"""The state of a row: its instance, the related rows that the columns cover, and what the import changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..models import JoiningRoute, Schedule, SourceRecord, SupportGroup, Venue

#: Title of a column, its text before, its text after.
Change = tuple[str, str, str]
#: The many-to-many relations, each a column.
LINKS = ("topics", "activities", "audiences", "languages", "areas_served", "contacts")
#: The titles of the columns of the plain contact of a group.
CONTACT_TITLES = PHONE, EMAIL, AGREED = "Telephone", "E-mail", "Contact agreed by"


@dataclass
class RowRelations:
    """The related rows of an instance, as they are or as the import sets them: of a group, unless links are given."""

    links: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in LINKS})
    schedules: list[Schedule] = field(default_factory=list)
    routes: list[JoiningRoute] = field(default_factory=list)
    #: Contacts of other organisations, which are neither exported nor changed.
    other_contacts: list[Any] = field(default_factory=list)

    def copy(self) -> "RowRelations":
        return RowRelations(
            {name: list(rows) for name, rows in self.links.items()},
            list(self.schedules),
            list(self.routes),
            self.other_contacts,
        )


@dataclass
class RowState:
    """A row of a file, imported or exported: its instance, with the fields and related rows as the import sets them."""

    instance: Any
    #: Counted as the spreadsheet counts them; 0 in an export.
    number: int
    is_new: bool
    #: As they were before the import.
    previous: RowRelations
    relations: RowRelations
    changes: list[Change] = field(default_factory=list)
    #: What the editor is told of the row, as sentences.
    remarks: list[str] = field(default_factory=list)
    #: Whether the row says its times at other places in another cell, so that its times are those at its own alone.
    keeps_times_elsewhere: bool = False
    #: Which entry of another list it is, if any: the one that the row names, else the first.
    record: SourceRecord | None = None

    @property
    def group(self) -> SupportGroup:
        """The instance of a row of the sheet of groups."""
        group: SupportGroup = self.instance
        return group

    @property
    def label(self) -> list[str]:
        """The name of the row in previews, with its owner, in a line or two."""
        title = getattr(self.instance, "name", "") or getattr(self.instance, "title", "")
        owner = getattr(self.instance, "organisation", None)
        return [title or str(self.instance), *([str(owner)] if title and owner else [])]

    @property
    def links(self) -> dict[str, list[Any]]:
        """The rows of each many-to-many relation that an import sets."""
        return self.relations.links

    @property
    def changes_group(self) -> bool:
        """Whether the group itself changes: a new number of the same contact is a change of the contact alone."""
        contacts = [{row.pk for row in each.links["contacts"]} for each in (self.previous, self.relations)]
        return contacts[0] != contacts[1] or any(title not in CONTACT_TITLES for title, _, _ in self.changes)

    @classmethod
    def of(
        cls,
        instance: Any,
        number: int = 0,
        previous: RowRelations | None = None,
        record: SourceRecord | None = None,
    ) -> "RowState":
        """Return the state of an instance with the given related rows before anything is imported."""
        previous = previous or RowRelations()
        return cls(instance, number, instance.pk is None, previous, previous.copy(), record=record)


def public_venue(group: SupportGroup) -> Venue | None:
    """Return the venue of a group unless its address is confidential."""
    return group.venue if group.venue and not group.venue.address_is_confidential else None


def shown_as_contact_first(states: Iterable[RowState]) -> list[SupportGroup]:
    """Return those of a file's groups whose "just come along" visitors do not read, because the address is hidden."""
    return [
        state.group
        for state in states
        if state.group.public_joining_with(state.relations.schedules) != state.group.joining
    ]
