"""Roles, training and help to start a group near the place that somebody typed."""

import pytest
from django.urls import reverse

from organisations.models import PeerRole
from organisations.nearest import nearest_keys
from places.location.area_distances import distances_to_areas
from places.location.locate import locate
from tests.factories import area, make_contact, make_group, make_organisation, make_role, make_training
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db

ROLES, TRAINING = reverse("organisations:role_list"), reverse("organisations:training_list")
START, CONTACTS = reverse("groups:start_a_group"), reverse("groups:start_a_group_contacts")
EVERY_PAGE = pytest.mark.parametrize("address", [ROLES, TRAINING, START, CONTACTS])


def page_of(client, address: str, **asked):
    return parse(client.get(address, asked))


def sections(page) -> dict[str, list[str]]:
    """The titles of the cards under each heading."""
    return {
        words(section.find("h2")): [words(title) for title in section.iterfind(".//article/h3")]
        for section in page.find(".//main").iter("section")
        if section.find(".//article") is not None
    }


def facts(page, title: str) -> dict[str, str]:
    """The rows of the card with a title."""
    [card] = [card for card in page.iter("article") if words(card.find("h3")) == title]
    return {words(row.find("dt")): words(row.find("dd")) for row in card.iterfind("dl/div")}


def test_areas_that_hold_the_place_come_first_and_the_smallest_of_them():
    distances = distances_to_areas(locate("Margate"))
    names = ["Scotland", "Kent", "Thanet", "Dover", "East Kent"]

    ranked = sorted(names, key=lambda name: distances[area(name).pk])

    assert ranked == ["Thanet", "East Kent", "Kent", "Dover", "Scotland"]
    assert [distances[area(name).pk].holds_place for name in ranked] == [True, True, True, False, False]
    assert 10 < distances[area("Dover").pk].miles < 20


def test_part_of_a_district_holds_only_places_with_its_postcodes():
    # East Kent has Faversham (ME13) of Swale, and no more of it.
    held = [distances_to_areas(locate(typed))[area("East Kent").pk].holds_place for typed in ("ME13 7", "ME12 1")]

    assert held == [True, False]


def test_role_list_shows_the_nearest_first_and_how_far_others_are(client):
    make_role(title="All of Kent", areas=["Kent"])
    make_role(title="Thanet", areas=["Thanet"])
    make_role(title="Dover", areas=["Dover"])
    make_role(title="Somerset", areas=["Somerset"])
    make_role(title="Anywhere")

    page = page_of(client, ROLES, near="Margate")

    assert sections(page) == {
        "For people near Margate, Thanet": ["Thanet", "All of Kent"],
        "Farther away": ["Dover", "Somerset"],
        "These do not say where": ["Anywhere"],
    }
    assert facts(page, "All of Kent")["Where"] == "Kent"
    assert facts(page, "Dover")["Where"] == "Dover (about 13 miles)"
    assert facts(page, "Anywhere")["Where"] == "Not said: ask the organisation"


def test_role_that_names_no_area_is_as_near_as_its_organisation(client):
    make_role(title="Its own", organisation=make_organisation(areas=["Kent"]), areas=["Somerset"])
    make_role(title="Its organisation's", organisation=make_organisation(areas=["Somerset"]))

    page = page_of(client, ROLES, near="Chard")

    assert sections(page) == {"For people near Chard, Somerset": ["Its organisation's", "Its own"]}
    assert facts(page, "Its organisation's")["Where"] == "Not said. It is part of an organisation for Somerset"


def test_nearest_rows_of_all_pages_are_in_order():
    kinds = [make_role(title=f"{number:02}", areas=[name]) for number, name in enumerate(["Kent", "Somerset"] * 12)]

    keys = [key for key, _ in nearest_keys(PeerRole.objects.all(), locate("Chard"))]

    assert keys == [role.pk for role in [*kinds[1::2], *kinds[0::2]]]


def test_nearest_of_several_areas_counts_and_equals_keep_their_order():
    far, several, near = (
        make_role(title=title, areas=areas)
        for title, areas in (("A", ["Kent"]), ("B", ["Kent", "Somerset"]), ("C", ["Somerset"]))
    )

    found = nearest_keys(PeerRole.objects.all(), locate("Chard"))

    assert [(key, distance.holds_place) for key, distance in found] == [
        (several.pk, True),
        (near.pk, True),
        (far.pk, False),
    ]


