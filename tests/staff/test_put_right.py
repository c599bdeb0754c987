"""A proposal is decided as what is so: nothing is put right with nothing changed; and it can be decided anew."""

import pytest
from django.contrib.admin.models import LogEntry

from groups.choices import ProposalSource, ReportPart
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.proposals import propose, propose_from
from groups.feedback.reports import record_report
from organisations.models import single_revision
from tests.factories import days_ago, make_group, make_organisation
from tests.staff.closing import ADDRESS, AGAIN, CHANGED, LEFT, PUT_RIGHT, RIGHT_NOW, carried, change_times, is_asking
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in
from tests.staff.test_proposals import page
from tests.staff.test_venue_pages import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("Python decides; test_proposals.py saves it on each")]

TICKED = {"_all": "1", "note_is_done": "1"}


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1")


@pytest.fixture
def report(group) -> Report:
    return record_report(group, ReportPart.TIME, "At 7pm.", ADDRESS)


@pytest.fixture
def proposal(report) -> Proposal:
    return propose_from(report)


def decided(client, proposal, **typed):
    return client.post(page(proposal), {"revision": proposal.listing.revision, **typed}, follow=True)


# A proposal made of a report


def test_done_without_the_tick_is_refused_and_nobody_is_written_to(admin_client, proposal, sent):
    answer, letters = sent(lambda: decided(admin_client, proposal, _all="1"))

    assert answer.context["problem"].startswith("You have not ticked “I have put it in”.")
    assert (Proposal.objects.get().state, Report.objects.get().state, letters) == ("open", "open", [])


def test_done_with_the_tick_and_nothing_changed_is_asked_about_first(admin_client, group, proposal, sent):
    asking, before = sent(lambda: decided(admin_client, proposal, **TICKED))
    states = (Proposal.objects.get().state, Report.objects.get().state)
    answer, after = sent(lambda: admin_client.post(page(proposal), carried(asking), follow=True))

    assert (is_asking(asking), states, before) == (True, ("open", "open"), [])
    assert "The day or time has not been changed since this came on" in asking.text
    assert "At 7pm." in asking.text
    assert (Proposal.objects.get().state, Report.objects.get().state) == ("accepted", "done")
    assert [(RIGHT_NOW in body, PUT_RIGHT in body) for body in after] == [(True, False)]
    assert sentence(answer, "success")[-1] == "We write to whoever wanted to hear what became of it."


def test_done_with_the_tick_and_a_change_is_written_as_put_right(admin_client, group, proposal, sent):
    change_times(group)
    proposal.refresh_from_db()

    _, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (Report.objects.get().state, [PUT_RIGHT in body for body in letters]) == ("done", [True])


def test_change_of_something_else_is_asked_about_too(admin_client, group, proposal, sent):
    group.cost_note = "£2"
    with single_revision(group):
        group.save()
    proposal.refresh_from_db()

    asking, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (is_asking(asking), letters) == (True, [])


def test_answer_to_another_question_confirms_nothing(admin_client, proposal):
    other = propose_from(record_report(make_group(), ReportPart.TIME, "At 9pm."))

    answer = decided(admin_client, proposal, **TICKED, _close_all="1", _asked=str(other.pk))

    assert (is_asking(answer), Proposal.objects.get(pk=proposal.pk).state) == (True, "open")


def test_report_that_a_group_has_ended_is_put_right_by_taking_that(admin_client, group, sent):
    proposal = propose_from(record_report(group, ReportPart.ENDED, "They said so.", ADDRESS))

    _, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (Report.objects.get().state, [PUT_RIGHT in body for body in letters]) == ("done", [True])


