"""Whether a listing has changed since a report or proposal was made, by its history and that of its venue and contacts.

Nobody is told that a page was put right without a change: see docs/adr/0022-moderation-of-public-feedback.md.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from organisations.revisions.snapshots import State, states

from ..choices import ReportPart
from ..models import SupportGroup, Venue
from .models.proposal import Proposal
from .models.report import Report

#: Fields that count for every part: the listing has ended, is paused, or was unpublished.
_ANSWERS_ALL = {"publication", "stage", "ended_on", "paused_since", "paused_until"}


@dataclass(frozen=True)
class Aspect:
    """The part of a listing that a report is about: fields, relations, columns of child rows, and related objects.

    Of child rows (schedules, say), all columns but `without_columns` count; if `only_columns` is set, only those.
    """

    names: frozenset[str]
    without_columns: frozenset[str] = frozenset({"id"})
    only_columns: frozenset[str] = frozenset()
    venues: bool = False
    contacts: bool = False

    def values_in(self, state: State) -> list[Any]:
        """Return what a snapshot holds of this part, as values that can be compared."""
        names = self.names | _ANSWERS_ALL
        return [
            {name: value for name, value in state.fields.items() if name in names},
            {name: keys for name, keys in state.links.items() if name in names},
            {name: self._rows(rows) for name, rows in state.parts.items() if name in names},
        ]

    def _rows(self, rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
        return sorted(sorted((name, str(value)) for name, value in row.items() if self._counts(name)) for row in rows)

    def _counts(self, column: str) -> bool:
        return column in self.only_columns if self.only_columns else column not in self.without_columns


_ROWS = ("schedules", "schedule_changes")

#: The aspect of each part that a report may be about; a part that is not listed is about anything.
ASPECTS = {
    ReportPart.TIME: Aspect(
        frozenset(
            {*_ROWS, "times_are_withheld", "stage_note", "paused_because", "when_and_where"}
            | {"starts_on", "ends_on", "session_count"}
        ),
        without_columns=frozenset({"id", "venue_id"}),
    ),
    ReportPart.HOURS: Aspect(frozenset({"opening_hours"})),
    ReportPart.PLACE: Aspect(
        frozenset(
            {
                *_ROWS,
                *("venue", "town", "areas_served", "meets_in_person", "meets_online", "meets_by_phone"),
                *("online_link", "how_to_take_part_from_home", "when_and_where", "where_they_work"),
            }
        ),
        only_columns=frozenset({"venue_id", "note", "words"}),
        venues=True,
    ),
    ReportPart.AREA: Aspect(frozenset({"areas_served", "where_they_work", "town", "venue"}), venues=True),
    ReportPart.WAYS: Aspect(
        frozenset({"one_to_one", "support_route", "support_note", "recruiting", "becoming_one"})
        | {"lived_experience", "contacts", "training_given", "hours"},
        contacts=True,
    ),
    ReportPart.COST: Aspect(frozenset({"is_free", "cost_note", "price", "description"})),
    ReportPart.PAY: Aspect(frozenset({"pay", "pay_note", "hours"})),
    ReportPart.CONTACT: Aspect(frozenset({"contacts", "website", "routes", "joining_note"}), contacts=True),
    ReportPart.CLOSED: Aspect(
        frozenset({"joining", "joining_note", "look_again_on", "routes", "wants_members", "audiences"})
        | {"age_from", "age_to", "stage_note"}
    ),
    ReportPart.ENDED: Aspect(frozenset({"where_members_went", "what_became_of_it", "stage_note", "paused_because"})),
}


def has_changed_since(listing: Any, moment: datetime.datetime, part: str = "") -> bool:
    """Return whether a listing differs from its state at a moment; with `part`, only the fields of that part.

    A change that was undone does not count. Venues and contacts count where the part includes them.
    """
    aspect = ASPECTS.get(ReportPart(part)) if part else None
    if _differs(listing, moment, aspect):
        return True
    related: list[QuerySet[Any]] = []
    if isinstance(listing, SupportGroup) and (aspect is None or aspect.venues):
        of_group = Q(groups=listing) | Q(schedules__group=listing) | Q(schedule_changes__group=listing)
        related.append(Venue.objects.filter(of_group).distinct())
    if aspect is None or aspect.contacts:
        related.append(listing.contacts.all())
    return any(row.created_at > moment or _differs(row, moment) for rows in related for row in rows)


def is_put_right(row: Report | Proposal) -> bool:
    """Return whether the part that a report is about has changed since; for a proposal of its own, anything."""
    report = row if isinstance(row, Report) else row.report
    if report is not None:
        return has_changed_since(report.listing, report.created_at, report.part)
    return has_changed_since(row.listing, row.created_at)


def _differs(row: Any, moment: datetime.datetime, aspect: Aspect | None = None) -> bool:
    """Return whether the newest revision of a row differs from its revision at a moment."""
    revisions = row.history.order_by("history_date", "history_id")
    if not revisions.filter(history_date__gt=moment).exists():
        return False
    earlier = revisions.filter(history_date__lte=moment).last() or revisions.first()
    before, now = states([earlier, revisions.last()])
    return before != now if aspect is None else aspect.values_in(before) != aspect.values_in(now)
