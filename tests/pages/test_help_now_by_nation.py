"""Whom the strip at the top sends people to, on every page: the line of the nation that the page is about."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from common.crisis_lines import SHORT_IN_ANY_NATION, URGENT_LINES
from common.nations import Nation
from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import make_token
from peersupport import views
from places.models import Area
from tests.factories import (
    area,
    days_ago,
    make_contact,
    make_group,
    make_organisation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)
from tests.pages.addresses import ABOUT, REDIRECTS, names_of_pages
from tests.peersupport.html import parse, words

# Which nation a page is about is worked out in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TOWNS = {
    Nation.ENGLAND: "Chard",
    Nation.WALES: "Newport, Newport",
    Nation.SCOTLAND: "Glasgow",
    Nation.NORTHERN_IRELAND: "Belfast",
}
#: Pages about no place, or about all places: they name the line of Northern Ireland beside that of the other nations.
ABOUT_NO_PLACE = {
    *("for_professionals", "family_and_friends"),
    *("home", "about", "help_now", "contact", "listing_policy", "privacy", "accessibility", "data"),
    *(
        "groups:term_list",
        "groups:term_detail",
        "groups:area_list",
        "groups:start_a_group",
        "groups:start_a_group_contacts",
    ),
    *("groups:group_suggest", "groups:group_suggest_thanks", "groups:missing", "groups:missing_thanks"),
    "groups:report_thanks",
    *("organisations:organisation_list", "organisations:role_list", "organisations:training_list"),
    *("organisations:event_list", "organisations:peer_support"),
}
IN_ONE_NATION = {
    Nation.ENGLAND: ("tel:111", "Call 111 and choose the mental health option"),
    Nation.WALES: ("tel:111", "Call 111 and press 2, for mental health"),
    Nation.SCOTLAND: ("tel:111", "Call 111 and choose the mental health hub"),
    Nation.NORTHERN_IRELAND: ("tel:08088088000", "Call Lifeline 0808 808 8000 free, day or night"),
}
IN_ALL = [
    ("tel:111", "Call 111 and choose mental health"),
    ("tel:08088088000", "In Northern Ireland call Lifeline 0808 808 8000"),
]


def urgent(response: HttpResponse) -> list[tuple[str, str]]:
    """What the strip says between the emergency services and Samaritans: where its links lead, and their words."""
    links = [(link.get("href"), words(link)) for link in parse(response).iterfind(".//aside[@class]//a")]
    links = links[: [address for address, _ in links].index("sms:85258?&body=SHOUT") + 1]
    assert [links[0][0], *(address for address, _ in links[-2:])] == ["tel:999", "tel:116123", "sms:85258?&body=SHOUT"]
    return links[1:-2]


def pages_about(nation: Nation) -> dict[str, str]:
    """The address of every page that is about a place, in a nation, by its name."""
    place, whole = TOWNS[nation], nation.label
    organisation = make_organisation(areas=[whole], checked=days_ago(5))
    make_contact(organisation=organisation, purpose="general", email="desk@house.example", released=False)
    venue = make_venue(town=place)
    group = make_group(organisation=organisation, venue=venue)
    make_schedule(group)
    role = make_role(organisation=organisation)
    training = make_training(organisation=organisation, areas=[whole])
    slug = {"slug": area(whole).slug}
    list(send_check_requests(days_ago(0)))
    request = CheckRequest.objects.get()
    listing = request.asked.first().pk
    return {
        "groups:group_list": reverse("groups:group_list") + f"?near={place}",
        "groups:group_week": reverse("groups:group_week") + f"?near={place}",
        "groups:group_list_map": reverse("groups:group_list_map") + f"?near={place}",
        "groups:group_detail": group.get_absolute_url(),
        "groups:group_report": reverse("groups:group_report", args=[group.slug]),
        "groups:organisation_report": reverse("groups:organisation_report", args=[organisation.slug]),
        "groups:role_report": reverse("groups:role_report", args=[role.slug]),
        "groups:training_report": reverse("groups:training_report", args=[training.slug]),
        "groups:area_detail": reverse("groups:area_detail", kwargs=slug),
        "groups:embed_line": reverse("groups:embed_line") + f"?near={place}",
        "groups:venue_detail": venue.get_absolute_url(),
        "groups:area_week": reverse("groups:area_week", kwargs=slug),
        "groups:area_print": reverse("groups:area_print", kwargs=slug),
        "groups:list_own": reverse("groups:list_own") + f"?list={group.code}",
        "groups:list_print": reverse("groups:list_print") + f"?list={group.code}",
        "organisations:organisation_detail": organisation.get_absolute_url(),
        "organisations:role_detail": role.get_absolute_url(),
        "role_list, asked": reverse("organisations:role_list") + f"?near={place}",
        "training_list, asked": reverse("organisations:training_list") + f"?near={place}",
        "start_a_group, asked": reverse("groups:start_a_group") + f"?near={place}",
        "start_a_group_contacts, asked": reverse("groups:start_a_group_contacts") + f"?near={place}",
        "check_listings": reverse("groups:check_listings") + f"?t={make_token(request)}",
        "check_change": reverse("groups:check_change") + f"?t={make_token(request)}&listing={listing}",
        "check_ended": reverse("groups:check_ended") + f"?t={make_token(request)}&listing={listing}",
    }


@pytest.mark.parametrize("nation", Nation)
def test_every_page_about_a_place_has_the_line_of_its_nation(client, nation):
    pages = pages_about(nation)

    found = {name: urgent(client.get(address)) for name, address in pages.items()}

    assert found == dict.fromkeys(pages, [IN_ONE_NATION[nation]])
    named = {name for name in pages if ":" in name}
    assert named == set(names_of_pages()) - REDIRECTS - ABOUT_NO_PLACE


@pytest.mark.parametrize("name", sorted(ABOUT_NO_PLACE))
def test_page_about_no_place_has_the_line_of_northern_ireland_too(client, name):
    about = ABOUT.get(name, lambda: [{}])()[0]

    assert urgent(client.get(reverse(name, kwargs=about))) == IN_ALL


def test_pages_of_what_went_wrong_have_every_line(client, rf, settings):
    settings.DEBUG = False

    broken = views.server_error(rf.get("/"))

    assert urgent(broken) == IN_ALL
    assert urgent(client.get("/no-such-page/")) == IN_ALL
    assert urgent(views.bad_request(rf.get("/"), None)) == IN_ALL
    assert urgent(client.get(reverse("groups:check_listings") + "?t=none")) == IN_ALL


@pytest.mark.parametrize(
    "asked, nation",
    [
        ("", None),
        ("?q=art", None),
        ("?near=Belfast&within=25&q=art", Nation.NORTHERN_IRELAND),
        ("?near=BT1+1AA", Nation.NORTHERN_IRELAND),
        ("?q=art+BT1+1AA", Nation.NORTHERN_IRELAND),
        ("?area=northern-ireland", Nation.NORTHERN_IRELAND),
        ("?near=Wales", Nation.WALES),
        ("?near=East+Kent", Nation.ENGLAND),
        ("?area=east-kent", Nation.ENGLAND),
        ("?near=CT9+1AE", Nation.ENGLAND),
        # Which of them is meant is asked: both nations' lines, until it is answered.
        ("?near=Bangor", None),
        # The likeliest is in England, and there is a Newcastle in Northern Ireland too.
        ("?near=Newcastle", None),
        ("?near=Zzyzxq", None),
        ("?near=JE2+4WD", None),
    ],
)
def test_search_has_the_line_of_where_it_looks(client, asked, nation):
    response = client.get(reverse("groups:group_list") + asked)

    assert urgent(response) == ([IN_ONE_NATION[nation]] if nation else IN_ALL)


def test_search_in_an_organisation_has_the_line_of_its_nation(client):
    organisation = make_organisation(areas=["Scotland"])

    response = client.get(reverse("groups:group_list") + f"?organisation={organisation.slug}")

    assert urgent(response) == [IN_ONE_NATION[Nation.SCOTLAND]]


def test_organisation_has_the_line_of_the_nation_of_its_groups(client):
    organisation = make_organisation()
    make_group(organisation=organisation, town="Belfast")
    make_group(organisation=organisation, town="Glasgow", draft=True)

    assert urgent(client.get(organisation.get_absolute_url())) == [IN_ONE_NATION[Nation.NORTHERN_IRELAND]]


@pytest.mark.parametrize(
    "about", [{"areas": ["Wales", "Northern Ireland"]}, {"online": True}], ids=["in two nations", "online"]
)
def test_group_of_no_one_nation_has_every_line(client, about):
    group = make_group(**about)

    assert urgent(client.get(group.get_absolute_url())) == IN_ALL
    assert urgent(client.get(reverse("groups:list_print") + f"?list={group.code}")) == IN_ALL


def test_group_for_an_informal_area_has_the_line_of_its_districts(client):
    group = make_group(areas=["East Kent"])

    assert urgent(client.get(group.get_absolute_url())) == [IN_ONE_NATION[Nation.ENGLAND]]


def test_list_of_groups_in_two_nations_has_every_line(client):
    codes = [make_group(town=TOWNS[nation]).code for nation in (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)]

    assert urgent(client.get(reverse("groups:list_own") + f"?list={','.join(codes)}")) == IN_ALL


def test_nations_of_areas_are_read_by_one_query_at_most(django_assert_num_queries):
    official, informal = (
        list(Area.objects.filter(name__in=["Wales", "Kent"])),
        list(Area.objects.informal().listed()[:2]),
    )

    with django_assert_num_queries(0):
        assert Area.objects.nations_of(official) == {Nation.ENGLAND, Nation.WALES}
    with django_assert_num_queries(1):
        assert Area.objects.nations_of([*official, *informal]) == {Nation.ENGLAND, Nation.WALES}


def test_strip_says_what_fits_every_nation_where_none_is_known():
    same = {line.number for line in URGENT_LINES.values()}

    assert (len(same), SHORT_IN_ANY_NATION) == (2, "and choose mental health")
