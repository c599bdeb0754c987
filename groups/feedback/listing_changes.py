"""Whether a listing was changed since somebody told us something, by its versions and those of its venue and contacts.

Nobody is told that a page was put right without it: see docs/adr/0022-what-strangers-tell-us.md.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from organisations.models import Listing
from organisations.revisions.snapshots import State, states

from ..choices import ReportPart
from ..models import SupportGroup, Venue
from .models.proposal import Proposal
from .models.report import Report

#: What answers a report about any part: the listing has ended, has a break, or was taken off the site.
_ANSWERS_ALL = {"publication", "stage", "ended_on", "paused_since", "paused_until"}


@dataclass(frozen=True)
class Aspect:
    """What of a listing a report may be about: its fields and relations, columns of its rows, and rows beside it.

    Of its rows (schedules, say) all columns count but those of `without_columns`; or, if there are any, `only_columns`.
    """

    names: frozenset[str]
    without_columns: frozenset[str] = frozenset({"id"})
    only_columns: frozenset[str] = frozenset()
    venues: bool = False
    contacts: bool = False

    def view(self, state: State) -> list[Any]:
        """What a state says of it, in a form that can be compared."""
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

#: By the part that a report is about. One that is not named here is about anything.
ASPECTS = {
    ReportPart.TIME: Aspect(
        frozenset({*_ROWS, "times_are_withheld", "stage_note", "paused_because", "when_and_where"}),
        without_columns=frozenset({"id", "venue_id"}),
    ),
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
    ReportPart.COST: Aspect(frozenset({"is_free", "cost_note", "description"})),
    ReportPart.PAY: Aspect(frozenset({"pay", "pay_note", "hours"})),
    ReportPart.CONTACT: Aspect(frozenset({"contacts", "website", "routes", "joining_note"}), contacts=True),
    ReportPart.CLOSED: Aspect(
        frozenset({"joining", "joining_note", "look_again_on", "routes", "wants_members", "audiences"})
        | {"age_from", "age_to", "stage_note"}
    ),
    ReportPart.ENDED: Aspect(frozenset({"where_members_went", "what_became_of_it", "stage_note", "paused_because"})),
}


def has_changed_since(listing: Listing, moment: datetime.datetime, part: str = "") -> bool:
    """Whether anything of a listing was changed since a moment; with the part of a report, anything of that part.

    What was changed and put back is not changed. Venues and contacts count with what they are for.
    """
    aspect = ASPECTS.get(part)
    if _differs(listing, moment, aspect):
        return True
    beside: list[QuerySet] = []
    if isinstance(listing, SupportGroup) and (aspect is None or aspect.venues):
        its = Q(groups=listing) | Q(schedules__group=listing) | Q(schedule_changes__group=listing)
        beside.append(Venue.objects.filter(its).distinct())
    if aspect is None or aspect.contacts:
        beside.append(listing.contacts.all())
    return any(row.created_at > moment or _differs(row, moment) for rows in beside for row in rows)


def is_put_right(told: Report | Proposal) -> bool:
    """Whether what a report is about has been changed since it came; or, for a proposal, anything of its listing."""
    report = told if isinstance(told, Report) else told.report
    if report is not None:
        return has_changed_since(report.listing, report.created_at, report.part)
    return has_changed_since(told.listing, told.created_at)


def _differs(row: Model, moment: datetime.datetime, aspect: Aspect | None = None) -> bool:
    """Whether the newest version of a row says otherwise than the one that stood at a moment."""
    versions = row.history.order_by("history_date", "history_id")
    if not versions.filter(history_date__gt=moment).exists():
        return False
    then = versions.filter(history_date__lte=moment).last() or versions.first()
    before, now = states([then, versions.last()])
    return before != now if aspect is None else aspect.view(before) != aspect.view(now)
