"""What a row of the sheet says of a group beside its own fields: its relations, its regular times, its ways in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from ..models import JoiningRoute, Schedule, SupportGroup, Venue
from ..querysets import GroupQuerySet

#: Its relations to many, each a column.
LINKS = ("topics", "activities", "audiences", "languages", "areas_served", "contacts")


@dataclass
class RowRelations:
    """The rows that a group is related to, as they stand and as the sheet would have them."""

    links: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in LINKS})
    schedules: list[Schedule] = field(default_factory=list)
    routes: list[JoiningRoute] = field(default_factory=list)
    #: Contacts of other organisations, which stay as they are and are not shown.
    others_contacts: list[Any] = field(default_factory=list)

    def copy(self) -> "RowRelations":
        return RowRelations(
            {name: list(rows) for name, rows in self.links.items()},
            list(self.schedules),
            list(self.routes),
            self.others_contacts,
        )


def with_all(groups: GroupQuerySet) -> GroupQuerySet:
    """Groups with all that a sheet says of them, in a fixed number of queries."""
    return groups.select_related("organisation", "venue__town__district", "town__district").prefetch_related(
        Prefetch("schedules", Schedule.objects.select_related("venue")), "routes", *LINKS
    )


def row_relations(group: SupportGroup) -> RowRelations:
    """What stands of a group, read once; for a new one, nothing."""
    if not hasattr(group, "_given"):
        group._given = _read(group) if group.pk else RowRelations()
    return group._given


def _read(group: SupportGroup) -> RowRelations:
    links = {name: list(getattr(group, name).all()) for name in LINKS}
    own = [contact for contact in links["contacts"] if contact.organisation_id == group.organisation_id]
    others = [contact for contact in links["contacts"] if contact.organisation_id != group.organisation_id]
    return RowRelations(
        links | {"contacts": own},
        sorted(group.schedules.all(), key=lambda one: one.pk),
        sorted(group.routes.all(), key=lambda one: one.pk),
        others,
    )


def open_venue(group: SupportGroup) -> Venue | None:
    """The venue that a sheet may name: none that is confidential."""
    return group.venue if group.venue and not group.venue.address_is_confidential else None


def shown_as_contact_first(groups: Iterable[SupportGroup]) -> list[SupportGroup]:
    """Return those of a file's groups whose "just come along" visitors do not read, because the address is hidden."""
    return [group for group in groups if group.public_joining_with(row_relations(group).schedules) != group.joining]
