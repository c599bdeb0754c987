"""Saying that a listing is wrong: without a name or a cookie, and nobody can drown it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import RateLimitCount
from groups.feedback.models.report import Report
from tests.factories import make_group, make_organisation, make_role, make_training
from tests.groups.feedback.posting import FROM_OUR_PAGE, opened, send
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def errors(response) -> list[str]:
    """What the page says is wrong, above its heading."""
    return [words(link) for link in parse(response).iterfind(".//*[@class='error-summary']//a")]


# What happens to a report


_GROUP = ["The day or time", "The place", "The contact", "Whether new people can come"]
_ROLE = ["What it is or does", "Where it works", "How to get this support, or give it", "The pay"]


@pytest.mark.parametrize(
    "name, make, parts",
    [
        ("group", make_group, _GROUP),
        ("organisation", make_organisation, ["What it is or does", "Where it works", "The contact"]),
        ("role", make_role, [*_ROLE, "The contact"]),
        (
            "training",
            make_training,
            ["What it is or does", "The day or time", "The place", "The cost", "The contact"],
        ),
    ],
)
def test_report_asks_what_can_be_wrong_with_that_kind_of_listing(client, name, make, parts):
    page = parse(client.get(reverse(f"groups:{name}_report", args=[make().slug])))

    asked = [words(choice) for choice in page.iterfind(".//label[@class='choice']")]
    assert asked == [*parts, "It has ended", "Something else"]


@pytest.mark.parametrize(
    "name, make, part",
    [
        ("group", make_group, "time"),
        ("organisation", make_organisation, "about"),
        ("role", make_role, "ways"),
        ("training", make_training, "cost"),
    ],
)
def test_report_of_every_kind_of_listing_is_kept_and_thanked_for(client, name, make, part):
    listing = make()

    response = send(client, reverse(f"groups:{name}_report", args=[listing.slug]), part=part, what_is_right="At 7pm.")

    assert (response.status_code, response.headers["Location"]) == (302, reverse("groups:report_thanks"))
    report = Report.objects.get()
    stored = (report.listing, report.part, report.what_is_right, report.email, report.state, report.is_set_aside)
    assert stored == (listing, part, "At 7pm.", "", "open", False)


def test_report_sets_no_cookie_and_asks_for_no_token(client, page):
    for response in (client.get(page), send(client, page, part="ended")):
        assert dict(response.cookies) == {}
        assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_of_a_report_writes_nothing(client, page, only_selects, method):
    with only_selects():
        assert getattr(client, method)(page).status_code == 200


def test_report_page_of_an_old_address_leads_to_the_new_one(client, group):
    old = reverse("groups:group_report", args=[group.slug])
    group.slug = "example-striders"
    group.save()

    response = client.get(old)

    assert response.headers["Location"] == reverse("groups:group_report", args=["example-striders"])


@pytest.mark.parametrize("name, make", [("group", make_group), ("role", make_role), ("training", make_training)])
def test_report_page_of_a_draft_is_not_there(client, name, make):
    assert client.get(reverse(f"groups:{name}_report", args=[make(draft=True).slug])).status_code == 404


@pytest.mark.parametrize(
    "name, make",
    [("group", make_group), ("organisation", make_organisation), ("role", make_role)],
)
def test_every_listings_page_leads_to_its_report(client, name, make):
    listing = make()

    links = [link.get("href") for link in parse(client.get(listing.get_absolute_url())).iter("a")]

    assert reverse(f"groups:{name}_report", args=[listing.slug]) in links


def test_training_in_its_list_leads_to_its_report(client):
    training = make_training()

    links = [link.get("href") for link in parse(client.get(reverse("organisations:training_list"))).iter("a")]

    assert reverse("groups:training_report", args=[training.slug]) in links


# What is typed


@pytest.mark.parametrize(
    "typed, message",
    [
        ({}, ["Choose what is wrong. The closest answer will do."]),
        ({"part": "else"}, ["Tell us what is wrong, in a few words."]),
        ({"part": "colour"}, ["Choose what is wrong. The closest answer will do."]),
        # What only a role has.
        ({"part": "ways"}, ["Choose what is wrong. The closest answer will do."]),
        (
            {"part": "time", "email": "not an address"},
            ["This does not look like an email address. You can also leave it empty."],
        ),
        (
            {"part": "time", "what_is_right": "a" * 1001},
            ["“What is right instead?” is too long. Please use 1,000 letters or fewer."],
        ),
    ],
)
def test_report_with_a_gap_is_shown_again_with_what_to_do(client, page, typed, message):
    response = send(client, page, **typed)

    assert (response.status_code, errors(response), Report.objects.count()) == (200, message, 0)
    assert words(parse(response).find(".//title")).startswith("Please check: ")


def test_report_keeps_lines_and_drops_what_cannot_be_seen(client, page):
    send(client, page, part="time", what_is_right="At 7pm.\r\nNot\u202e at\x07 6pm. ")

    assert Report.objects.get().what_is_right == "At 7pm.\nNot  at  6pm."


# Who sends it


@pytest.mark.parametrize(
    "sent_from, status",
    [
        (FROM_OUR_PAGE, 302),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 302),
        ({"HTTP_REFERER": "http://testserver/groups/"}, 302),
        ({}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        # The same host, without the TLS of this page, or with it where this page has none.
        ({"HTTP_ORIGIN": "https://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}, 403),
        ({"HTTP_REFERER": "https://testserver/groups/"}, 403),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
        ({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver.elsewhere.example", "HTTP_SEC_FETCH_SITE": "same-origin"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_REFERER": "https://elsewhere.example/testserver"}, 403),
        # What is no address at all.
        ({"HTTP_ORIGIN": "http://[", "HTTP_SEC_FETCH_SITE": "same-origin"}, 403),
        ({"HTTP_REFERER": "http://["}, 403),
    ],
)
def test_report_is_taken_from_our_own_page_only(client, page, sent_from, status):
    response = send(client, page, sent_from=sent_from, part="ended", what_is_right="They told me.")

    assert (response.status_code, Report.objects.count()) == (status, int(status == 302))
    if status == 403:
        assert "They told me." in response.text


def test_report_of_a_robot_that_fills_in_every_box_is_thanked_for_and_not_kept(client, page):
    response = send(client, page, part="time", what_is_right="Buy now", url="https://spam.example")

    assert (response.status_code, Report.objects.count(), RateLimitCount.objects.count()) == (302, 0, 0)


def test_report_in_a_second_asks_to_press_the_button_again_and_keeps_what_was_typed(client, monkeypatch, page):
    # The clock stands still: a busy machine may take longer than the three seconds itself.
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)

    first = send(client, page, seconds=1, part="time", what_is_right="At 7pm.")
    again = send(client, page, seconds=4, part="time", what_is_right="At 7pm.")

    assert errors(first) == ["That was very quick. If you meant it, please press the button again."]
    assert "At 7pm." in first.text
    assert (again.status_code, Report.objects.count()) == (302, 1)


@pytest.mark.parametrize("digest", ["", "1", "1761100000:forged", "not a mark"])
def test_report_with_a_forged_moment_gets_a_true_one(client, page, digest):
    response = client.post(page, {"part": "ended", "opened": digest}, **FROM_OUR_PAGE)

    given = parse(response).find(".//input[@name='opened']").get("value")
    assert (response.status_code, Report.objects.count(), given == digest) == (200, 0, False)


def test_form_opened_in_the_morning_is_sent_in_the_evening(client, page):
    assert send(client, page, seconds=24 * 3600 - 60, part="ended").status_code == 302


def test_form_that_was_open_for_more_than_a_day_is_sent_by_pressing_once_more(client, page):
    late = send(client, page, seconds=24 * 3600 + 60, part="time", what_is_right="At 7pm.")
    token = parse(late).find(".//input[@name='opened']").get("value")
    again = client.post(page, {"opened": token, "part": "time", "what_is_right": "At 7pm."}, **FROM_OUR_PAGE)

    assert errors(late) == [
        "This page was open for a long time. All that you typed is still here. Please press the button again."
    ]
    assert "At 7pm." in late.text
    assert (late.status_code, again.status_code, Report.objects.count()) == (200, 302, 1)


def test_token_of_one_moment_is_good_for_a_day_and_not_for_ever(client, page, monkeypatch):
    """A robot that was given one may not live on it."""
    token, now = opened(), timezone.now()
    sent = {"opened": token, "part": "ended"}
    statuses = []
    for hours in (0, 23, 25, 24 * 30):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + datetime.timedelta(hours=hours))
        statuses.append(client.post(page, sent, **FROM_OUR_PAGE).status_code)

    assert statuses == [302, 302, 200, 200]


def test_token_of_a_moment_to_come_is_replaced(client, page):
    """Where the clocks of two servers differ, nobody is sent round in circles."""
    response = send(client, page, seconds=-600, part="ended")

    token = parse(response).find(".//input[@name='opened']").get("value")
    assert (response.status_code, token == opened(-600)) == (200, False)
    assert client.post(page, {"opened": opened(4), "part": "ended"}, **FROM_OUR_PAGE).status_code == 302
