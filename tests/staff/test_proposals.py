"""Deciding proposals, closing reports and drafting suggestions on the staff pages."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from model_bakery import baker

from groups.choices import ProposalSource, ReportPart
from groups.models import Proposal, Report, Suggestion, SupportGroup
from groups.telling import propose, take_report
from organisations.models import Organisation, one_version
from tests.factories import area, days_ago, make_group, make_organisation, make_schedule, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in

pytestmark = pytest.mark.django_db


def page(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def change_times(group: SupportGroup) -> None:
    """Do what an editor does who puts the times of a group right: save it with another time, as one version."""
    with one_version(group):
        group.save()
        make_schedule(group)


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1", summary="We walk.")


@pytest.fixture
def proposal(group) -> Proposal:
    return propose(group, ProposalSource.LINK, {"cost_note": "£2", "summary": "We walk by the sea."}, "At 7pm now.")


@pytest.fixture
def signed_in(client):
    """Sign somebody in who keeps an organisation: an editor, or what else is made of it."""

    def sign(organisation: Organisation, make=make_editor):
        return sign_in(client, make(organisation))

    return sign


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
    said = [str(message) for message in admin_client.get(page(group)).context["messages"]]
    assert [one for one in said if "is confidential, and “summary” of" in one] != []


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
    report = take_report(group, ReportPart.TIME, "At 7pm.", "somebody@example.org")
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
    report = take_report(group, ReportPart.TIME, "At 7pm.", "a@example.org")
    change_times(group)
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done"}

    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(page(report), typed)

    report.refresh_from_db()
    assert (response.status_code, report.state, report.closed_on) == (302, "done", days_ago(0))
    assert [letter.to for letter in mailoutbox] == [["a@example.org"]]
    assert [entry for entry in LogEntry.objects.all() if "example.org" in f"{entry.change_message}{entry}"] == []


def test_several_reports_are_closed_at_once(admin_client, group):
    reports = [take_report(group, ReportPart.TIME, f"At {hour}pm.") for hour in (6, 7)]
    chosen = {"action": "decline", "_selected_action": [report.pk for report in reports]}

    admin_client.post(reverse("admin:groups_report_changelist"), chosen)

    assert set(Report.objects.values_list("state", "closed_on")) == {("declined", days_ago(0))}


@pytest.mark.parametrize("who", ["manager", "editor"])
def test_report_becomes_a_proposal_in_one_step(client, signed_in, group, who):
    report = take_report(group, ReportPart.TIME, "At 7pm.")
    staff = signed_in(group.organisation) if who == "editor" else sign_in(client, make_manager())

    response = staff.post(page(report), form_as_it_stands(staff.get(page(report))) | {"_propose": "1"})

    proposal = Proposal.objects.get()
    assert (response.headers["Location"], proposal.note) == (page(proposal), "The day or time: At 7pm.")


def test_button_of_a_report_that_was_closed_meanwhile_makes_nothing(admin_client, group):
    report = take_report(group, ReportPart.TIME, "At 7pm.")
    typed = form_as_it_stands(admin_client.get(page(report))) | {"_propose": "1"}
    admin_client.post(page(report), typed)
    change_times(group)
    done = {"revision": group.revision, "_all": "1", "note_is_done": "1"}
    admin_client.post(page(Proposal.objects.get()), done)

    response = admin_client.post(page(report), typed)

    assert (Report.objects.get().state, Proposal.objects.count()) == ("done", 1)
    assert response.headers["Location"] == page(report)


def test_suggestion_becomes_a_draft_in_one_step(admin_client):
    suggestion = baker.make(
        Suggestion, name="Example walkers", what="We walk. All year.", run_by="Example house", area=area("Somerset")
    )
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {"_draft": "1"}

    response = admin_client.post(page(suggestion), typed)

    group, suggestion = SupportGroup.objects.get(), Suggestion.objects.get()
    assert response.headers["Location"] == page(group)
    assert (group.name, group.summary, group.publication) == ("Example walkers", "We walk", "draft")
    assert (group.organisation.name, group.organisation.publication) == ("Example house", "draft")
    assert (suggestion.state, suggestion.closed_on, suggestion.group) == ("drafted", days_ago(0), group)


@pytest.mark.parametrize("who", ["manager", "editor"])
def test_suggestion_of_a_group_that_we_have_becomes_a_proposal_in_one_step(client, signed_in, group, who):
    somerset = make_organisation(areas=["Somerset"])
    SupportGroup.objects.filter(pk=group.pk).update(organisation=somerset)
    told = {
        "name": "Example walkers",
        "what": "We walk.",
        "when_and_where": "Mondays at 7pm.",
        "area": area("Somerset"),
    }
    suggestion = baker.make(Suggestion, **told)
    staff = signed_in(somerset) if who == "editor" else sign_in(client, make_manager())
    typed = form_as_it_stands(staff.get(page(suggestion))) | {"_propose": "1"}

    without = staff.post(page(suggestion), typed)
    response = staff.post(page(suggestion), typed | {"group": group.pk})

    proposal, suggestion = Proposal.objects.get(), Suggestion.objects.get()
    assert [without.headers["Location"], response.headers["Location"]] == [page(suggestion), page(proposal)]
    assert (proposal.listing, proposal.source, proposal.suggestion) == (group, "suggestion", suggestion)
    assert proposal.note == "We walk.\nWhen and where: Mondays at 7pm."
    assert (suggestion.state, suggestion.closed_on) == ("known", days_ago(0))
    assert staff.get(page(proposal)).status_code == 200


def test_suggestion_names_no_group_that_others_keep(signed_in):
    draft = make_group(name="Example secret plan", draft=True)
    suggestion = baker.make(Suggestion, name="Example", what="We walk.", area=area("Somerset"), group=draft)
    client = signed_in(make_organisation(areas=["Somerset"]))
    opened = client.get(page(suggestion))

    answer = client.post(page(suggestion), form_as_it_stands(opened) | {"_propose": "1"}, follow=True)

    assert ["secret plan" in shown.text for shown in (opened, answer)] == [False, False]
    assert "A proposal was made for those who keep the group" in answer.text
    assert (Proposal.objects.get().listing, Suggestion.objects.get().group) == (draft, draft)


@pytest.mark.parametrize("button, groups, proposals", [("_draft", 2, 0), ("_propose", 1, 1)])
def test_button_of_a_suggestion_that_is_pressed_twice_makes_one_thing(
    admin_client, group, mailoutbox, django_capture_on_commit_callbacks, button, groups, proposals
):
    suggestion = baker.make(Suggestion, name="Example walkers", what="We walk.", email="a@example.org")
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {button: "1", "group": group.pk}

    with django_capture_on_commit_callbacks(execute=True):
        first, second = (admin_client.post(page(suggestion), typed) for _ in range(2))

    assert (SupportGroup.objects.count(), Proposal.objects.count(), len(mailoutbox)) == (groups, proposals, 1)
    assert (first.headers["Location"] != page(suggestion), second.headers["Location"]) == (True, page(suggestion))
    assert not Suggestion.objects.get().is_open


def test_suggestion_is_seen_by_the_editors_of_its_area_only(signed_in):
    here, elsewhere = make_organisation(areas=["Somerset"]), make_organisation(areas=["Kent"])
    mine, others = (
        baker.make(Suggestion, name=f"Example {name}", what="x", area=area(name)) for name in ("Somerset", "Thanet")
    )
    client = signed_in(here)

    listed = client.get(reverse("admin:groups_suggestion_changelist")).context["cl"].queryset
    typed = form_as_it_stands(client.get(page(mine)))
    not_theirs = client.post(page(mine), typed | {"_draft": "1"})
    taken = client.post(page(mine), typed | {"_draft": "1", "organisation": here.pk})

    assert (list(listed), elsewhere.suggestions.count()) == ([mine], 0)
    assert (client.get(page(others)).status_code, not_theirs.headers["Location"]) == (302, page(mine))
    group = SupportGroup.objects.get()
    assert (taken.headers["Location"], group.organisation) == (page(group), here)


def test_what_cannot_be_taken_is_said_with_the_name_of_its_field(admin_client, group):
    proposal = propose(group, ProposalSource.LINK, {"summary": ""})

    answer = admin_client.post(page(proposal), {"revision": group.revision, "_all": "1"})

    assert "This cannot be taken as it is. Summary: This field cannot be blank." in answer.content.decode()
