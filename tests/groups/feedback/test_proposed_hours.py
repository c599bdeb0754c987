"""Opening hours of an organisation are reported and proposed in words, read back, and taken as a field of their own."""

import pytest
from django.urls import reverse

from groups.choices import ProposalSource, ReportPart
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.proposals import comparisons, decide, propose, propose_from
from groups.feedback.report_form import ReportForm
from groups.feedback.reports import record_report
from groups.models import SupportGroup
from groups.verification.forms import change_form_for
from groups.verification.snapshots import facts_of
from tests.factories import days_ago, make_group, make_organisation, make_venue
from tests.groups.feedback.posting import send
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

OPEN, WIDER = "Monday to Friday, 9am to 5pm", "Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm"
TYPED = "Mon to Fri 9am to 5pm, Sat 10am to 1pm"


@pytest.fixture
def organisation():
    return make_organisation(name="Example centre", postcode="TA20 1PP", opening_hours=OPEN)


def hide_address(organisation) -> None:
    make_group(organisation=organisation, venue=make_venue(confidential=True, postcode="TA20 1PP"))


def test_words_of_a_report_become_a_field_that_an_editor_takes(organisation, admin_user):
    report = record_report(organisation, ReportPart.HOURS, "", hours=TYPED)
    proposal = Proposal.objects.get(pk=propose_from(report).pk)
    [row] = comparisons(proposal)

    decided = decide(proposal, ["opening_hours"], editor=admin_user, today=days_ago(0), revision=organisation.revision)

    organisation.refresh_from_db()
    assert report.hours_read == WIDER
    assert proposal.changes == {"opening_hours": {"was": OPEN, "proposed": WIDER, "typed": TYPED}}
    assert (row.label, row.was, row.today, row.proposed, row.typed) == ("Opening hours", OPEN, OPEN, WIDER, TYPED)
    assert (proposal.note, decided.state, decided.report.state) == ("", "accepted", "done")
    assert organisation.opening_hours == WIDER


@pytest.mark.parametrize(
    "typed, changes, note",
    [
        ("Mon-Fri 9am-5pm", {}, ""),
        ("", {"opening_hours": {"was": OPEN, "proposed": ""}}, ""),
        ("When the lights are on", {}, "When is it open? When the lights are on"),
    ],
)
def test_hours_that_are_so_change_nothing_and_what_is_not_read_is_a_note(organisation, typed, changes, note):
    proposal = propose(organisation, ProposalSource.LINK, {"opening_hours": typed})

    assert (proposal.changes, proposal.note) == (changes, note) if proposal else (changes, note) == ({}, "")


def test_hours_are_asked_about_only_where_a_visitor_reads_them(organisation):
    hidden = make_organisation(postcode="TA20 1PP", opening_hours=OPEN)
    hide_address(hidden)
    listings = [
        organisation,
        hidden,
        make_organisation(opening_hours=OPEN, ended_on=days_ago(3)),
        make_organisation(),
        SupportGroup.objects.get(),
    ]

    reported = ["hours_in_words" in ReportForm(listing).fields for listing in listings]
    parts = ["hours" in dict(ReportForm(listing).fields["part"].choices) for listing in listings]
    behind_the_link = ["hours_in_words" in change_form_for(each)(instance=each).fields for each in listings]
    facts = [dict(facts_of(listing)).get("When is it open?") for listing in listings]

    assert reported == parts == [True, False, False, False, False]
    assert behind_the_link == [True, False, False, True, False]
    assert facts == [OPEN, None, None, None, None]


def test_hours_are_read_back_and_nothing_is_sent(client, organisation):
    page = reverse("groups:organisation_report", args=[organisation.slug])

    read = send(client, page, hours_in_words=TYPED, _read="1")
    unread = send(client, page, hours_in_words="When the lights are on", _read="1")

    assert [words(item) for item in parse(read).iterfind(".//form//li")] == WIDER.splitlines()
    assert "We could not read this." in words(parse(unread).find(".//form"))
    assert Report.objects.count() == 0


def test_owner_changes_the_hours_that_it_says_in_other_words(organisation):
    form_class = change_form_for(organisation)
    today = form_class(instance=organisation)
    typed = {name: today[name].value() or "" for name in today.fields}

    forms = [form_class(typed | {"hours_in_words": hours}, instance=organisation) for hours in (OPEN, TYPED)]

    assert today["hours_in_words"].value() == OPEN
    assert [form.is_valid() for form in forms] == [False, True]
    assert forms[1].proposed == {"opening_hours": TYPED}
