"""Who is offered a poster and a door sheet: staff and owners of the group, where there is one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.verification.models import AskedListing, CheckRequest
from groups.verification.tokens import make_token
from tests.factories import make_contact, make_group, make_organisation, make_venue
from tests.groups.printing.posters.groups import GROUPS, NAMES, door_sheet_url, poster_url
from tests.peersupport.html import parse
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python decides who is offered one.


def links_in(response, group) -> list[str]:
    """The links of a page to what can be put up of a group, in their order."""
    found = [link.get("href") or "" for link in parse(response).iter("a")]
    return [link for link in found if link.startswith((poster_url(group), door_sheet_url(group)))]


def offered(group, expected: tuple[int, int]) -> list[str]:
    urls = [url(group) for url, status in zip((poster_url, door_sheet_url), expected, strict=True) if status == 200]
    return [url + size for url in urls for size in ("", "?size=a5")]


def admin_page(group) -> str:
    return reverse("admin:groups_supportgroup_change", args=[group.pk])


@pytest.mark.parametrize("make, expected", GROUPS, ids=NAMES)
def test_page_for_staff_offers_what_there_is(client, make, expected):
    group = make()
    sign_in(client, make_editor(group.organisation))

    assert links_in(client.get(admin_page(group)), group) == offered(group, expected)


def test_contributor_and_manager_are_offered_it_and_the_editor_of_another_organisation_is_not(client):
    group = make_group(venue=make_venue())
    people = [make_contributor(group.organisation), make_manager(), make_editor(make_organisation())]

    pages = [sign_in(client, user).get(admin_page(group)) for user in people]

    assert [len(links_in(page, group)) if page.status_code == 200 else 0 for page in pages] == [4, 4, 0]


def test_page_of_another_listing_for_staff_offers_none(client):
    organisation = make_organisation()
    sign_in(client, make_editor(organisation))

    page = client.get(reverse("admin:organisations_organisation_change", args=[organisation.pk]))

    assert "poster.pdf" not in page.content.decode()


@pytest.mark.parametrize(
    "make, expected",
    [row for row, name in zip(GROUPS, NAMES, strict=True) if "not listed" not in name],
    ids=[name for name in NAMES if "not listed" not in name],
)
def test_page_behind_the_link_of_an_owner_offers_what_there_is(client, make, expected):
    group = make()
    contact = make_contact(organisation=group.organisation)
    asked = CheckRequest.objects.create(organisation=group.organisation, contact=contact, sent_on=timezone.localdate())
    for listing in ({"group": group}, {"organisation": group.organisation}):
        AskedListing.objects.create(request=asked, **listing)

    page = client.get(reverse("groups:check_listings"), {"t": make_token(asked)})

    assert page.status_code == 200
    assert links_in(page, group) == offered(group, expected)
