"""Make proposals, compare them with the listing as it is today, and decide them field by field."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.text import capfirst

from common.dates import format_date
from common.emails import send_email
from organisations.choices import CheckedBy
from organisations.field_changes import Changes, changes_to
from organisations.models import Listing, Organisation, single_revision

from ..choices import ProposalSource, ProposalState, ReportPart, ReportState, Stage
from ..models import SupportGroup
from .comparison import Comparison, Typed
from .listing_changes import is_put_right
from .models.base import CONTACT, CONTACT_LABEL, HOURS, WORDED, InWords, listing_fields
from .models.proposal import Proposal
from .models.report import Report
from .proposed_contact import contact_change, contact_comparison, take_contact
from .proposed_hours import hours_change
from .reports import UnchangedError, close_report, reopen_report
from .worded import take_worded, worded_changes, worded_comparison


class ChangedSinceError(Exception):
    """Edit conflict: the listing was saved after the page with the proposal was opened. Nothing has been changed."""


class DecidedAlreadyError(Exception):
    """The proposal was decided before."""


class OpenAlreadyError(Exception):
    """The proposal is open, so it cannot be reopened."""


def prepare(listing: Listing, proposed: Mapping[str, Any], note: str) -> tuple[Changes, str]:
    """Return the changes and the note of a proposal: plain fields; of a group its contact, and when and where in words.

    So are the opening hours of an organisation. Words that could not be read stand in the note.
    """
    changes, unread = changes_to(listing, {name: value for name, value in proposed.items() if name != HOURS}), ""
    if isinstance(listing, Organisation):
        hours, unread = hours_change(listing, proposed)
        changes = hours | changes
    if isinstance(listing, SupportGroup):
        worded, unread = worded_changes(listing, proposed, timezone.localdate())
        changes = worded | contact_change(listing, proposed) | changes
    return changes, "\n".join(filter(None, [unread, note]))


def propose(
    listing: Listing, source: ProposalSource, proposed: Mapping[str, Any], note: str = "", **fields: object
) -> Proposal | None:
    """Store a proposal with these values of fields, and `fields` of its own; return None if it changes nothing.

    Raises `ValidationError`.
    """
    changes, note = prepare(listing, proposed, note)
    if not changes and not note:
        return None
    proposal = Proposal(
        **listing_fields(listing), source=source, changes=changes, note=note, made_against=listing.revision, **fields
    )
    proposal.full_clean()
    proposal.save()
    return proposal


def propose_from(report: Report) -> Proposal:
    """Store a proposal made of a report: its text as the note; if a group has ended, its `stage` as a field.

    Where fields say all of it, there is no note, so that nobody is asked to put one in.
    """
    listing = report.listing
    ended = report.part == ReportPart.ENDED and isinstance(listing, SupportGroup)
    note = ": ".join(filter(None, [report.get_part_display(), report.what_is_right]))
    proposed = worded_in(report) | ({"stage": Stage.ENDED} if ended else {})
    is_said_by_fields = not (report.what_is_right or ended) and bool(prepare(listing, proposed, "")[0])
    return proposal_with_note(
        propose(listing, ProposalSource.REPORT, proposed, "" if is_said_by_fields else note, report=report)
    )


def proposal_with_note(proposal: Proposal | None) -> Proposal:
    """Return a proposal that was made with a note, which always says something. Raises `ValueError` for None."""
    if proposal is None:
        raise ValueError("A proposal without a note and without changes was not stored.")
    return proposal


def worded_in(row: InWords) -> dict[str, object]:
    """Return "when" and "where" of a report or suggestion, as a proposal takes them; of a report, opening hours too."""
    typed: dict[str, object] = {
        "when": Typed(row.when_in_words, row.when_read),
        "where": Typed(row.where_in_words, row.where_read),
    }
    if isinstance(row, Report) and row.hours_in_words:
        typed[HOURS] = Typed(row.hours_in_words, row.hours_read)
    return typed


def comparisons(proposal: Proposal) -> list[Comparison]:
    """Return a comparison for each field that a proposal would change, in the order of the listing's form."""
    return [_comparison(proposal.listing, name, change) for name, change in proposal.changes.items()]


def _comparison(listing: Listing, name: str, change: dict[str, Any]) -> Comparison:
    if name in WORDED and isinstance(listing, SupportGroup):
        return worded_comparison(listing, name, change)
    if name == CONTACT and isinstance(listing, SupportGroup):
        return contact_comparison(listing, change)
    field = _field(listing, name)
    return Comparison(
        name=name,
        label=field_label(listing, name),
        was=format_value(field, change["was"]),
        today=format_value(field, getattr(listing, name)),
        proposed=format_value(field, change["proposed"]),
        typed=change.get("typed", ""),
    )


