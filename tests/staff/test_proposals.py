"""Deciding proposals, closing reports and drafting suggestions on the staff pages."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from model_bakery import baker

from groups.choices import ProposalSource, ReportPart
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.proposals import propose
from groups.feedback.reports import record_report
from tests.factories import days_ago, make_group, make_organisation, make_venue
from tests.staff.closing import change_times
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_manager, sign_in

pytestmark = pytest.mark.django_db


def page(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def proposal(group) -> Proposal:
    return propose(group, ProposalSource.LINK, {"cost_note": "£2", "summary": "We walk by the sea."}, "At 7pm now.")


@pytest.mark.parametrize(
    "posted, state, cost",
    [
        ({"_some": "1", "take": ["cost_note"]}, "partly", "£2"),
        ({"_all": "1", "note_is_done": "1"}, "accepted", "£2"),
        ({"_none": "1", "take": ["cost_note"], "checked_by": "phone"}, "refused", "£1"),
    ],
)
def test_editor_takes_all_some_or_none(admin_client, group, proposal, posted, state, cost):
    change_times(group)

    response = admin_client.post(page(proposal), {"revision": group.revision, **posted})

    group.refresh_from_db()
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state, group.cost_note) == (302, state, cost)
    assert group.checks.count() == 0


def test_page_of_a_proposal_shows_what_changed_meanwhile_and_writes_nothing_over(admin_client, group, proposal):
    opened = group.revision
    group.cost_note = "£9"
    group.save()

    refused = admin_client.post(page(proposal), {"revision": opened, "_all": "1", "note_is_done": "1"})
    again = admin_client.post(page(proposal), {"revision": group.revision, "_some": "1", "take": ["cost_note"]})

    assert (refused.status_code, "This has not been saved yet" in refused.text, "£9" in refused.text) == (
        200,
        True,
        True,
    )
    group.refresh_from_db()
    assert (again.status_code, group.cost_note) == (302, "£2")


def test_page_of_a_proposal_warns_of_what_gives_a_confidential_venue_away(admin_client):
    venue = make_venue(name="Example hall", confidential=True)
    group = make_group(venue=venue)
    proposal = propose(group, ProposalSource.LINK, {"summary": "At Example Hall."})

    before = admin_client.get(page(proposal)).text
    admin_client.post(page(proposal), {"revision": group.revision, "_all": "1"})

    assert "the venue is confidential, and this says “Example hall”" in before
    sentence = [str(message) for message in admin_client.get(page(group)).context["messages"]]
    assert [item for item in sentence if "is confidential, and “summary” of" in item] != []


def test_decided_proposal_has_no_buttons(admin_client, group, proposal):
    admin_client.post(page(proposal), {"revision": group.revision, "_none": "1"})

    text = admin_client.get(page(proposal)).text

    assert ("Not taken" in text, "Take all of it" in text) == (True, False)


def test_contributor_proposes_by_the_page_of_a_listing_and_decides_nothing(signed_in, group):
    client = signed_in(group.organisation, make_contributor)
    typed = form_as_it_stands(client.get(page(group))) | {"cost_note": "£5", "online_link": "https://example.org/x"}

    client.post(page(group), typed)

    group.refresh_from_db()
    proposal = Proposal.objects.get()
    assert group.cost_note == "£1"
    assert proposal.changes == {"cost_note": {"was": "£1", "proposed": "£5"}}
    assert (proposal.source, proposal.note) == ("contributor", "Online link: https://example.org/x")
    decided = client.post(page(proposal), {"revision": group.revision, "_all": "1"})
    assert (decided.status_code, Proposal.objects.get().state) == (403, "open")


def test_contributor_who_asks_is_told(signed_in, client, group, mailoutbox, django_capture_on_commit_callbacks):
    contributor = signed_in(group.organisation, make_contributor)
    contributor.post(page(group), form_as_it_stands(contributor.get(page(group))) | {"cost_note": "£5"})
    proposal = Proposal.objects.get()
    contributor.post(page(proposal), {"_tell_me": "1"})

    sign_in(client, make_manager())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(proposal), {"revision": group.revision, "_all": "1"})

    assert [letter.to for letter in mailoutbox] == [[proposal.proposed_by.email]]


def test_editor_of_another_organisation_neither_sees_nor_decides(signed_in, group, proposal):
    client = signed_in(make_organisation())

    answers = [client.get(page(proposal)).status_code, client.post(page(proposal), {"_all": "1"}).status_code]

    assert answers == [302, 302]  # To the list, as Django answers for what is not there.
    assert Proposal.objects.get().state == "open"


def test_nobody_but_a_manager_reads_an_address_that_was_left(signed_in, group, admin_client):
    report = record_report(group, ReportPart.TIME, "At 7pm.", "somebody@example.org")
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£3"}, email="somebody@example.org")
    suggestion = baker.make(
        Suggestion, name="Example", what="x", email="somebody@example.org", organisation=group.organisation
    )
    editor = signed_in(group.organisation)
    rows = [report, proposal, suggestion]

    texts = [editor.get(page(row)).text for row in rows]
    texts += [editor.get(reverse(f"admin:groups_{name}_changelist")).text for name in ("report", "proposal")]
    for_managers = [admin_client.get(page(row)).text for row in rows]

    assert ["somebody@" in text for text in texts] == [False] * 5
    assert ["somebody@" in text for text in for_managers] == [True] * 3


def test_closing_a_report_sets_the_day_and_tells_its_sender(
    admin_client, group, mailoutbox, django_capture_on_commit_callbacks
):
    report = record_report(group, ReportPart.TIME, "At 7pm.", "a@example.org")
    change_times(group)
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done"}

    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(page(report), typed)

    report.refresh_from_db()
    assert (response.status_code, report.state, report.closed_on) == (302, "done", days_ago(0))
    assert [letter.to for letter in mailoutbox] == [["a@example.org"]]
    assert [entry for entry in LogEntry.objects.all() if "example.org" in f"{entry.change_message}{entry}"] == []


def test_several_reports_are_closed_at_once(admin_client, group):
    reports = [record_report(group, ReportPart.TIME, f"At {hour}pm.") for hour in (6, 7)]
    chosen = {"action": "decline", "_selected_action": [report.pk for report in reports]}

    admin_client.post(reverse("admin:groups_report_changelist"), chosen)

    assert set(Report.objects.values_list("state", "closed_on")) == {("declined", days_ago(0))}


@pytest.mark.parametrize("who", ["manager", "editor"])
def test_report_becomes_a_proposal_in_one_step(client, signed_in, group, who):
    report = record_report(group, ReportPart.TIME, "At 7pm.")
    staff = signed_in(group.organisation) if who == "editor" else sign_in(client, make_manager())

    response = staff.post(page(report), form_as_it_stands(staff.get(page(report))) | {"_propose": "1"})

    proposal = Proposal.objects.get()
    assert (response.headers["Location"], proposal.note) == (page(proposal), "The day or time: At 7pm.")


def test_button_of_a_report_that_was_closed_meanwhile_makes_nothing(admin_client, group):
    report = record_report(group, ReportPart.TIME, "At 7pm.")
    typed = form_as_it_stands(admin_client.get(page(report))) | {"_propose": "1"}
    admin_client.post(page(report), typed)
    change_times(group)
    done = {"revision": group.revision, "_all": "1", "note_is_done": "1"}
    admin_client.post(page(Proposal.objects.get()), done)

    response = admin_client.post(page(report), typed)

    assert (Report.objects.get().state, Proposal.objects.count()) == ("done", 1)
    assert response.headers["Location"] == page(report)


def test_what_cannot_be_taken_is_said_with_the_name_of_its_field(admin_client, group):
    proposal = propose(group, ProposalSource.LINK, {"summary": ""})

    answer = admin_client.post(page(proposal), {"revision": group.revision, "_all": "1"})

    assert "This cannot be taken as it is. Summary: This field cannot be blank." in answer.content.decode()
