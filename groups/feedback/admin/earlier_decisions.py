"""Earlier decisions of a proposal that was reopened, for its admin page."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User

from groups.choices import ProposalState

from ..models.proposal import Proposal
from ..proposals import field_label


@dataclass(frozen=True)
class Decision:
    """One earlier decision: its state, the labels of the fields taken, and who decided and reopened it when."""

    state: str
    taken: list[str]
    decided_by: str
    closed_on: datetime.date
    reopened_by: str
    reopened_on: datetime.date


def earlier_decisions(proposal: Proposal) -> list[Decision]:
    """Return the earlier decisions, newest first, with one query for the names of users."""
    rows = proposal.earlier_decisions
    user_pks = {row[key] for row in rows for key in ("decided_by", "reopened_by")} - {None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=user_pks)} if user_pks else {}
    return [
        Decision(
            state=ProposalState(row["state"]).label,
            taken=[field_label(proposal.listing, name) for name in row["taken"]],
            decided_by=names.get(row["decided_by"], ""),
            closed_on=datetime.date.fromisoformat(row["closed_on"]),
            reopened_by=names.get(row["reopened_by"], ""),
            reopened_on=datetime.date.fromisoformat(row["reopened_on"]),
        )
        for row in reversed(rows)
    ]
