"""Behind the link an owner proposes the telephone and e-mail of a group; an editor takes and releases them."""

import datetime

import pytest

from groups.choices import ProposalSource
from groups.feedback.models.proposal import Proposal
from groups.feedback.proposals import comparisons, propose
from groups.feedback.proposed_contact import PlainContact
from groups.feedback.retention import tidy_up
from organisations.models import Contact
from tests.factories import days_ago, make_contact, make_group
from tests.groups.verification.test_tokens import as_it_stands, page_of, post
from tests.groups.verification.test_when_and_where import errors
from tests.staff.test_proposals import page as page_of_proposal

pytestmark = pytest.mark.django_db
NEW = PlainContact("01632 960118", "us@example.org")


@pytest.fixture
def page(link, asked, group) -> str:
    group.contacts.add(
        make_contact(organisation=group.organisation, role_title="", phone="01632 960001", email=""),
        make_contact(organisation=group.organisation, role_title="", email="zyxwvuts@example.org", released=False),
    )
    return page_of(link, asked, "check_change")


def test_contact_that_everybody_sees_is_filled_in_and_a_new_one_is_a_field(client, page):
    typed = as_it_stands(client.get(page))

    post(client, page, **typed | {"contact_phone": NEW.phone, "contact_email": NEW.email})

    assert (typed["contact_phone"], typed["contact_email"]) == ("01632 960001", "")
    proposal = Proposal.objects.get()
    assert (proposal.note, proposal.changes) == (
        "",
        {"contact": {"was": "01632 960001", "proposed": NEW.words, "phone": NEW.phone, "email": NEW.email}},
    )


def test_contact_that_is_left_out_is_a_note_and_one_that_is_none_is_refused(client, page):
    typed = as_it_stands(client.get(page))

    refused = post(client, page, **typed | {"contact_phone": "at the desk"})
    post(client, page, **typed | {"contact_phone": ""})

    assert errors(refused) == ["This does not look like a telephone number. One looks like 01632 960001."]
    assert [(row.changes, row.note) for row in Proposal.objects.all()] == [({}, "To be taken out: 01632 960001")]


def test_contact_that_is_taken_is_for_staff_until_it_is_released(client, admin_client):
    group = make_group()
    proposal = propose(group, ProposalSource.LINK, {"contact": NEW})

    decided = admin_client.post(page_of_proposal(proposal), {"revision": group.revision, "_all": "1"}, follow=True)

    contact = Contact.objects.get()
    assert (list(group.contacts.all()), contact.is_released, contact.phone) == ([contact], False, NEW.phone)
    assert f"/staff/organisations/contact/{contact.pk}/change/" in decided.text
    assert NEW.phone not in client.get(group.get_absolute_url()).text
    contact.is_released = True
    contact.save()
    proposal.refresh_from_db()
    assert [row.is_so_already for row in comparisons(proposal)] == [True]


def test_contact_that_is_there_already_is_not_added_again(admin_client):
    group = make_group()
    known = make_contact(organisation=group.organisation, role_title="", phone=NEW.phone, email=NEW.email)
    proposal = propose(group, ProposalSource.LINK, {"contact": NEW})

    admin_client.post(page_of_proposal(proposal), {"revision": group.revision, "_all": "1"})

    assert (list(group.contacts.all()), Contact.objects.count()) == ([known], 1)
    known.refresh_from_db()
    assert known.is_released


def test_proposed_contact_is_erased_after_the_decision():
    waiting, decided = (propose(make_group(), ProposalSource.LINK, {"contact": NEW}) for _ in "12")
    decided.state, decided.closed_on = "refused", days_ago(90)
    decided.save()

    erased = [tidy_up(days_ago(0) + datetime.timedelta(days))["E-mail addresses"] for days in (-1, 0, 1)]

    for proposal in (waiting, decided):
        proposal.refresh_from_db()
    assert (erased, waiting.changes["contact"]["phone"]) == ([0, 1, 0], NEW.phone)
    assert decided.changes == {"contact": {"was": "", "proposed": ""}}
