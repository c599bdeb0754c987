"""Proposals: the page stays as it is until an editor takes them, and nothing newer is written over."""

import pytest
from django.core.exceptions import ValidationError

from groups.choices import ProposalSource, ProposalState, ReportPart, ReportState, Stage
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.proposals import ChangedSinceError, DecidedAlreadyError, comparisons, decide, propose, propose_from
from groups.feedback.reports import record_report
from tests.factories import days_ago, make_group, make_organisation, make_role, make_training

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1", summary="We walk.")


@pytest.fixture
def proposal(group) -> Proposal:
    return propose(
        group,
        ProposalSource.LINK,
        {"cost_note": "£2", "summary": "We walk by the sea.", "name": group.name},
        email="a@example.org",
    )


def decided(proposal, take, admin_user, **how) -> Proposal:
    proposal.listing.refresh_from_db()
    return decide(
        proposal, take, editor=admin_user, today=days_ago(0), **({"revision": proposal.listing.revision} | how)
    )


@pytest.mark.parametrize("make", [make_group, make_organisation, make_role, make_training])
def test_proposal_is_about_any_listing_and_changes_nothing(make):
    listing = make(summary="Before.")

    proposal = propose(listing, ProposalSource.CONTRIBUTOR, {"summary": "After."}, note="And more.")

    listing.refresh_from_db()
    assert (proposal.listing, proposal.owner) == (listing, getattr(listing, "organisation", listing))
    assert proposal.changes == {"summary": {"was": "Before.", "proposed": "After."}}
    assert (listing.summary, proposal.made_against) == ("Before.", listing.revision)


def test_proposal_holds_only_what_is_other_than_it_was(proposal):
    assert set(proposal.changes) == {"cost_note", "summary"}


def test_nothing_proposed_is_no_proposal(group):
    assert propose(group, ProposalSource.LINK, {"name": group.name}) is None


def test_comparison_says_what_was_is_and_could_be(group, proposal):
    group.cost_note = "£3"
    group.save()
    proposal.refresh_from_db()

    rows = {row.name: (row.was, row.today, row.proposed, row.has_changed_since) for row in comparisons(proposal)}

    assert rows == {
        "cost_note": ("£1", "£3", "£2", True),
        "summary": ("We walk.", "We walk.", "We walk by the sea.", False),
    }


def test_comparison_reads_choices_and_days_in_words():
    group = make_group()
    values = {"stage": Stage.ENDED, "ended_on": days_ago(0), "age_from": 18}

    proposal = Proposal.objects.get(pk=propose(group, ProposalSource.LINK, values).pk)

    message = {row.label: (row.was, row.proposed) for row in comparisons(proposal)}
    day = f"{days_ago(0).day} {days_ago(0):%B %Y}"
    assert message == {"Stage": ("Running", "Ended"), "Ended on": ("", day), "Age from": ("", "18")}


@pytest.mark.parametrize(
    "take, state, cost, summary",
    [
        (["cost_note", "summary"], ProposalState.ACCEPTED, "£2", "We walk by the sea."),
        (["cost_note"], ProposalState.PARTLY, "£2", "We walk."),
        ([], ProposalState.REFUSED, "£1", "We walk."),
        (["publication", "slug"], ProposalState.REFUSED, "£1", "We walk."),
    ],
)
def test_what_is_taken_is_one_version_and_the_rest_is_left(group, proposal, admin_user, take, state, cost, summary):
    versions = group.history.count()

    done = decided(proposal, take, admin_user)

    group.refresh_from_db()
    assert (done.state, done.closed_on, done.decided_by) == (state, days_ago(0), admin_user)
    assert (group.cost_note, group.summary) == (cost, summary)
    # The first version of what was made without one is kept before it is changed.
    assert group.history.count() - versions == (1 if versions else 2) * bool(done.taken)


def test_proposal_decided_with_a_day_writes_a_day(admin_user):
    group = make_group()
    proposal = propose(group, ProposalSource.LINK, {"stage": Stage.ENDED, "ended_on": days_ago(3)})

    decided(Proposal.objects.get(pk=proposal.pk), ["stage", "ended_on"], admin_user)

    group.refresh_from_db()
    assert (group.stage, group.ended_on) == (Stage.ENDED, days_ago(3))


