"""Feeds as readers of feeds have them: by the rules of Atom, and by a reader that many programs are built on."""

from xml.etree import ElementTree

import feedparser
import pytest
from django.urls import reverse

from tests.factories import make_group, make_venue

from .atom_rules import breaches

SEARCH = "?near=TA20+1&within=10"


@pytest.fixture
def groups(db):
    hall = make_venue(name="The hall", town="Chard", postcode="TA20 1AA")
    return [make_group(name=f"Example tea & talk {letter}", summary="We <talk>.", venue=hall) for letter in "AB"]


def addresses() -> list[str]:
    return [
        reverse("groups:area_feed", args=["somerset"]),
        reverse("groups:area_feed", args=["moray"]),
        reverse("groups:search_feed") + SEARCH,
    ]


def test_feed_keeps_the_rules_of_atom_and_has_an_entry_for_each_change(client, groups):
    feeds = [ElementTree.fromstring(client.get(address).content) for address in addresses()]

    assert [breaches(feed) for feed in feeds] == [[], [], []]
    assert [len(feed.findall("{*}entry")) for feed in feeds] == [2, 0, 2]


def test_feedparser_reads_what_the_feed_says(client, groups):
    address = addresses()[0]
    response = client.get(address)

    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})

    about = {name: read.feed[name] for name in ("title", "subtitle", "link", "id", "language", "author")}
    own = [link.href for link in read.feed.links if link.rel == "self"]
    assert (read.bozo, read.version, own) == (False, "atom10", [f"http://testserver{address}"])
    assert about == {
        "title": "Groups in Somerset: changes | Alongside",
        "subtitle": "New groups, changes of time or place, and groups that ended.",
        "link": "http://testserver/areas/somerset/",
        "id": "http://testserver/areas/somerset/",
        "language": "en-gb",
        "author": "Alongside",
    }
    assert {(entry.title, entry.link, entry.summary.split("</p>")[0]) for entry in read.entries} == {
        (
            f"New group: {group.name}, Chard",
            f"http://testserver{group.get_absolute_url()}",
            "<p>We &lt;talk&gt;.",
        )
        for group in groups
    }


# Of text alone.
@pytest.mark.one_database
def test_what_breaks_a_rule_of_atom_is_seen():
    feed = ElementTree.fromstring(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>somerset</id><title>A</title><title>B</title>'
        "<updated>yesterday</updated><entry><id>urn:1</id><title>C</title><updated>2026-01-02T03:04:05Z</updated>"
        '<link href="/areas/"/></entry><entry><id>urn:1</id><title>C</title><updated>2026-01-02T03:04:05Z</updated>'
        "<pubDate>D</pubDate></entry></feed>"
    )

    assert breaches(feed) == [
        "feed: 2 of title",
        "feed: id: somerset is no whole address",
        "feed: updated: yesterday is no moment",
        "entry: link: /areas/ is no whole address",
        "entry: pubDate has no place here",
        "nobody is the author",
        "entry: neither content nor an alternate link",
        "two entries are ('urn:1', '2026-01-02T03:04:05Z')",
    ]
