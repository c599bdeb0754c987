"""Behind the link: opening it does nothing, an answer is of what was shown, and the secret stays one."""

import logging
from io import StringIO

import pytest
from django.urls import reverse
from tinyhtml5.parser import HTMLParser

from groups.choices import CheckAnswer
from groups.feedback.models.proposal import Proposal
from groups.models import GroupCheck
from groups.verification import answers
from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import InvalidTokenError, make_token, request_of_token
from peersupport.logs import NoQueryStrings
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_venue
from tests.groups.feedback.posting import FROM_OUR_PAGE
from tests.peersupport.html import parse

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python signs and reads links.


def page_of(link: str, asked: CheckRequest, name: str) -> str:
    return f"{reverse(f'groups:{name}')}{link.removeprefix('/check/')}&listing={asked.asked.get().pk}"


def marks(response) -> list[str]:
    return [box.get("value") for box in parse(response).iterfind(".//section//input[@name='shown']")]


def post(client, address: str, sent_from: dict = FROM_OUR_PAGE, **typed):
    return client.post(address, typed, **sent_from)


def as_it_stands(response) -> dict[str, str]:
    """What a browser sends of a form that nobody has touched: lines end in its own way."""
    form = response.context["form"]
    typed = {field.name: "" if field.value() is None else str(field.value()) for field in form}
    digest = parse(response).find(".//form//input[@name='shown']").get("value")
    return {name: value.replace("\n", "\r\n") for name, value in typed.items()} | {"shown": digest}


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["check_listings", "check_change", "check_ended"])
def test_opening_the_link_as_mail_scanners_do_changes_nothing(client, link, asked, only_selects, method, name):
    with only_selects():
        response = getattr(client, method)(page_of(link, asked, name))

    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert (GroupCheck.objects.count(), Proposal.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["check_listings", "check_change", "check_ended"])
def test_pages_behind_the_link_are_well_formed(client, link, asked, name):
    parser = HTMLParser(namespace_html_elements=False)

    parser.parse(StringIO(client.get(page_of(link, asked, name)).text))

    assert parser.errors == []


def test_page_shows_what_everybody_can_read_and_nothing_else(client, organisation, mailoutbox):
    hidden = make_contact(organisation=organisation, role_title="Lead", email="zyxwvuts@example.org", released=False)
    venue = make_venue(name="Zyxwvuts hall", address="9 Zyxwvuts Street", confidential=True)
    make_group(
        name="Example walkers",
        organisation=organisation,
        venue=venue,
        contacts=[hidden],
        online_link="https://zyxwvuts.example",
    )
    list(send_check_requests(days_ago(0)))

    text = client.get(f"/check/?t={make_token(CheckRequest.objects.get())}").text

    assert ("Example walkers" in text, "Chard" in text, "zyxwvuts" in text.casefold()) == (True, True, False)


def test_still_right_is_a_check_by_the_organisation(client, link, asked, group):
    response = post(client, link, shown=marks(client.get(link)))

    check = GroupCheck.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"{link}#thanks".replace(":", "%3A"))
    assert (check.listing, check.checked_on) == (group, days_ago(0))
    assert (check.checked_by, check.editor) == ("organisation", None)
    assert asked.asked.get().answer == CheckAnswer.RIGHT
    assert "You have answered all of it" in client.get(link).text


def test_link_used_twice_in_a_day_is_one_check(client, link):
    for _ in "12":
        post(client, link, shown=marks(client.get(link)))

    assert GroupCheck.objects.count() == 1


def test_one_button_says_that_all_of_it_is_right(client, organisation, group, mailoutbox):
    make_group(organisation=organisation)
    list(send_check_requests(days_ago(0)))
    link = f"/check/?t={make_token(CheckRequest.objects.get())}"

    post(client, link, shown=marks(client.get(link)))

    assert GroupCheck.objects.count() == 2


@pytest.mark.parametrize("change", ["group", "schedule", "venue", "contact"])
def test_what_changed_after_the_page_was_opened_is_shown_again_and_not_checked(client, link, group, change):
    opened = marks(client.get(link))
    if change == "schedule":
        group.schedules.create(weekday=3)
    elif change == "contact":
        group.contacts.add(make_contact(organisation=group.organisation, phone="01632 960001"))
    elif change == "venue":
        type(group).objects.update(venue=make_venue(name="Example hall"))
    else:
        group.cost_note = "£5"
        group.save()

    response = post(client, link, shown=opened)

    assert (response.status_code, GroupCheck.objects.count()) == (200, 0)
    assert "This page has changed since you opened it" in response.text
    assert post(client, link, shown=marks(response)).status_code == 302


def test_mark_of_another_message_or_a_forged_one_checks_nothing(client, link, asked, mailoutbox):
    other = make_organisation(name="Example other")
    make_contact(organisation=other, purpose="general", email="desk@other.example")
    list(send_check_requests(days_ago(0)))
    others = f"/check/?t={make_token(CheckRequest.objects.get(organisation=other))}"

    post(client, link, shown=marks(client.get(others)))
    post(client, link, shown=["1:abc", "", "1:abc:def"])

    assert (GroupCheck.objects.count(), other.checks.count()) == (0, 0)


def test_listing_that_another_organisation_has_taken_over_is_no_longer_shown_or_answered(client, link, asked, group):
    change, digest = page_of(link, asked, "check_change"), marks(client.get(link))
    typed = as_it_stands(client.get(change)) | {"note": "At 7pm now."}
    group.organisation, group.summary = make_organisation(name="Example other"), "Zyxwvuts words."
    group.save()

    page, listed = client.get(change), client.get(link)
    answers = [post(client, link, shown=digest), post(client, change, **typed)]

    assert (page.status_code, marks(listed), "Zyxwvuts" in listed.text) == (404, [], False)
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (GroupCheck.objects.count(), Proposal.objects.count()) == (0, 0)


