"""Lists in frames of other sites: what is in them, who may frame them, and the line that shows them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import EmbedHost
from tests.factories import days_ago, make_group, make_schedule, make_venue
from tests.peersupport.html import parse

pytestmark = pytest.mark.django_db

SOMERSET = "/embed/areas/somerset/"


def frame_ancestors(response) -> str:
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return policy["frame-ancestors"]


@pytest.fixture
def group():
    group = make_group(name="Example tea & talk", venue=make_venue(name="The hall", town="Chard"), checked=days_ago(3))
    make_schedule(group)
    return group


def test_list_of_an_area_has_its_groups_and_whom_to_call(client, group):
    response = client.get(SOMERSET)

    page = response.content.decode()
    link = f'<a href="{group.get_absolute_url()}" target="_blank" rel="noopener noreferrer">Example tea &amp; talk</a>'
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert page.index('href="tel:999"') < page.index(">Groups in Somerset</h1>") < page.index(link)
    assert ">The hall, Chard<" in page
    assert '<a href="/areas/somerset/" target="_blank" rel="noopener noreferrer">More on Alongside</a>' in page


def test_list_is_light(client):
    for number in range(14):
        make_schedule(make_group(name=f"Example group of long names, number {number}", venue=make_venue(town="Chard")))

    page = client.get(SOMERSET).content

    assert (b"See all 14 groups on Alongside" in page, len(page) < 8192) == (True, True)


def test_only_listed_sites_may_frame_a_list(client, group):
    EmbedHost.objects.create(host="www.example.gov.uk")
    EmbedHost.objects.create(host="example.org.uk")

    response = client.get(SOMERSET)

    assert frame_ancestors(response) == "'self' https://example.org.uk https://www.example.gov.uk"
    assert response.headers.get("X-Frame-Options") is None
    for page in (reverse("groups:embed_line"), group.get_absolute_url()):
        others = client.get(page)
        assert (frame_ancestors(others), others["X-Frame-Options"]) == ("'none'", "DENY")


def test_list_is_asked_for_again_until_it_or_who_may_frame_it_changes(client, group):
    etag = client.get(SOMERSET)["ETag"]

    def again() -> int:
        return client.get(SOMERSET, headers={"if-none-match": etag}).status_code

    before = again()
    EmbedHost.objects.create(host="example.org.uk")
    after_a_host = again()
    EmbedHost.objects.all().delete()
    group.name = "Example tea"
    group.save()

    assert (before, after_a_host, again()) == (304, 200, 200)


def test_answer_that_a_list_is_as_it_was_leaves_the_browser_the_policy_that_it_has(client, group):
    EmbedHost.objects.create(host="example.org.uk")

    again = client.get(SOMERSET, headers={"if-none-match": client.get(SOMERSET)["ETag"]})

    # A browser takes the headers of a 304 over: with any other policy it would show no list the second time.
    assert (again.status_code, "Content-Security-Policy" in again, "X-Frame-Options" in again) == (304, False, False)


@pytest.mark.parametrize("address", [SOMERSET, "/embed/groups/?area=somerset&day=monday"])
def test_list_by_choices_alone_is_cached_whole_with_who_may_frame_it(client, group, address, django_assert_num_queries):
    EmbedHost.objects.create(host="example.org.uk")
    first = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address)
    EmbedHost.objects.all().delete()
    changed = client.get(address)

    same = first.content, first["ETag"], frame_ancestors(first), None
    assert (again.content, again["ETag"], frame_ancestors(again), again.headers.get("X-Frame-Options")) == same
    assert frame_ancestors(changed) == "'self'"


def test_list_of_a_search_links_the_sector_of_a_postcode_alone(client, group):
    page = client.get(reverse("groups:search_embed"), {"near": "TA20 1AA"}).content.decode()

    assert "TA20 1AA" not in page
    assert 'href="/groups/?near=TA20+1" target="_blank"' in page


def test_search_for_a_place_that_may_be_several_has_no_list(client):
    assert client.get(reverse("groups:search_embed"), {"near": "Newport"}).status_code == 404


def test_line_for_an_area_and_for_a_search(client):
    def lines(near: str) -> list[str]:
        return client.get(reverse("groups:embed_line"), {"near": near}).context.get("lines")

    end = 'width="100%" height="600" style="border:0" loading="lazy"></iframe>'
    script = '<script src="http://testserver/static/js/embed.js" async></script>'
    assert lines("Somerset") == [
        f'<iframe src="http://testserver{SOMERSET}" title="Groups in Somerset" {end}',
        script,
    ]
    assert lines("TA20 1AA") == [
        f'<iframe src="http://testserver/embed/groups/?near=TA20+1" title="Groups near TA20 1" {end}',
        script,
    ]
    assert (lines(""), lines("nowhere at all")) == (None, None)
    # The page shows the lines, each in a box in which "select all" takes the line alone; not the list.
    page = parse(client.get(reverse("groups:embed_line"), {"near": "Somerset"}))
    boxes = [(box.text, box.get("readonly") is not None) for box in page.iter("textarea")]
    assert (boxes, [*page.iter("iframe")]) == ([(line, True) for line in lines("Somerset")], [])


@pytest.mark.parametrize(
    "typed, host",
    [
        ("www.example.gov.uk", "www.example.gov.uk"),
        (" HTTPS://WWW.Example.gov.uk/groups/ ", "www.example.gov.uk"),
        ("example.org/", "example.org"),
    ],
)
def test_host_name_is_taken_of_what_was_pasted(typed, host):
    site = EmbedHost(host=typed)

    site.full_clean()

    assert site.host == host


@pytest.mark.parametrize(
    "typed",
    ["localhost", "*.example.org", "example.org; script-src *", "https://example.org 'unsafe-inline'", "a@example.org"],
)
def test_what_is_no_host_name_is_refused(typed):
    with pytest.raises(ValidationError, match="Give the host name of the site, such as www.example.gov.uk."):
        EmbedHost(host=typed).full_clean()