def field_label(listing: Listing, name: str) -> str:
    """Return what staff pages call a field of a proposal."""
    if name == CONTACT:
        return CONTACT_LABEL
    return WORDED.get(name) or capfirst(str(_field(listing, name).verbose_name))


def _field(listing: Listing, name: str) -> "Field[Any, Any]":
    return next(field for field in listing._meta.fields if field.name == name)


@transaction.atomic
def decide(
    proposal: Proposal,
    take: Collection[str],
    *,
    editor: Any,
    today: datetime.date,
    revision: int,
    note_is_done: bool = False,
    confirmed: bool = False,
    checked_by: CheckedBy | str = "",
    answers: Mapping[str, str] | None = None,
) -> Proposal:
    """Decide a proposal: apply the fields in `take` as one revision of the listing, and e-mail whoever asked for news.

    `answers` are those to the questions of the comparisons, by field; a field that cannot be taken counts as a note.
    `revision` is that of the listing as the editor saw it (optimistic locking). `checked_by`, if given, also records a
    check on the day of the proposal. Raises, having changed nothing: `ChangedSinceError`; `DecidedAlreadyError`;
    `UnchangedError` if `note_is_done` but nothing was changed, unless `confirmed`; `ValidationError`.
    """
    proposal, listing = _lock(proposal)
    if not proposal.is_open:
        raise DecidedAlreadyError
    if listing.revision != revision:
        raise ChangedSinceError
    # Before the fields are applied: they do not count as what the note asks for.
    was_changed = is_put_right(proposal)
    rows = comparisons(proposal)
    by_hand = {row.name for row in rows if row.is_by_hand}
    taken = [name for name in proposal.changes if name in take and name not in by_hand]
    _apply(listing, proposal, taken, answers or {})
    if note_is_done and not (was_changed or confirmed or _answers_report(proposal)):
        raise UnchangedError
    if checked_by:
        listing.checks.create(checked_on=timezone.localdate(proposal.created_at), checked_by=checked_by, editor=editor)
    is_all = len(taken) == len(rows) - len(by_hand) and (note_is_done or not (proposal.note or by_hand))
    is_some = bool(taken) or note_is_done
    proposal.state = ProposalState.ACCEPTED if is_all else ProposalState.PARTLY if is_some else ProposalState.REFUSED
    proposal.taken, proposal.decided_by, proposal.closed_on = taken, editor, today
    proposal.save()
    is_repeat = bool(proposal.earlier_decisions)
    if proposal.report:
        state = ReportState.DONE if is_some else ReportState.DECLINED
        close_report(proposal.report, state, today, confirmed=True, is_repeat=is_repeat)
    if proposal.email:
        send_email(
            "proposal_decided",
            to=proposal.email,
            listing=listing,
            state=proposal.state,
            has_changed=bool(taken) or was_changed,
            again=is_repeat,
            taken=[listing.plain_fields.get(name) or field_label(listing, name) for name in taken],
        )
    return proposal


@transaction.atomic
def reopen(proposal: Proposal, *, editor: Any, today: datetime.date) -> Proposal:
    """Reopen a decided proposal and its report, so that it can be decided once more. Raises `OpenAlreadyError`.

    The decision is stored in `earlier_decisions`. The listing is not changed back, and e-mails are not recalled.
    """
    proposal, _ = _lock(proposal)
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


def _lock(proposal: Proposal) -> tuple[Proposal, Listing]:
    """Return the proposal and its listing read afresh, both rows locked until the transaction ends."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    listing = proposal.listing
    listing = type(listing)._default_manager.select_for_update(of=("self",)).get(pk=listing.pk)
    for relation, locked in listing_fields(listing).items():
        setattr(proposal, relation, locked)
    return proposal, listing


def _apply(listing: Listing, proposal: Proposal, names: list[str], answers: Mapping[str, str]) -> None:
    """Save the named fields of a proposal to its listing as one revision; no revision if they have these values."""
    names = [name for name in names if not _comparison(listing, name, proposal.changes[name]).is_so_already]
    if not names:
        return
    reason = f"{proposal.get_source_display()}: taken"
    with single_revision(listing, reason):
        for name in names:
            change = proposal.changes[name]
            if name in WORDED and isinstance(listing, SupportGroup):
                take_worded(listing, name, change, answers.get(name, ""), reason)
            elif name == CONTACT and isinstance(listing, SupportGroup):
                take_contact(listing, change)
            else:
                setattr(listing, name, _field(listing, name).to_python(change["proposed"]))
        listing.full_clean()
        listing.save()


def _answers_report(proposal: Proposal) -> bool:
    """Return whether the applied fields put right what the report is about (a group that has ended: its stage)."""
    return proposal.report is not None and is_put_right(proposal.report)


def format_value(field: "Field[Any, Any]", value: Any) -> str:
    """Return the text of a plain field's value, which may come from JSON; "" for none."""
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