@pytest.mark.parametrize("areas, queries", [(["Kent"], 2), ([], 3)])
def test_areas_of_organisations_are_read_where_a_row_names_none(django_assert_num_queries, areas, queries):
    make_role(areas=["Somerset"])
    make_role(areas=areas, organisation=make_organisation(areas=["Kent"]))
    place = locate("Chard")

    with django_assert_num_queries(queries):
        assert len(nearest_keys(PeerRole.objects.all(), place)) == 2


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({}, ["Either", "Paid", "Paid, looking", "Unsaid", "Voluntary", "Voluntary, looking"]),
        ({"pay": "paid"}, ["Either", "Paid", "Paid, looking"]),
        ({"pay": "voluntary"}, ["Either", "Voluntary", "Voluntary, looking"]),
        ({"looking": "on"}, ["Paid, looking", "Voluntary, looking"]),
        ({"looking": "on", "pay": "paid"}, ["Paid, looking"]),
        ({"want": "get"}, ["Voluntary"]),
        ({"want": "?", "pay": "?"}, ["Either", "Paid", "Paid, looking", "Unsaid", "Voluntary", "Voluntary, looking"]),
    ],
)
def test_role_list_is_narrowed_by_pay_by_who_looks_for_people_and_by_support_for_oneself(client, asked, expected):
    make_role(title="Paid", pay="paid", recruiting="was")
    make_role(title="Paid, looking", pay="paid", recruiting="yes")
    make_role(title="Voluntary", pay="voluntary", recruiting="no", one_to_one="yes")
    make_role(title="Voluntary, looking", pay="voluntary", recruiting="yes")
    make_role(title="Either", pay="either")
    make_role(title="Unsaid")

    page = page_of(client, ROLES, **asked)

    assert [words(title) for title in page.iterfind(".//article/h3")] == expected


def test_role_card_says_where_whether_they_look_for_people_and_what_is_paid(client):
    make_role(title="A", areas=["Kent", "Somerset", "Devon", "Dorset"], recruiting="yes", pay="either")

    assert facts(page_of(client, ROLES), "A") == {
        "Where": "Devon, Dorset, Kent and 1 more",
        "Get this support": "Not said: ask the organisation",
        "Become one": "Looking for people now",
        "Pay": "Paid or voluntary",
    }


def test_training_keeps_courses_for_oneself_apart_from_learning_to_support_others(client):
    for title, kind in (("Cooking", "course"), ("Set up", "starting a group"), ("Work", "work")):
        make_training(title=title, kind=kind, areas=["Somerset"])

    both = page_of(client, TRAINING, near="Chard")
    oneself = page_of(client, TRAINING, near="Chard", want="get")
    others = page_of(client, TRAINING, near="Chard", want="give")

    assert sections(both) == {"To learn to support others": ["Set up", "Work"], "Courses for yourself": ["Cooking"]}
    assert sections(oneself) == {"For people near Chard, Somerset": ["Cooking"]}
    assert sections(others) == {"For people near Chard, Somerset": ["Set up", "Work"]}


def test_training_shows_the_first_few_of_each_kind_and_leads_to_all_of_them_there(client):
    for number in range(4):
        make_training(title=f"Course {number}", kind="course", is_free="yes")
        make_training(title=f"Work {number}", kind="work", is_free="no")

    page = page_of(client, TRAINING, near="TA20 1AA")
    links = {words(link): link.get("href") for link in page.iter("a")}
    everything = parse(client.get(TRAINING + links["See all training to support others"]))
    free = page_of(client, TRAINING, free="on")

    assert [len(titles) for titles in sections(page).values()] == [3, 3]
    assert links["See all courses for yourself"] == "?want=get&near=TA20+1"
    assert sections(everything) == {"These do not say where": [f"Work {number}" for number in range(4)]}
    assert sections(free) == {"Courses for yourself": [f"Course {number}" for number in range(3)]}


def test_start_a_group_names_who_helps_where_somebody_lives(client):
    near, far = make_organisation(areas=["Somerset"]), make_organisation(areas=["Kent"])
    for organisation, name in ((far, "Far"), (near, "Near")):
        make_training(title=f"{name} set up", kind="starting a group", organisation=organisation, areas=[])
        make_contact(role_title=f"{name} lead", purpose="starting a group", organisation=organisation)
    make_group(name="Near forming", town="Chard", forming=True)
    make_group(name="Far forming", town="Margate", forming=True)
    make_group(name="Running", town="Chard")

    page = page_of(client, START, near="Chard")
    contacts = page_of(client, CONTACTS, near="Chard")

    titles = [words(title) for title in with_id(page, "help").iter("h3")]
    assert titles == ["Near set up", "Far set up", "Near lead", "Far lead", "Near forming"]
    assert words(with_id(page, "who-helps")) == "Who helps near Chard, Somerset?"
    assert [words(title) for title in contacts.find(".//main").iter("h3")] == ["Near lead", "Far lead"]