def test_field_that_is_taken_puts_no_note_in(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"}, "At 7pm now.", email=ADDRESS)

    unticked, first = sent(lambda: decided(admin_client, proposal, _all="1"))
    asking, second = sent(lambda: decided(admin_client, proposal, **TICKED))
    group.refresh_from_db()

    assert "press “Take what is ticked”" in unticked.context["problem"]
    assert (is_asking(asking), group.cost_note, first, second) == (True, "£1", [], [])
    assert "Nothing on it, nor on its venue and contacts, has been changed" in asking.text


def test_nothing_ticked_is_not_the_same_as_taking_none(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"}, email=ADDRESS)

    answer, letters = sent(lambda: decided(admin_client, proposal, _some="1"))
    nothing, more = sent(lambda: decided(admin_client, proposal))

    assert [row.context["problem"] for row in (answer, nothing)] == [
        "Nothing is ticked. Tick what you take, or press “Take none of it”."
    ] * 2
    assert (Proposal.objects.get().state, letters, more) == ("open", [], [])


@pytest.mark.parametrize("changes, words", [(True, CHANGED), (False, LEFT)])
def test_report_that_is_declined_is_told_truly_whether_the_page_was_changed(
    admin_client, group, proposal, sent, changes, words
):
    if changes:
        change_times(group)
    proposal.refresh_from_db()

    _, letters = sent(lambda: decided(admin_client, proposal, _none="1"))

    assert (Report.objects.get().state, [words in body for body in letters]) == ("declined", [True])


# Opening again


def test_decided_proposal_is_opened_again_with_its_report_and_decided_anew(admin_client, group, proposal, sent):
    change_times(group)
    proposal.refresh_from_db()
    decided(admin_client, proposal, _none="1")
    shown = admin_client.get(page(proposal)).text

    opened, first = sent(lambda: decided(admin_client, proposal, _reopen="1"))
    states = (Proposal.objects.get().state, Report.objects.get().state, Report.objects.get().closed_on)
    answer, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert "We have written to somebody about this. That cannot be taken back." in shown
    assert (states, first) == (("open", "open", None), [])
    assert "Not taken" in opened.text
    now = Proposal.objects.get()
    assert (now.state, [row["state"] for row in now.earlier_decisions]) == ("accepted", ["refused"])
    assert now.reopened_on == days_ago(0)
    assert [(AGAIN in body, PUT_RIGHT in body) for body in letters] == [(True, True)]
    assert "Decided before" in answer.text
    logged = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert logged == ["Not taken.", "Opened again. It was: Not taken.", "Taken."]


def test_proposal_that_is_open_is_not_opened_again(admin_client, proposal):
    answer = decided(admin_client, proposal, _reopen="1")

    assert answer.context["problem"] == "It is open already."
    assert Proposal.objects.get().earlier_decisions == []


def test_only_who_may_decide_may_open_again(client, group):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"})
    decided(sign_in(client, make_manager()), proposal, _none="1")

    contributor = sign_in(client, make_contributor(group.organisation))
    shown = contributor.get(page(proposal)).text
    refused = contributor.post(page(proposal), {"_reopen": "1"}).status_code
    state = Proposal.objects.get().state
    other = sign_in(client, make_editor(make_organisation())).post(page(proposal), {"_reopen": "1"}).status_code
    editor = decided(sign_in(client, make_editor(group.organisation)), proposal, _reopen="1").status_code

    assert ("Open it again" in shown, refused, state, other, editor) == (False, 403, "refused", 302, 200)
    assert Proposal.objects.get().state == "open"


def test_field_that_was_taken_before_stays_taken_when_more_is_taken(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2", "summary": "By the sea."}, email=ADDRESS)
    decided(admin_client, proposal, _some="1", take=["cost_note"])
    decided(admin_client, proposal, _reopen="1")
    proposal = Proposal.objects.get()

    _, letters = sent(lambda: decided(admin_client, proposal, _some="1", take=["summary"]))

    group.refresh_from_db()
    assert (group.cost_note, group.summary, Proposal.objects.get().state) == ("£2", "By the sea.", "accepted")
    assert ["We have put it in." in body for body in letters] == [True]