def test_change_that_is_sent_again_is_kept_once(client, link, asked):
    change = page_of(link, asked, "check_change")
    typed = as_it_stands(client.get(change)) | {"note": "At 7pm now.", "email": "a@example.org"}

    answers = [post(client, change, **typed).status_code for _ in "123"]

    assert (answers, Proposal.objects.count()) == ([302, 302, 302], 1)


def test_one_link_has_room_for_so_many_proposals_and_says_so(client, link, asked, monkeypatch):
    monkeypatch.setattr(answers, "MOST_OPEN", 2)
    change = page_of(link, asked, "check_change")
    typed = as_it_stands(client.get(change))

    statuses = [post(client, change, **typed | {"note": f"At {hour}pm now."}).status_code for hour in (6, 7, 8)]

    assert (statuses, Proposal.objects.count()) == ([302, 302, 429], 2)


@pytest.mark.parametrize("name", ["check_change", "check_ended"])
def test_listing_of_another_message_has_no_page_here(client, link, asked, mailoutbox, name):
    other = make_organisation()
    make_contact(organisation=other, purpose="general", email="desk@other.example")
    list(send_check_requests(days_ago(0)))
    theirs = CheckRequest.objects.get(organisation=other).asked.get().pk

    address = page_of(link, asked, name).rpartition("=")[0]

    assert [client.get(f"{address}={key}").status_code for key in (theirs, "x", "")] == [404, 404, 404]


def test_answer_from_another_site_is_refused(client, link, asked):
    elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example", "HTTP_SEC_FETCH_SITE": "cross-site"}
    change = page_of(link, asked, "check_change")

    answers = [
        post(client, link, elsewhere, shown=marks(client.get(link))),
        post(client, change, elsewhere, **as_it_stands(client.get(change)) | {"note": "At 7pm."}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert (GroupCheck.objects.count(), Proposal.objects.count()) == (0, 0)


def test_something_changed_becomes_a_proposal_of_just_that(client, link, asked, group):
    change = page_of(link, asked, "check_change")
    typed = as_it_stands(client.get(change)) | {"cost_note": "£2", "note": "At 7pm now.", "email": "a@example.org"}

    response = post(client, change, **typed)

    group.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (response.status_code, group.cost_note, GroupCheck.objects.count()) == (302, "£1", 0)
    assert proposal.changes == {"cost_note": {"was": "£1", "proposed": "£2"}}
    assert (proposal.source, proposal.note, proposal.email) == ("link", "At 7pm now.", "a@example.org")
    assert asked.asked.get().answer == CheckAnswer.CHANGED


def test_form_that_nobody_touched_says_so(client, link, asked):
    change = page_of(link, asked, "check_change")

    response = post(client, change, **as_it_stands(client.get(change)))

    assert (response.status_code, Proposal.objects.count()) == (200, 0)
    assert "Nothing is changed here yet" in response.text


def test_change_of_what_somebody_saved_meanwhile_is_shown_again_with_what_was_typed(client, link, asked, group):
    change = page_of(link, asked, "check_change")
    typed = as_it_stands(client.get(change)) | {"note": "At 7pm now."}
    group.cost_note = "£9"
    group.save()

    refused = post(client, change, **typed)
    digest = parse(refused).find(".//form//input[@name='shown']").get("value")
    again = post(client, change, **typed | {"shown": digest})

    assert (refused.status_code, "At 7pm now." in refused.text) == (409, True)
    assert again.status_code == 302


def test_it_has_ended_becomes_a_proposal(client, link, asked, group):
    ended = page_of(link, asked, "check_ended")
    typed = as_it_stands(client.get(ended)) | {"ended_on": "2026-11-01", "words": "To Example striders."}

    post(client, ended, **typed)

    group.refresh_from_db()
    proposed = {name: change["proposed"] for name, change in Proposal.objects.get().changes.items()}
    assert group.stage == "running"
    assert proposed == {"stage": "ended", "ended_on": "2026-11-01", "where_members_went": "To Example striders."}
    assert asked.asked.get().answer == CheckAnswer.ENDED


def test_it_has_ended_asks_for_nothing_more(client, link, asked):
    ended = page_of(link, asked, "check_ended")

    response = post(client, ended, **as_it_stands(client.get(ended)))

    assert (response.status_code, Proposal.objects.get().note) == (302, "It has ended.")


@pytest.mark.parametrize("token", ["", "x", "x:y", "WyJhIl0:abcdef"])
def test_forged_link_is_none(client, link, token):
    response = client.get(f"/check/?t={token}")

    assert (response.status_code, "Example" in response.text) == (404, False)


@pytest.mark.parametrize("days, works", [(60, True), (61, False)])
def test_link_works_for_sixty_days(asked, days, works):
    today = days_ago(-days)

    try:
        found = request_of_token(make_token(asked), today) == asked
    except InvalidTokenError as problem:
        found = not problem.is_expired

    assert found is works


def test_link_ends_when_its_address_is_the_organisations_no_more(client, link, organisation):
    contact = organisation.contacts.get()
    contact.email = "new@house.example"
    contact.save()

    assert client.get(link).status_code == 410
    contact.email, contact.organisation = "desk@house.example", make_organisation()
    contact.save()
    assert client.get(link).status_code == 410
    contact.delete()
    assert client.get(link).status_code == 410


def test_secret_of_a_link_stands_in_no_log(link):
    record = logging.LogRecord("gunicorn", logging.INFO, "", 1, '"%s" 200', (f"GET {link} HTTP/1.1",), None)

    NoQueryStrings().filter(record)

    assert record.getMessage() == '"GET /check/ HTTP/1.1" 200'