def test_start_a_group_shows_the_nearest_group_being_set_up_where_none_is_near(client):
    make_group(name="Far forming", town="Margate", forming=True)

    page = page_of(client, START, near="Chard")

    assert [words(title) for title in with_id(page, "help").iterfind(".//article/h3")] == ["Far forming"]


def test_start_a_group_answers_in_six_steps_in_the_words_of_their_sources(client, seed_directory):
    page = page_of(client, START).find(".//main")

    steps = [words(title) for title in page.iter("h2")][:6]
    assert [title[:2] for title in steps] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert len(list(page.iter("blockquote"))) == 6
    assert "What is said in the group stays in the group." in words(page)


def test_start_a_group_quotes_nobody_who_is_not_listed(client):
    make_organisation(name="Take Off", draft=True)

    assert list(page_of(client, START).iter("blockquote")) == []


@EVERY_PAGE
def test_place_that_is_not_known_lists_nothing_and_says_what_may_be_meant(client, address):
    make_role(areas=["Kent"])
    make_training(areas=["Kent"])

    unknown, nearly = page_of(client, address, near="Xyzzy"), page_of(client, address, near="Guisbrogh")

    assert words(with_id(unknown, "id_near_error")).startswith("Error: We do not know a place called that.")
    assert list(unknown.iter("article")) == []
    assert words(unknown.find(".//title")).startswith("Please check: ")
    assert list(nearly.iter("article")) == []
    [meant] = nearly.iterfind(".//section[@aria-labelledby='which-place']//a")
    assert (words(meant), meant.get("href")) == ("Guisborough, Redcar and Cleveland", "?near=Guisborough")


@EVERY_PAGE
def test_places_of_one_name_are_offered_with_where_each_is(client, address):
    make_role(areas=["Kent"])
    make_training(areas=["Kent"])

    page = page_of(client, address, near="Newport", rubbish="CT9 1AE")

    links = page.iterfind(".//section[@aria-labelledby='which-place']//a")
    assert [(words(link), link.get("href")) for link in links][1:3] == [
        ("Newport, Isle of Wight", "?near=Newport%2C+Isle+of+Wight"),
        ("Newport, Telford and Wrekin", "?near=Newport%2C+Telford+and+Wrekin"),
    ]
    assert list(page.iter("article")) == []


@pytest.mark.one_database
@EVERY_PAGE
def test_no_link_and_no_title_has_the_whole_postcode(client, address):
    ours = make_organisation()
    for number in range(21):
        make_role(title=f"{number}", areas=["Kent"], organisation=ours)
        make_training(title=f"{number}", kind="starting a group", areas=["Kent"], organisation=ours)
        make_contact(role_title=f"{number}", purpose="starting a group", organisation=ours)

    page = page_of(client, address, near="ct91ae", want="give", pay="")

    links = [link.get("href") for link in page.iter("a")]
    assert [link for link in links if "near=CT9+1" in link] != []
    assert [link for link in links if "1ae" in link.lower()] == []
    assert "1AE" not in words(page.find(".//title")) + words(page.find(".//h1"))


@EVERY_PAGE
@pytest.mark.parametrize("typed, line", [("Belfast", "Lifeline"), ("Cardiff", "111"), ("BT1 1AA", "Lifeline")])
def test_help_now_is_that_of_the_place(client, address, typed, line):
    strip = words(page_of(client, address, near=typed).find(".//aside[@class='help-now']"))

    assert line in strip
    assert "In Northern Ireland" not in strip


@EVERY_PAGE
def test_words_of_danger_in_the_box_for_a_place_get_help_first(client, address):
    page = page_of(client, address, near="he hits me")

    assert "You have a right to be safe" in words(page.find(".//main"))
    assert "Call 111" in words(page_of(client, address, near="111").find(".//main"))


def test_training_leads_to_where_its_card_stands(client):
    training = make_training(title="Listening")

    address, _, anchor = training.get_absolute_url().partition("#")

    assert words(with_id(parse(client.get(address)), anchor).find("h3")) == "Listening"
