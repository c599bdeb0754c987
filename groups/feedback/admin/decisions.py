"""The earlier decisions about a proposal that was opened again, for its page."""

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.text import capfirst

from groups.choices import ProposalState

from ..models.proposal import Proposal


@dataclass(frozen=True)
class Decision:
    """How a proposal was decided before, by whom and when, and who opened it again; people by the names they have."""

    state: str
    taken: list[str]
    decided_by: str
    closed_on: datetime.date
    reopened_by: str
    reopened_on: datetime.date


def earlier_decisions(proposal: Proposal) -> list[Decision]:
    """The earlier decisions, newest first, with one query for the names; none for a proposal decided once."""
    rows = proposal.earlier_decisions
    people = {row[key] for row in rows for key in ("decided_by", "reopened_by")} - {None}
    names = {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=people)} if people else {}
    meta = type(proposal.listing)._meta
    return [
        Decision(
            state=ProposalState(row["state"]).label,
            taken=[capfirst(str(meta.get_field(name).verbose_name)) for name in row["taken"]],
            decided_by=names.get(row["decided_by"], ""),
            closed_on=datetime.date.fromisoformat(row["closed_on"]),
            reopened_by=names.get(row["reopened_by"], ""),
            reopened_on=datetime.date.fromisoformat(row["reopened_on"]),
        )
        for row in reversed(rows)
    ]
