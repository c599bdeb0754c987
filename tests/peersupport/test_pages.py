"""The pages about the site itself, and what holds for every page."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.peersupport.html import parse, words

PAGES = {
    "about": ("About", "What is Alongside?"),
    "for_professionals": ("For professionals", "I work with people who may like a group"),
    "family_and_friends": ("Family and friends", "How can I help somebody I care about?"),
    "help_now": ("Help now", "Who can I call or text now?"),
    "contact": ("Contact", "How do I reach the people who keep Alongside?"),
    "listing_policy": ("Listing policy", "What is listed here, and how is it checked?"),
    "privacy": ("Privacy", "What do you know about me?"),
    "accessibility": ("Accessibility", "Can everybody use this site?"),
    "data": ("Data and licences", "Where does the information come from?"),
}

OPEN_DATA = (
    "Contains Ordnance Survey data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Contains National Statistics data © Crown copyright and database right 2025."
)

OUTLINES = (
    "Outlines from UK-GeoJSON by Martin Chorley (https://github.com/martinjc/UK-GeoJSON), CC BY 4.0, changed. "
    "Contains Ordnance Survey, Office of National Statistics, National Records Scotland and LPS Intellectual Property "
    "data © Crown copyright and database right 2016, and Ordnance Survey data © Crown copyright and database right "
    "2014. Open Government Licence v3.0."
)


@pytest.fixture(params=PAGES)
def name(request) -> str:
    return request.param


@pytest.fixture
def response(request, client, name):
    if name == "data":
        # The one that has examples from the directory.
        request.getfixturevalue("db")
    return client.get(reverse(name), {"near": "CT9 1AE"})


def test_page_has_its_title_and_one_heading(response, name):
    page = parse(response)

    title, heading = PAGES[name]
    assert words(page.find(".//title")) == f"{title} | Alongside"
    assert [words(h1) for h1 in page.iter("h1")] == [heading]


def test_page_allows_nothing_but_our_own_files(response):
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_page_lets_only_itself_ask_where_somebody_is(response):
    assert response.headers["Permissions-Policy"] == "geolocation=(self)"


def test_page_tells_other_sites_nothing(response):
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_page_sets_no_cookie(response):
    assert dict(response.cookies) == {}


def test_page_holds_no_style_and_no_script_of_its_own(response):
    page = parse(response)

    assert [element.tag for element in page.iter() if "style" in element.attrib or element.tag == "style"] == []
    assert {words(script) for script in page.iter("script")} == {""}


def test_page_repeats_nothing_that_was_typed(response, name):
    page = parse(response)

    assert [link.get("href") for link in page.iterfind(".//link[@rel='canonical']")] == [
        f"http://testserver{reverse(name)}"
    ]
    assert "CT9" not in response.content.decode().replace("such as CT9 1", "")


def test_page_lets_nobody_learn_where_a_quick_exit_began(response):
    [leave] = parse(response).iterfind(".//a[@class='quick-exit']")

    assert (leave.get("href"), leave.get("rel"), words(leave)) == (
        settings.QUICK_EXIT_URL,
        "noreferrer noopener",
        "Leave this site",
    )


def test_page_starts_with_a_way_to_skip_and_whom_to_call(response):
    links = [(link.get("href"), words(link)) for link in parse(response).iter("a")]

    assert links[:7] == [
        ("#main", "Skip to the page"),
        ("tel:999", "Call 999 in an emergency"),
        ("tel:111", "Call 111 and choose mental health"),
        ("tel:08088088000", "In Northern Ireland call Lifeline 0808 808 8000"),
        ("tel:116123", "Call 116 123 Samaritans"),
        ("sms:85258?&body=SHOUT", "Text SHOUT to 85258"),
        (reverse("help_now"), "More help, by nation"),
    ]


def test_page_cannot_be_posted_to(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_contact_shows_the_address_when_there_is_one(client, settings):
    settings.CONTACT_EMAIL = "keepers@example.org"

    page = parse(client.get(reverse("contact")))

    assert [words(p) for p in page.iterfind(".//p[@class='lead']")] == ["Write to keepers@example.org."]


def test_contact_says_so_when_there_is_no_address(client, settings):
    settings.CONTACT_EMAIL = ""

    page = parse(client.get(reverse("contact")))

    assert [words(p) for p in page.iterfind(".//p[@class='lead']")] == [
        "This copy of Alongside has no address to write to yet. "
        "We would rather say so than give you one that nobody reads."
    ]
    assert [link for link in page.iter("a") if link.get("href").startswith("mailto:")] == []


def test_data_names_the_owners_of_the_places(client, db):
    page = parse(client.get(reverse("data")))

    assert [words(p) for p in page.iterfind(".//p[@class='panel']") if p.find("code") is None] == [
        OPEN_DATA,
        "Place names from GeoNames, licensed CC BY 4.0.",
        "Contains public sector information licensed under the Open Government Licence v3.0 "
        "(NaPTAN, Department for Transport).",
        OUTLINES,
    ]


def test_robots_leave_staff_pages_files_and_searches_alone(client):
    response = client.get(reverse("robots"))

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().split("\n") == [
        "User-agent: *",
        "Disallow: /staff/",
        "Disallow: /areas/*/print/",
        "Disallow: /lists/",
        "Disallow: /*.ics$",
        "Disallow: /*.pdf$",
        "Disallow: /*?",
        # The longer rule is the one that counts: the second file of a kind has "?p=2".
        "Allow: /sitemap-",
        "",
        "Sitemap: http://testserver/sitemap.xml",
        "",
    ]


@pytest.mark.parametrize(
    "page, marked",
    [
        ("groups:group_list", ("Find a group", "page")),
        ("organisations:role_list", ("Support others", "page")),
        ("organisations:training_list", ("Support others", "true")),
        ("groups:start_a_group", ("Support others", "true")),
    ],
)
def test_menu_marks_where_a_page_belongs(client, db, page, marked):
    menu = parse(client.get(reverse(page))).find(".//nav[@class='site-nav']")

    assert [(words(link), link.get("aria-current")) for link in menu.iter("a") if link.get("aria-current")] == [marked]
