"""What a message shows of a link to a page, by Open Graph."""

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
