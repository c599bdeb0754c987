"""The examples on the page about our data: true of the directory as it is."""

import datetime
import html
import json
import re

import pytest
from django.urls import reverse

from tests.factories import area, make_group, make_schedule, make_venue
from tests.peersupport.html import parse

pytestmark = pytest.mark.django_db


def panels(client) -> list[list[str]]:
    """The lines of each example."""
    page = parse(client.get(reverse("data")))
    return [[line for line in code.itertext() if line.strip()] for code in page.iterfind(".//p[@class='panel']/code")]


def test_examples_are_of_the_area_with_the_most_groups_and_answer_as_they_say(client):
    for name, town in (("A", "Chard"), ("B", "Chard"), ("C", "Margate")):
        group = make_group(name=f"Example {name}", venue=make_venue(name="The hall", town=town))
        make_schedule(group, starts_at=datetime.time(18))
    somerset = f"http://testserver{area('Somerset').get_absolute_url()}"

    [line], [feed], [calendar], [open_referral], [named], shown, [command], answer = panels(client)

    frame = "http://testserver/embed/areas/somerset/"
    printed = client.get(calendar).content.decode().split("\r\n")
    assert (feed, calendar) == (f"{somerset}changes.atom", f"{somerset}calendar.ics")
    assert f'<iframe src="{frame}" title="Groups in Somerset"' in html.unescape(line)
    assert command == f"curl --silent {calendar} | grep -E '^(SUMMARY|DTSTART;|LOCATION)' | head -n 9"
    assert answer == [row for row in printed if re.match("^(SUMMARY|DTSTART;|LOCATION)", row)][:9]
    assert (len(answer), answer[0]) == (9, "SUMMARY:Example A (ask before you go)")
    assert [client.get(address).status_code for address in (frame, feed, open_referral)] == [200, 200, 200]
    organisations = "http://testserver/open-referral/organizations?per_page=1"
    lines = json.dumps(client.get(organisations).json(), indent=2).split("\n")
    assert named == f"curl --silent '{organisations}' | python3 -m json.tool --indent 2 | head -n 16"
    assert shown == ["\n".join(lines[:16])]


def test_list_stands_live_in_a_frame_of_this_page_alone(client):
    make_group(name="Example A", town="Chard")

    response = client.get(reverse("data"))

    [frame] = parse(response).iter("iframe")
    about = client.get(reverse("about"))
    policy = response["Content-Security-Policy"]
    assert dict(frame.items()) == {
        "class": "live-list",
        "src": "/embed/areas/somerset/",
        "title": "Groups in Somerset, as another site shows them",
        "width": "640",
        "height": "480",
        "loading": "lazy",
    }
    assert policy == f"{about['Content-Security-Policy']}; frame-src 'self'"
    assert (response["X-Frame-Options"], about["X-Frame-Options"]) == ("DENY", "DENY")


def test_page_has_no_example_without_a_listing(client):
    assert panels(client) == [["http://testserver/open-referral/"]]
