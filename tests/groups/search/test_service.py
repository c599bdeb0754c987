"""Finding groups: what a question finds, in what order, and how it is said."""

import pytest

from groups.choices import Focus, Joining
from groups.search import facets
from groups.search.query import Query
from groups.search.service import search
from places.location.locate import locate
from tests.factories import (
    area,
    days_ago,
    make_group,
    make_organisation,
    make_role,
    make_terms,
    make_venue,
    town,
)
from tests.peersupport.html import parse_text, words

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


FACETS = {facet.name for facet in facets.FACETS}


def results(now=None, **asked):
    """What a question finds: facets by their names, everything else as the query has it."""
    chosen = tuple((name, asked.pop(name)) for name in list(asked) if name in FACETS)
    return search(Query(choices=chosen, **asked), now)


def titles(cards) -> list[str]:
    """The names on some cards."""
    return [card.html.name for card in cards]


def found(**asked) -> list[str]:
    """The names of the groups that a question finds, in order."""
    return titles(results(**asked).cards)


def distances(page) -> list[str]:
    """What the cards of a page say of where the groups are."""
    return [card.where for card in page.cards]


def near(text: str, **asked):
    return {"place": locate(text), **asked}


def test_search_without_a_question_finds_every_listed_group_by_name_where_no_date_is_known():
    for name in ("B", "a", "C"):
        make_group(name=name)

    assert found() == ["a", "B", "C"]


@pytest.mark.parametrize("hidden", [{"draft": True}, {"ended": True}, {"checked": days_ago(500)}])
def test_search_leaves_out_drafts_and_what_has_ended_or_lapsed(hidden):
    make_group(**hidden)

    assert found() == []


def test_search_leaves_out_groups_of_an_organisation_that_is_not_published():
    make_group(organisation=make_organisation(draft=True))

    assert found() == []


@pytest.mark.parametrize(
    "focus, expected",
    [
        (Focus.TALKING, ["Both", "Talking"]),
        (Focus.DOING, ["Both", "Doing"]),
        ("", ["Both", "Decide", "Doing", "Silent", "Talking"]),
    ],
)
def test_focus_finds_a_group_that_does_both_either_way(focus, expected):
    for name, value in (
        ("Talking", Focus.TALKING),
        ("Doing", Focus.DOING),
        ("Both", Focus.BOTH),
        ("Silent", Focus.NOT_SAID),
        ("Decide", Focus.MEMBERS_DECIDE),
    ):
        make_group(name=name, focus=value)

    assert found(**({"focus": (focus,)} if focus else {})) == expected


def test_joining_finds_any_of_the_ways_chosen():
    for value in Joining:
        make_group(name=value.name, joining=value)

    assert found(joining=(Joining.CLOSED, Joining.JUST_COME)) == ["JUST_COME", "CLOSED"]


@pytest.mark.parametrize("format, expected", [("in_person", ["Hall", "Hybrid"]), ("online", ["Home", "Hybrid"])])
def test_format_finds_a_group_that_meets_both_ways_either_way(format, expected):
    make_group(name="Hall")
    make_group(name="Home", online=True)
    make_group(name="Hybrid", online=True, meets_in_person=True)

    assert found(format=(format,)) == expected


def test_near_finds_what_is_within_the_distance_nearest_first():
    chard = town("Chard")
    for name, north in (("Far", 0.2), ("Near", 0.01), ("Middle", 0.05)):
        make_group(name=name, venue=make_venue(town=chard, at=(chard.latitude + north, chard.longitude)))

    page = results(**near("Chard", within=10))

    assert titles(page.cards) == ["Near", "Middle"]
    assert [words.rpartition(" · ")[2] for words in distances(page)] == ["0.7 miles", "3.5 miles"]
    assert found(**near("Chard", within=15)) == ["Near", "Middle", "Far"]


def test_distance_is_never_nothing():
    chard = town("Chard")
    make_group(venue=make_venue(town=chard, at=(chard.latitude, chard.longitude)))

    assert [words.rpartition(" · ")[2] for words in distances(results(**near("Chard", within=1)))] == ["close by"]


@pytest.mark.parametrize("miles, message", [(0, "close by"), (0.0145, "about 1 mile"), (0.0579, "about 4 miles")])
def test_distance_is_about_where_only_the_town_is_known(miles, message):
    chard = town("Chard")
    venue = make_venue(town=chard, at=(chard.latitude + 0.2, chard.longitude), confidential=True)
    make_group(venue=venue)
    moved = locate("Chard")
    snapshot = type(moved)(**{**vars(moved), "latitude": chard.latitude + miles})

    assert distances(results(place=snapshot)) == [f"Chard · {message}"]


@pytest.mark.parametrize("hidden", [{"confidential": True}, {"closed": True}])
def test_hidden_venue_is_measured_from_its_town(hidden):
    chard = town("Chard")
    venue = make_venue(town=chard, at=(chard.latitude + 0.2, chard.longitude), confidential="confidential" in hidden)
    make_group(venue=venue, closed="closed" in hidden)

    assert distances(results(**near("Chard", within=1))) == ["Chard · close by"]


def test_area_finds_what_meets_in_it_official_or_informal():
    make_group(name="Loftus", town="Loftus")
    make_group(name="Redcar", town="Redcar")
    make_group(name="Chard", town="Chard")

    assert found(area=area("Redcar and Cleveland")) == ["Loftus", "Redcar"]
    assert found(area=area("East Cleveland")) == ["Loftus"]
    assert found(area=area("England")) == ["Chard", "Loftus", "Redcar"]


