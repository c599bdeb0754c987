"""Saying that listings are right: one click on a page, one action for several; an edit alone never says so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from groups.choices import CheckAnswer, Delivery
from groups.models import GroupCheck
from groups.verification.models import AskedListing, CheckRequest
from tests.factories import days_ago, make_group, make_organisation, make_role, make_training
from tests.peersupport.html import parse, words
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_editor, sign_in

pytestmark = pytest.mark.django_db


def page(row, name: str = "change") -> str:
    args = [row.pk] if name == "change" else []
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=args)


def press(client, row, **typed):
    return client.post(page(row), form_as_it_stands(client.get(page(row))) | typed, follow=True)


@pytest.mark.parametrize(
    "make, how",
    [(make_group, "phone"), (make_organisation, "visit"), (make_role, "email"), (make_training, "website")],
)
def test_one_click_checks_a_listing_and_changes_nothing_of_it(admin_client, admin_user, make, how):
    listing = make()
    versions = listing.history.count()

    press(admin_client, listing, _checked=how)

    check = listing.checks.get()
    assert (check.checked_on, check.checked_by, check.editor) == (days_ago(0), how, admin_user)
    listing.refresh_from_db()
    assert (listing.revision, listing.history.count()) == (0, versions)


def test_click_saves_what_was_typed_too(admin_client):
    group = make_group()

    press(admin_client, group, _checked="phone", stage_note="For now.")

    group.refresh_from_db()
    assert (group.stage_note, group.checks.count()) == ("For now.", 1)


def test_click_on_a_page_that_somebody_else_saved_meanwhile_checks_nothing(admin_client):
    group = make_group()
    typed = form_as_it_stands(admin_client.get(page(group)))
    group.save()

    admin_client.post(page(group), typed | {"_checked": "phone"})

    assert group.checks.count() == 0


@pytest.mark.parametrize("typed", [{"stage_note": "For now."}, {"_checked": "organisation"}, {"_checked": "guess"}])
def test_edit_is_no_check_and_nobody_answers_for_the_organisation(admin_client, typed):
    group = make_group()

    press(admin_client, group, **typed)

    assert group.checks.count() == 0


def test_several_are_checked_at_once(admin_client):
    groups = [make_group() for _ in "123"]
    chosen = {"action": "checked_phone", "_selected_action": [group.pk for group in groups[:2]]}

    admin_client.post(page(groups[0], "changelist"), chosen)

    assert sorted(GroupCheck.objects.values_list("listing", "checked_by")) == [
        (group.pk, "phone") for group in groups[:2]
    ]


def test_contributor_checks_neither_by_click_nor_for_several(client):
    group = make_group()
    sign_in(client, make_contributor(group.organisation))

    shown = client.get(page(group)).text
    press(client, group, _checked="phone")
    client.post(page(group, "changelist"), {"action": "checked_phone", "_selected_action": [group.pk]})

    assert ('name="_checked"' in shown, GroupCheck.objects.count()) == (False, 0)


def test_editor_checks_their_own_listings_only(client):
    mine, others = make_group(), make_group()
    sign_in(client, make_editor(mine.organisation))

    press(client, mine, _checked="visit")
    chosen = {"action": "checked_phone", "_selected_action": [mine.pk, others.pk]}
    client.post(page(mine, "changelist"), chosen)

    assert sorted(GroupCheck.objects.values_list("listing", "checked_by")) == [(mine.pk, "phone"), (mine.pk, "visit")]


def test_editor_reads_of_a_message_only_what_they_still_keep(client):
    mine, other = make_organisation(), make_organisation()
    sent = CheckRequest.objects.create(organisation=mine, sent_on=days_ago(1))
    for name, organisation in (("Example kept", mine), ("Zyx moved", other)):
        AskedListing.objects.create(request=sent, group=make_group(name=name, organisation=organisation))

    text = sign_in(client, make_editor(mine)).get(page(sent)).text

    assert ("Example kept" in text, "Zyx moved" in text) == (True, False)


def make_request(name: str, days: int, delivery: str = Delivery.SENT, **fields) -> CheckRequest:
    organisation = make_organisation(name=f"Example {name}")
    return CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(days), delivery=delivery, **fields)


def test_list_of_messages_says_what_became_of_each_and_is_filtered_by_it(admin_client):
    answered, silent = make_request("answered", 20), make_request("silent", 14)
    make_request("waiting", 13)
    make_request("refused", 1, Delivery.REFUSED, problem="550 unknown here")
    for answer in ({"answer": CheckAnswer.RIGHT, "answered_on": days_ago(1)}, {}):
        AskedListing.objects.create(request=answered, group=make_group(organisation=answered.organisation), **answer)

    def listed(**asked) -> dict[str, str]:
        rows = parse(admin_client.get(page(silent, "changelist"), asked)).iterfind(".//table[@id='result_list']//tr")
        return dict([*map(words, row)][1:4:2] for row in rows)

    assert listed() == {
        "Organisation": "What became of it",
        "Example refused": "Refused, or came back. 550 unknown here",
        "Example waiting": "No answer yet",
        "Example silent": "Silent",
        "Example answered": "Answered for 1 of 2",
    }
    assert {answer: [*listed(answer=answer)][1:] for answer in ("answered", "waiting", "silent", "refused")} == {
        "answered": ["Example answered"],
        "waiting": ["Example waiting"],
        "silent": ["Example silent"],
        "refused": ["Example refused"],
    }


def test_message_that_came_back_later_is_noted(admin_client):
    sent = make_request("sent", 1)
    address = page(sent, "changelist")
    actions = parse(admin_client.get(address)).iterfind(".//select[@name='action']/option[@value='mark_bounced']")

    answer = admin_client.post(address, {"action": "mark_bounced", "_selected_action": [sent.pk]}, follow=True)

    sent.refresh_from_db()
    assert [str(message) for message in answer.context["messages"]] == [
        "Noted. Nothing more is sent there until the contact’s address is changed."
    ]
    assert [*map(words, actions)] == ["It came back: the address does not work"]
    assert (sent.delivery, sent.problem) == (Delivery.REFUSED, "It came back.")
    assert [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=sent.pk)] == ["It came back."]
