"""Proposals: made, read beside what a listing says today, and decided field by field."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.text import capfirst

from common.dates import format_date
from organisations.choices import CheckedBy
from organisations.field_changes import changes_to
from organisations.models import Listing, single_revision

from ..choices import ProposalSource, ProposalState, ReportPart, ReportState, Stage
from ..models import SupportGroup
from .emails import send_email
from .listing_changes import is_put_right
from .models.base import about
from .models.proposal import Proposal
from .models.report import Report
from .reports import UnchangedError, close_report, reopen_report


class ChangedSinceError(Exception):
    """Somebody saved the listing after the page with the proposal was opened: nothing has been changed."""


class DecidedAlreadyError(Exception):
    """Somebody else has decided the proposal."""


class OpenAlreadyError(Exception):
    """The proposal is not decided, so it cannot be opened again."""


@dataclass(frozen=True)
class Comparison:
    """One field of a proposal: what it was then, what it is today, and what it could be; in words."""

    name: str
    label: str
    was: str
    today: str
    proposed: str

    @property
    def has_changed_since(self) -> bool:
        return self.was != self.today

    @property
    def is_so_already(self) -> bool:
        return self.today == self.proposed


def propose(
    listing: Listing, source: ProposalSource, proposed: dict[str, Any], note: str = "", **known: object
) -> Proposal | None:
    """Keep what somebody proposes for a listing; None where that is nothing. Raises `ValidationError`."""
    changes = changes_to(listing, proposed)
    if not changes and not note:
        return None
    proposal = Proposal(
        **about(listing), source=source, changes=changes, note=note, made_against=listing.revision, **known
    )
    proposal.full_clean()
    proposal.save()
    return proposal


def propose_from(report: Report) -> Proposal:
    """Make a proposal of a report: what it says in the note, and that a group has ended as a field."""
    listing = report.listing
    ended = report.part == ReportPart.ENDED and isinstance(listing, SupportGroup)
    said = ": ".join(filter(None, [report.get_part_display(), report.what_is_right]))
    return propose(listing, ProposalSource.REPORT, {"stage": Stage.ENDED} if ended else {}, said, report=report)


def comparisons(proposal: Proposal) -> list[Comparison]:
    """The fields that a proposal would change, each in words, in the order of the listing's form."""
    listing = proposal.listing
    fields = [listing._meta.get_field(name) for name in proposal.changes]
    return [
        Comparison(
            name=field.name,
            label=capfirst(str(field.verbose_name)),
            was=format_value(field, proposal.changes[field.name]["was"]),
            today=format_value(field, getattr(listing, field.name)),
            proposed=format_value(field, proposal.changes[field.name]["proposed"]),
        )
        for field in fields
    ]


@transaction.atomic
def decide(
    proposal: Proposal,
    take: Collection[str],
    *,
    editor: AbstractBaseUser,
    today: datetime.date,
    revision: int,
    note_is_done: bool = False,
    confirmed: bool = False,
    checked_by: CheckedBy | str = "",
) -> Proposal:
    """Take some fields of a proposal, or all or none, as one version of the listing, and say so to who wants to know.

    `revision` is the listing's as the editor saw it. `checked_by`, if given, also counts it as checked that way, on
    the day it was proposed. Raises `ChangedSinceError`, `DecidedAlreadyError`, `UnchangedError` where the note is said
    to be put in and nothing was changed, until that is `confirmed`, or `ValidationError` where what is proposed is not
    allowed; then nothing is changed.
    """
    proposal, listing = _locked(proposal)
    if not proposal.is_open:
        raise DecidedAlreadyError
    if listing.revision != revision:
        raise ChangedSinceError
    # Asked before anything is taken: a field that is taken now puts no note in.
    was_changed = is_put_right(proposal)
    taken = [name for name in proposal.changes if name in take]
    _take(listing, proposal, taken)
    if note_is_done and not (was_changed or confirmed or _answers_report(proposal)):
        raise UnchangedError
    if checked_by:
        listing.checks.create(checked_on=timezone.localdate(proposal.created_at), checked_by=checked_by, editor=editor)
    is_all = len(taken) == len(proposal.changes) and (note_is_done or not proposal.note)
    is_some = bool(taken) or note_is_done
    proposal.state = ProposalState.ACCEPTED if is_all else ProposalState.PARTLY if is_some else ProposalState.REFUSED
    proposal.taken, proposal.decided_by, proposal.closed_on = taken, editor, today
    proposal.save()
    again = bool(proposal.earlier_decisions)
    if proposal.report:
        state = ReportState.DONE if is_some else ReportState.DECLINED
        close_report(proposal.report, state, today, confirmed=True, again=again)
    if proposal.email:
        send_email(
            "emails/proposal_decided.txt",
            to=proposal.email,
            subject=f"What you proposed for {listing}",
            listing=listing,
            state=proposal.state,
            has_changed=bool(taken) or was_changed,
            again=again,
            taken=[
                listing.plain_fields.get(name, capfirst(str(listing._meta.get_field(name).verbose_name)))
                for name in taken
            ],
        )
    return proposal


@transaction.atomic
def reopen(proposal: Proposal, *, editor: AbstractBaseUser, today: datetime.date) -> Proposal:
    """Open a decided proposal again, and the report that it is of, so that it can be decided once more.

    The decision is kept with it. The listing stays as it is, and what was written to anybody stays written. Raises
    `OpenAlreadyError`.
    """
    proposal, _ = _locked(proposal)
    if proposal.is_open:
        raise OpenAlreadyError
    decision = {
        "state": proposal.state,
        "taken": proposal.taken,
        "decided_by": proposal.decided_by_id,
        "closed_on": proposal.closed_on,
        "reopened_by": editor.pk,
        "reopened_on": today,
    }
    proposal.earlier_decisions = [*proposal.earlier_decisions, decision]
    proposal.state, proposal.taken, proposal.decided_by, proposal.closed_on = ProposalState.OPEN, [], None, None
    proposal.reopened_on = today
    proposal.save()
    if proposal.report and not proposal.report.is_open:
        reopen_report(proposal.report, today)
    return proposal


def _locked(proposal: Proposal) -> tuple[Proposal, Listing]:
    """A proposal and its listing as they are now, both locked until the transaction ends."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    listing = proposal.listing
    listing = type(listing)._default_manager.select_for_update(of=("self",)).get(pk=listing.pk)
    for name, newest in about(listing).items():
        setattr(proposal, name, newest)
    return proposal, listing


def _take(listing: Listing, proposal: Proposal, names: list[str]) -> None:
    """Write some fields of a proposal into its listing, as one version; none where it says so already."""
    fields = {name: listing._meta.get_field(name) for name in names}
    values = {name: field.to_python(proposal.changes[name]["proposed"]) for name, field in fields.items()}
    if all(getattr(listing, name) == value for name, value in values.items()):
        return
    with single_revision(listing, f"{proposal.get_source_display()}: taken"):
        for name, value in values.items():
            setattr(listing, name, value)
        listing.full_clean()
        listing.save()


def _answers_report(proposal: Proposal) -> bool:
    """Whether what was taken is what the report is about: of one that says that a group has ended, its stage."""
    return proposal.report is not None and is_put_right(proposal.report)


def format_value(field: Field, value: Any) -> str:
    """The words for a value of a plain field; "" for none. The value may come from JSON."""
    value = field.to_python(value)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return format_date(value)
    return str(value)
