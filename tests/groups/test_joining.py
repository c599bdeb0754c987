"""How visitors are told to join: nobody is sent off to an address that they cannot see."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from icalendar import Calendar

from groups.choices import ChangeKind, Joining, Route, Weekday
from groups.models import JoiningRoute, SupportGroup
from groups.search.query import Query
from groups.search.service import search
from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import days_ago, make_change, make_contact, make_group, make_schedule, make_venue
from tests.peersupport.html import parse, words

# Words in memory of one group's rows, which tests/groups/test_group_reader.py reads on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

JUST_COME, CONTACT_FIRST = Joining.JUST_COME, Joining.CONTACT_FIRST


def group_at(*venues: str, own: str = "hidden", **fields) -> SupportGroup:
    """A group that says "just come along", with a pattern for each venue: "hidden", "public", or "" for its own."""
    group = make_group(name="Example tea", venue=venue(own), joining=JUST_COME, **fields)
    for weekday, kind in zip(Weekday, venues, strict=False):
        make_schedule(group, weekday=weekday, venue=venue(kind))
    return SupportGroup.objects.for_cards().get(pk=group.pk)


def venue(kind: str):
    return make_venue(confidential=kind == "hidden") if kind else None


def found_by(*ways: str) -> list[str]:
    """The names of the groups that search finds by a way of joining."""
    results = search(Query(choices=(("joining", ways),)))
    return [SupportGroup.objects.get(pk=pk).name for pk in results.keys]


def counted() -> dict[str, int]:
    return {way: number for way, number in search(Query()).counts["joining"].items() if number}


@pytest.mark.parametrize("joining", Joining)
def test_only_just_come_becomes_contact_first_where_the_address_is_hidden(joining):
    hidden = make_group(confidential=True, joining=joining)
    public = make_group(venue=make_venue(), joining=joining)

    assert public.public_joining == joining
    assert hidden.public_joining == (CONTACT_FIRST if joining == JUST_COME else joining)
    assert hidden.joining == joining


@pytest.mark.parametrize(
    "own, patterns, shown",
    [
        ("hidden", [], CONTACT_FIRST),
        ("hidden", [""], CONTACT_FIRST),
        ("hidden", ["public"], JUST_COME),
        ("hidden", ["public", "public"], JUST_COME),
        ("hidden", ["public", ""], CONTACT_FIRST),
        ("hidden", ["hidden"], CONTACT_FIRST),
        ("public", [], JUST_COME),
        ("public", [""], JUST_COME),
        ("public", ["hidden"], CONTACT_FIRST),
        ("public", ["", "hidden"], CONTACT_FIRST),
        ("", [], JUST_COME),
        ("", ["hidden"], CONTACT_FIRST),
    ],
)
def test_each_regular_pattern_must_say_where_to_come(own, patterns, shown):
    group = group_at(*patterns, own=own)

    assert group.public_joining == shown
    assert found_by(shown) == ["Example tea"]
    assert counted() == {shown: 1}


@pytest.mark.parametrize("why", ["times_are_withheld", "stands_for_several"])
def test_a_public_venue_of_a_pattern_helps_nobody_who_cannot_see_the_pattern(why):
    group = group_at("public", **{why: True})

    assert group.public_joining == CONTACT_FIRST
    assert counted() == {CONTACT_FIRST: 1}


def test_patterns_that_are_over_say_nothing_of_where_to_come():
    group = group_at("public", "")
    group.schedules.filter(venue=None).update(last_date=days_ago(1))
    assert SupportGroup.objects.get().public_joining == JUST_COME

    group.schedules.filter(venue=None).update(last_date=days_ago(0))
    assert SupportGroup.objects.get().public_joining == CONTACT_FIRST


def test_a_group_that_meets_only_from_home_has_no_address_to_hide():
    group = group_at(meets_in_person=False, meets_online=True)

    assert group.public_joining == JUST_COME
    assert counted() == {JUST_COME: 1}


@pytest.mark.parametrize("way", ["its own", "of a pattern"])
def test_ticking_confidential_takes_effect_at_once(way):
    group = group_at("" if way == "its own" else "public", own="public")
    place = group.venue if way == "its own" else group.schedules.get().venue
    assert (found_by(JUST_COME), found_by(CONTACT_FIRST)) == (["Example tea"], [])

    place.address_is_confidential = True
    place.save()

    assert (found_by(JUST_COME), found_by(CONTACT_FIRST)) == ([], ["Example tea"])
    place.address_is_confidential = False
    place.save()
    assert (found_by(JUST_COME), found_by(CONTACT_FIRST)) == (["Example tea"], [])


def test_the_answer_of_the_editor_is_never_written_over():
    group = group_at()
    current_snapshot()

    group.save()

    assert SupportGroup.objects.get().joining == JUST_COME


def test_page_card_and_week_say_contact_first(client):
    contact = make_contact(email="tea@example.org")
    group = group_at("", contacts=[contact], organisation=contact.organisation)
    group.schedules.update(starts_at=datetime.time(18), weekday=days_ago(-1).weekday())

    page = client.get(group.get_absolute_url())
    results = parse(client.get(reverse("groups:group_list"), {"near": "Chard"}))
    week = parse(client.get(reverse("groups:area_week", args=["somerset"])))

    joining = parse(page).find(".//b[@class='picture picture--contact-first']")
    assert words(joining) == "Contact the group first."
    assert "The group will tell you where to come." in page.content.decode()
    assert "Just come along" not in page.content.decode()
    assert "Contact the group first" in [words(strong) for strong in results.iterfind(".//article//dd/b")]
    assert "JoiningContact the group first" in " ".join(words(card) for card in week.iterfind(".//article"))


def test_lists_files_and_calendars_say_contact_first(client):
    group = group_at("")
    ways = {"list": group.code}

    printed = client.get(reverse("groups:list_print"), ways).content.decode()
    text = client.get("/lists/list.txt", ways).content.decode()
    header, row, *_ = csv.reader(io.StringIO(client.get("/lists/list.csv", ways).content.decode("utf-8-sig")))
    calendar = Calendar.from_ical(client.get(reverse("groups:group_calendar", args=[group.slug])).content)

    message = "Contact the group first. The group will tell you where to come."
    assert message in printed
    assert f"Joining: {message}" in text
    assert dict(zip(header, row, strict=True))["How to join"] == message
    assert "Joining: Contact the group first." in str(next(iter(calendar.walk("VEVENT")))["description"])
    assert [text for text in (printed, text, str(row)) if "Just come" in text] == []


@pytest.mark.parametrize(
    "joining, routes, sentences, listed",
    [
        (JUST_COME, [Route.GP], "Your GP can also refer you.", []),
        (JUST_COME, [Route.YOURSELF], "", []),
        (JUST_COME, [Route.AFTER_COURSE], "", ["After a course"]),
        (CONTACT_FIRST, [Route.YOURSELF, Route.GP], "Your GP can also refer you.", ["Yourself"]),
        (Joining.BY_REFERRAL, [Route.YOURSELF], "You can refer yourself.", []),
        (
            Joining.BY_REFERRAL,
            [Route.YOURSELF, Route.LINK_WORKER, Route.GP],
            "Your GP or a social prescribing link worker can do that. You can refer yourself, too.",
            ["A social prescribing link worker"],
        ),
        (Joining.NOT_SAID, [Route.GP], "Your GP can refer you.", []),
        (Joining.MEMBERS, [Route.MEMBERSHIP], "", ["By becoming a member"]),
        (Joining.WAITING_LIST, [Route.GP], "", ["Your GP"]),
        (Joining.CLOSED, [Route.GP], "", ["Your GP"]),
    ],
)
def test_routes_never_contradict_how_to_join(joining, routes, sentences, listed):
    """What is said beside it agrees with it; a route of which that says all is not listed again."""
    group = make_group(town="Chard", joining=joining)
    for route in routes:
        JoiningRoute.objects.create(group=group, route=route)

    assert (group.referral_words, [row.get_route_display() for row in group.public_routes]) == (sentences, listed)


def test_route_with_a_note_is_listed_under_a_heading_that_agrees_with_how_to_join(client):
    """On page and paper."""
    texts = {}
    for joining in (JUST_COME, CONTACT_FIRST):
        group = make_group(town="Chard", joining=joining)
        JoiningRoute.objects.create(group=group, route=Route.GP, note="Any GP in Somerset.")
        page = words(parse(client.get(group.get_absolute_url())).find(".//main"))
        texts[joining] = page, client.get("/lists/list.txt", {"list": group.code}).text

    for text, heading, joining in (
        (texts[JUST_COME], "Other ways to come to it:", "Just come along. Your GP can also refer you."),
        (texts[CONTACT_FIRST], "Ways to come to it:", "Contact the group first. Your GP can also refer you."),
    ):
        page, paper = (" ".join(each.split()) for each in text)
        assert (f"{heading}Your GP. Any GP in Somerset." in page, joining in page) == (True, True)
        assert (f"{heading} Your GP. Any GP in Somerset." in paper, joining in paper) == (True, True)


def test_one_day_at_a_hidden_address_says_to_ask_where():
    group = group_at("", own="public")
    make_change(group, kind=ChangeKind.EXTRA, date=days_ago(-2), venue=venue("hidden"))

    dates = SupportGroup.objects.for_cards().get().dates_between(days_ago(0), days_ago(-5), days_ago(0))

    assert "An extra date. At Chard. Ask the group where." in [row.different for row in dates]
