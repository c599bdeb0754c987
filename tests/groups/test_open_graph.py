"""What a message shows of a link to a page, by Open Graph."""

from urllib.parse import urlencode

import pytest
from django.templatetags.static import static
from django.urls import reverse

from groups.shortlist import Shortlist
from places.models import Area
from tests.factories import make_group, make_organisation, make_role, make_venue
from tests.peersupport.html import parse

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def preview_of(client, address: str) -> dict[str, str]:
    """The properties of the head of a page, with its canonical address."""
    head = parse(client.get(address)).find("head")
    metas = [meta for meta in head.iterfind("meta") if meta.get("property")]
    found = {meta.get("property").removeprefix("og:"): meta.get("content") for meta in metas}
    assert len(found) == len(metas)
    return found | {"canonical": head.find("link[@rel='canonical']").get("href")}


def test_link_to_what_can_be_found_has_a_preview(client):
    organisation = make_organisation(name="Example & Friends", summary="People who meet.")
    group = make_group(name="Example <tea>", summary="Tea and talk.", organisation=organisation, town="Chard")
    role = make_role(organisation=organisation, title="Example helper", summary="You help.")
    area = Area.objects.get(slug="somerset")
    pages = {
        group: ("Example <tea>, Chard", "Tea and talk."),
        organisation: ("Example & Friends", "People who meet."),
        role: ("Example helper", "You help."),
        area: ("Groups in Somerset", "Peer support groups in Somerset: when they meet, where, and how to join."),
    }

    previews = {page: preview_of(client, page.get_absolute_url()) for page in pages}

    assert previews == {
        page: {
            "title": title,
            "description": description,
            "type": "website",
            "url": f"{SITE}{page.get_absolute_url()}",
            "image": f"{SITE}{static('link_preview.png')}",
            "canonical": f"{SITE}{page.get_absolute_url()}",
        }
        for page, (title, description) in pages.items()
    }


def test_preview_says_nothing_of_the_list_that_somebody_makes(client):
    group = make_group(town="Chard")
    venue = make_venue(name="The hall", town="Chard", address="1 High Street", postcode="TA20 1AA")
    make_group(venue=venue)

    chosen = preview_of(client, group.get_absolute_url() + Shortlist((group.code,)).suffix)
    at_venue = preview_of(client, venue.get_absolute_url())

    assert (chosen["url"], chosen["canonical"]) == (f"{SITE}{group.get_absolute_url()}",) * 2
    assert at_venue["url"] == SITE + reverse("groups:venue_detail", args=[venue.public_id])


def test_link_to_a_page_about_the_site_has_its_title_and_description(client):
    previews = {name: preview_of(client, reverse(name)) for name in ("home", "about", "organisations:role_list")}

    described = {name: (found["title"], found["description"], found["url"]) for name, found in previews.items()}
    listing = "A directory of peer support groups in the UK: when they meet, where, and how to join."
    about = "What Alongside is, what a peer support group is, and how to find one."
    assert described == {
        "home": ("Find a group near you", listing, f"{SITE}/"),
        "about": ("About", about, f"{SITE}/about/"),
        "organisations:role_list": ("Peer roles", listing, f"{SITE}/roles/"),
    }


@pytest.mark.parametrize(
    "asked, title, query",
    [
        ({"near": "TA20 1AA", "q": "panic", "page": "1"}, "Groups near TA20 1", "?near=TA20+1&q=panic"),
        ({"near": "Zyxwvutsecret"}, "Find a group", ""),
        ({"q": "panic"}, "Find a group", "?q=panic"),
        ({}, "Find a group", ""),
    ],
)
def test_preview_of_results_has_the_place_alone_and_their_own_address(client, asked, title, query):
    found = preview_of(client, reverse("groups:group_list") + ("?" + urlencode(asked) if asked else ""))

    assert (found["title"], found["url"], found["canonical"]) == (title, *(f"{SITE}/groups/{query}",) * 2)
    assert found["description"].startswith("A directory of peer support groups in the UK")


def test_what_is_not_to_be_shared_has_no_preview(client):
    group = make_group(town="Chard")
    with_list = reverse("groups:group_list") + Shortlist((group.code,)).suffix
    pages = [reverse("groups:group_report", args=[group.slug]), "/nowhere/", with_list]

    assert ["og:" in client.get(page).content.decode() for page in pages] == [False] * 3
