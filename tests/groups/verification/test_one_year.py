"""A year of a directory of 200 listings, month by month: what owners answer, what we write, and what the public sees.

Twenty organisations, each with ten groups, of which somebody checked all on the first day. A fifth of the owners
each: answer every message; tell of a change; say that a group has ended; ignore every message; have no address.
"""

import datetime

import pytest
from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import User

from groups.choices import ProposalState, Stage
from groups.feedback.models.proposal import Proposal
from groups.feedback.proposals import decide
from groups.models import GroupCheck, SupportGroup
from groups.verification.answers import confirm_listing, propose_changes, propose_end
from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.snapshots import snapshot_listings
from organisations.freshness import freshness
from tests.factories import make_contact, make_organisation

# Each step is tried on both databases by the tests of sending, answers and proposals. A year of them is their dates.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BEGINS = datetime.date(2027, 1, 1)
ANSWER, CHANGE, END, IGNORE, NOBODY = KINDS = ("answer", "change", "end", "ignore", "nobody")


@pytest.fixture
def directory():
    """The directory on its first day."""
    for number in range(20):
        kind = KINDS[number % 5]
        organisation = make_organisation(name=f"Example {kind} {number}", checked=BEGINS)
        if kind != NOBODY:
            make_contact(organisation=organisation, purpose="general", email=f"{kind}-{number}@example.org")
        SupportGroup.objects.bulk_create(
            SupportGroup(
                name=f"Example group {number}-{at}",
                slug=f"example-{number}-{at}",
                # Of 200 that are drawn, two would be the same once in 700 times.
                code=f"b{number:02}c{at}",
                organisation=organisation,
                summary="An example.",
                publication="published",
            )
            for at in range(10)
        )
    GroupCheck.objects.bulk_create(
        GroupCheck(listing=group, checked_on=BEGINS, checked_by="phone") for group in SupportGroup.objects.all()
    )


def owners_answer(today: datetime.date) -> None:
    """Each owner who was written to today does what owners of their kind do."""
    for sent in CheckRequest.objects.filter(sent_on=today).select_related("organisation", "contact"):
        kind = sent.organisation.name.split()[1]
        shown = snapshot_listings(sent, today)
        groups = [row for row in shown if isinstance(row.listing, SupportGroup)]
        if kind == CHANGE:
            message = groups.pop()
            assert propose_changes(sent, message, message.signed_state, {"cost_note": f"£{today.month}"}, "", "", today)
        if kind == END:
            message = groups.pop()
            assert propose_end(sent, message, message.signed_state, today, "To another group.", "", today)
        if kind != IGNORE:
            rest = [row.signed_state for row in snapshot_listings(sent, today) if row.asked.answer == "none"]
            assert confirm_listing(sent, rest, today) == (len(rest), [])


def editor_decides(editor: User, today: datetime.date) -> None:
    """An editor takes every proposal in full, and counts it as a check by the organisation."""
    for proposal in Proposal.objects.filter(state=ProposalState.OPEN):
        # The database's own clock knows nothing of this year.
        proposal.created_at = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
        proposal.save()
        decide(
            proposal,
            proposal.changes,
            editor=editor,
            today=today,
            revision=proposal.listing.revision,
            # A note alone changes no field: the editor confirms that it is put in.
            note_is_done=bool(proposal.note),
            confirmed=bool(proposal.note),
            checked_by="organisation",
        )


def states(today: datetime.date) -> dict[str, dict[str, int]]:
    """By the kind of owner, how many of its running groups stand in lists, by how fresh they are."""
    counted: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    listed = SupportGroup.objects.listed(today).values_list("organisation__name", "last_checked_on")
    for name, checked_on in listed:
        of_kind, state = counted[name.split()[1]], str(freshness(checked_on, today).value)
        of_kind[state] = of_kind.get(state, 0) + 1
    return counted


def test_one_year_of_a_directory(directory, admin_user, mailoutbox):
    # Months after the beginning, to: messages sent by then to each kind, and the groups of each kind by freshness.
    message = {}
    for week in range(0, 70, 2):
        today = BEGINS + datetime.timedelta(weeks=week)
        for _ in send_check_requests(today):
            pass
        owners_answer(today)
        editor_decides(admin_user, today)
        month = relativedelta(today, BEGINS).months + 12 * relativedelta(today, BEGINS).years
        letters = {kind: sum(letter.to[0].startswith(kind) for letter in mailoutbox) for kind in KINDS}
        message[month] = (letters, states(today))

    fresh, silent = {"fresh": 40}, dict.fromkeys(KINDS, 0)
    for month in range(6):
        assert message[month] == (silent, dict.fromkeys(KINDS, fresh)), month
    for month, answered, ignored, ended in (
        (6, 4, 12, 4),
        (7, 4, 12, 4),
        (8, 4, 12, 4),
        (9, 4, 12, 4),
        (10, 4, 16, 4),
        (11, 4, 16, 4),
        (12, 8, 16, 8),
    ):
        letters, groups = message[month]
        stale = {"due": 40} if month < 9 else {"overdue": 40}
        assert letters == {ANSWER: answered, CHANGE: answered, END: answered, IGNORE: ignored, NOBODY: 0}, month
        assert groups == {ANSWER: fresh, CHANGE: fresh, END: {"fresh": 40 - ended}, IGNORE: stale, NOBODY: stale}, month
    # What nobody has checked for fifteen months is in no list; its pages stay.
    assert message[15][1][IGNORE] == message[15][1][NOBODY] == {}
    assert SupportGroup.objects.published().filter(organisation__name__contains=IGNORE).count() == 40

    # £7 in July, and £1 the January after.
    assert SupportGroup.objects.filter(stage=Stage.ENDED).count() == 8
    assert sorted(set(SupportGroup.objects.values_list("cost_note", flat=True))) == [
        "",
        "£1",
    ]  # £7 in July, £1 in January
    assert CheckRequest.objects.silent(BEGINS + relativedelta(years=2)).count() == len(
        [letter for letter in mailoutbox if letter.to[0].startswith(IGNORE)]
    )