def test_name_of_an_area_searches_all_of_it_and_no_distance_applies():
    make_group(name="Margate", town="Margate")
    make_group(name="Dover", town="Dover")

    page = results(**near("East Kent", within=1))

    assert titles(page.cards) == ["Dover", "Margate"]
    assert distances(page) == ["Dover", "Margate"]
    assert page.heading == "Groups in East Kent"
    assert page.sentence == "2 groups."


@pytest.mark.parametrize(
    "typed, expected",
    [
        (("art",), ["Art"]),
        (("chard",), []),
        (("somerset",), []),
        (("pottery",), ["Art"]),
        (("low", "mood"), ["Art"]),
        (("men",), ["Art"]),
        (("helpers",), ["Art"]),
        (("former",), ["Art"]),
        (("cafe",), ["Café"]),
        (("art", "cafe"), ["Art"]),
        (("rt",), []),
    ],
)
def test_words_are_looked_for_in_every_public_text_but_names_of_places(typed, expected):
    organisation = make_organisation(name="Example helpers", former_names=["Former friends"])
    art = make_group(
        name="Art", organisation=organisation, town="Chard", activities=["Pottery"], audiences=["Men"], summary="Clay."
    )
    [topic] = make_terms(type(art).topics.rel.model, ["Depression"])
    topic.other_words = ["low mood"]
    topic.save()
    art.topics.add(topic)
    make_group(name="Café", summary="Cakes.")

    assert found(words=typed) == expected


def test_groups_for_the_whole_area_stand_in_a_block_of_their_own():
    make_group(name="Programme", areas=["East Kent"], stands_for_several=True)
    make_group(name="Elsewhere", areas=["Somerset"])
    make_group(name="Here", town="Margate", areas=["East Kent"])

    page = results(**near("Margate"))

    assert titles(page.cards) == ["Here"]
    assert titles(page.area_wide) == ["Programme"]


def test_groups_from_home_stand_in_a_block_of_their_own_whatever_the_place():
    make_group(name="Online", online=True)
    make_group(name="Online for Kent", online=True, areas=["Kent"])

    assert titles(results(**near("Chard")).online) == ["Online"]
    assert titles(results(**near("Margate")).area_wide) == ["Online for Kent"]


def test_filters_hold_in_the_blocks_beside_the_results():
    make_group(name="Talk", areas=["Somerset"], focus=Focus.TALKING)
    make_group(name="Do", areas=["Somerset"], focus=Focus.DOING)

    assert titles(results(**near("Chard", focus=(Focus.DOING,))).area_wide) == ["Do"]


def test_one_to_one_roles_and_organisations_to_ask_stand_beside_the_results():
    with_groups = make_organisation(name="With groups", areas=["Somerset"])
    make_group(organisation=with_groups, town="Chard")
    make_organisation(name="Without groups", areas=["Somerset"])
    make_organisation(name="Elsewhere", areas=["Kent"])
    make_role(title="Mentor", organisation=with_groups, areas=["Somerset"], support_route="contact us")
    make_role(title="Leader", organisation=with_groups, areas=["Somerset"], support_route="none")

    searched = results(**near("Chard"))
    other = parse_text(searched.other_support.html)

    assert [words(title) for title in other.iterfind(".//article//a")] == ["Mentor"]
    assert [words(name) for name in other.iterfind(".//section/ul/li/a")] == ["Without groups"]
    assert results().other_support.html == ""


def test_pages_hold_twelve_and_one_past_the_end_is_the_last():
    for number in range(15):
        make_group(name=f"{number:02}")

    assert len(found()) == 12
    assert found(page=2) == ["12", "13", "14"]
    assert found(page=99) == ["12", "13", "14"]
    assert results(page=99).total == 15


def test_organisations_that_the_words_name_stand_beside_the_groups():
    make_organisation(name="Present name", former_names=["KMPT"])
    make_organisation(name="Draft KMPT", draft=True)

    assert [organisation.name for organisation in results(words=("kmpt",)).named_organisations] == ["Present name"]
    assert (results().named_organisations, results().organisations) == ([], [])


def test_organisations_that_the_words_fit_serve_the_place_searched():
    make_organisation(name="Gardeners of Somerset", areas=["Somerset"])
    make_organisation(name="Another", summary="We help gardeners.", areas=["Kent"])

    near_chard, anywhere = results(words=("gardeners",), **near("Chard")), results(words=("gardeners",))

    assert [organisation.name for organisation in near_chard.named_organisations] == ["Gardeners of Somerset"]
    assert [organisation.name for organisation in near_chard.organisations] == []
    assert [organisation.name for organisation in anywhere.organisations] == ["Another"]


def test_blocks_beside_the_results_hold_a_few_and_say_how_many_there_are(client):
    for number in range(7):
        make_group(name=f"Programme {number}", areas=["Somerset"])
        make_group(name=f"Online {number}", online=True)
        make_role(title=f"Role {number}", areas=["Somerset"], support_route="contact us")

    page = results(**near("Chard"))
    search_page = words(parse_text(client.get("/groups/?near=Chard").content.decode()))
    area_page = words(parse_text(client.get("/areas/somerset/").content.decode()))
    whole = words(parse_text(client.get("/areas/somerset/?wider=all").content.decode()))

    assert titles(page.area_wide) == [f"Programme {number}" for number in range(3)]
    assert len({*titles(page.online)} & {f"Online {number}" for number in range(7)}) == 3
    assert "These are 3 of 7. See more for Somerset" in search_page
    assert "These are 3 of 7. See every group that meets online" in search_page
    assert "See every peer role" in search_page
    assert "These are 5 of 7. See more for Somerset" in area_page
    assert page.area_wide_url == "/areas/somerset/?wider=all#serving"
    assert [f"Programme {number}" in whole for number in range(7)] == [True] * 7
    assert "See more for Somerset" not in whole
