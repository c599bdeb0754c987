"""The related rows of a group that a spreadsheet row covers: relations, schedules and joining routes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from ..models import JoiningRoute, Schedule, SupportGroup, Venue
from ..querysets import GroupQuerySet

#: The many-to-many relations, each a column.
LINKS = ("topics", "activities", "audiences", "languages", "areas_served", "contacts")


@dataclass
class RowRelations:
    """The related rows of a group, as they are or as the import sets them."""

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


def with_relations(groups: GroupQuerySet) -> GroupQuerySet:
    """Return the queryset with everything that a row needs, in a fixed number of queries."""
    return groups.select_related("organisation", "venue__town__district", "town__district").prefetch_related(
        Prefetch("schedules", Schedule.objects.select_related("venue")), "routes", *LINKS
    )


def row_relations(group: SupportGroup) -> RowRelations:
    """Return the related rows of a group, cached on the instance; empty for a new group."""
    if not hasattr(group, "_row_relations"):
        group._row_relations = _load(group) if group.pk else RowRelations()
    return group._row_relations


def _load(group: SupportGroup) -> RowRelations:
    links = {name: list(getattr(group, name).all()) for name in LINKS}
    own = [contact for contact in links["contacts"] if contact.organisation_id == group.organisation_id]
    other_contacts = [contact for contact in links["contacts"] if contact.organisation_id != group.organisation_id]
    return RowRelations(
        links | {"contacts": own},
        sorted(group.schedules.all(), key=lambda row: row.pk),
        sorted(group.routes.all(), key=lambda row: row.pk),
        other_contacts,
    )


def public_venue(group: SupportGroup) -> Venue | None:
    """Return the venue of a group unless its address is confidential."""
    return group.venue if group.venue and not group.venue.address_is_confidential else None


def shown_as_contact_first(groups: Iterable[SupportGroup]) -> list[SupportGroup]:
    """Return those of a file's groups whose "just come along" visitors do not read, because the address is hidden."""
    return [group for group in groups if group.public_joining_with(row_relations(group).schedules) != group.joining]