def test_nothing_newer_is_written_over(group, proposal, admin_user):
    seen = group.revision
    group.cost_note = "£9"
    group.save()

    with pytest.raises(ChangedSinceError):
        decided(proposal, ["cost_note"], admin_user, revision=seen)

    group.refresh_from_db()
    proposal.refresh_from_db()
    assert (group.cost_note, proposal.state) == ("£9", ProposalState.OPEN)


def test_nobody_decides_twice(group, proposal, admin_user):
    decided(proposal, [], admin_user)

    with pytest.raises(DecidedAlreadyError):
        decided(proposal, ["cost_note"], admin_user)

    group.refresh_from_db()
    assert group.cost_note == "£1"


def test_what_the_listing_may_not_say_is_refused_and_nothing_changes(admin_user):
    group = make_group(age_from=20, age_to=30)
    proposal = propose(group, ProposalSource.LINK, {"age_from": 40, "cost_note": "£2"})

    with pytest.raises(ValidationError) as refused:
        decided(proposal, ["age_from", "cost_note"], admin_user)

    group.refresh_from_db()
    proposal.refresh_from_db()
    assert refused.value.messages == ["The older age cannot be less than the younger."]
    assert (group.age_from, group.cost_note, proposal.state) == (20, "", ProposalState.OPEN)


@pytest.mark.parametrize("checked_by, checks", [("organisation", 1), ("", 0)])
def test_it_counts_as_a_check_only_if_somebody_says_so(group, proposal, admin_user, checked_by, checks):
    decided(proposal, ["cost_note"], admin_user, checked_by=checked_by)

    assert list(group.checks.values_list("checked_on", flat=True)) == [days_ago(0)] * checks


@pytest.mark.parametrize(
    "take, message",
    [
        (["cost_note", "summary"], "We have put it in."),
        (["cost_note"], "We have put in some of it: Cost."),
        ([], "We have left the page as it is for now."),
    ],
)
def test_who_proposed_is_told_if_they_asked(
    proposal, admin_user, mailoutbox, django_capture_on_commit_callbacks, take, message
):
    with django_capture_on_commit_callbacks(execute=True):
        decided(proposal, take, admin_user)

    [email] = mailoutbox
    assert (email.to, email.subject) == (["a@example.org"], "What you proposed for Example walkers")
    assert message in email.body
    assert "http://localhost/groups/example-walkers" in email.body or "/groups/example-walkers" in email.body


def test_report_becomes_a_proposal_and_is_closed_with_it(
    group, admin_user, mailoutbox, django_capture_on_commit_callbacks
):
    report = record_report(group, ReportPart.ENDED, "They said so.", "b@example.org")
    proposal = propose_from(report)

    with django_capture_on_commit_callbacks(execute=True):
        decided(proposal, list(proposal.changes), admin_user, note_is_done=True)

    report, group_now = Report.objects.get(), type(group).objects.get()
    assert proposal.note == "It has ended: They said so."
    assert (proposal.changes, proposal.email) == ({"stage": {"was": "running", "proposed": "ended"}}, "")
    assert (report.state, report.closed_on, group_now.stage) == (ReportState.DONE, days_ago(0), Stage.ENDED)
    assert [(email.to, "You were right." in email.body) for email in mailoutbox] == [(["b@example.org"], True)]


def test_report_whose_proposal_is_refused_is_closed_and_its_sender_told_kindly(
    group, admin_user, mailoutbox, django_capture_on_commit_callbacks
):
    proposal = propose_from(record_report(group, ReportPart.TIME, "7pm", "b@example.org"))

    with django_capture_on_commit_callbacks(execute=True):
        decided(proposal, [], admin_user)

    assert Report.objects.get().state == ReportState.DECLINED
    assert ["have left the page as it is" in email.body for email in mailoutbox] == [True]


def test_letter_that_cannot_be_sent_stops_nothing(
    proposal, admin_user, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(self, **_):
        raise ConnectionRefusedError("no mail for a@example.org")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        done = decided(proposal, [], admin_user)

    assert done.state == ProposalState.REFUSED
    assert [record.getMessage() for record in caplog.records] == ["An e-mail could not be sent: ConnectionRefusedError"]
