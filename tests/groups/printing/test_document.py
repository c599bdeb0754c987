"""What stands on a printed list, compared with what is known of its groups."""

import datetime

import pytest
from django.utils import timezone

from groups.choices import ChangeKind, Focus, Frequency, Weekday
from groups.printing import selection as selection_module
from groups.printing.build import build_area_document, build_document
from groups.printing.choices import Order
from groups.printing.document import PrintDocument, PrintEntry, PrintSession
from groups.printing.links import document_links
from groups.printing.request import PrintRequest
from groups.printing.selection import select_area, select_codes
from groups.search.snapshot.snapshot import current_snapshot
from groups.shortlist import Shortlist
from places.choices import AreaKind
from places.models import Area, AreaPart
from tests.factories import (
    area,
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_venue,
)
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def whole(path: str) -> str:
    return f"https://example.org{path}"


def paper(*groups, order: Order = Order.OWN) -> PrintDocument:
    asked = PrintRequest(Shortlist(tuple(group.code for group in groups)), order)
    return build_document(select_codes(asked.shortlist), asked, timezone.now(), whole)


def entry(group) -> PrintEntry:
    [only] = paper(group).entries
    return only


def headings(of: PrintDocument) -> list[tuple[str, list[str]]]:
    return [(section.heading, [row.name for row in section.entries]) for section in of.sections]


def test_entry_has_everything_that_is_known():
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, role_title="Welcome desk", phone="01632 960001", hours="Mondays")
    hall = make_venue(name="Example hall", town="Chard", postcode="TA20 1AA", address="1 Street", access_note="A ramp.")
    group = make_group(
        name="Example tea",
        organisation=organisation,
        venue=hall,
        focus=Focus.TALKING,
        joining="contact first",
        is_free="yes",
        meets_online=True,
        contacts=[contact, make_contact(organisation=organisation, released=False, role_title="Unseen")],
        checked=days_ago(0),
    )
    make_schedule(group, weekday=Weekday.MONDAY, starts_at=datetime.time(18, 30), ends_at=datetime.time(20))

    row = entry(group)

    assert (row.name, row.organisation, row.what, row.cost) == ("Example tea", "Example house", "Talking", "Free")
    assert row.url == f"https://example.org/g/{group.code}/"
    assert row.when == ("Every Monday, 6.30pm to 8pm.",)
    assert [date.split(" ")[0] for date in row.next_dates] == ["Monday", "Monday"]
    assert row.where == ("Example hall", "1 Street", "Chard", "TA20 1AA", "also online (ask for the link)")
    assert row.joining == ("Contact the group first.",)
    assert row.access == ("A ramp.",)
    assert row.contacts == ("Welcome desk: 01632 960001 (number not checked yet), Mondays",)
    assert row.checked == f"Checked on {days_ago(0).day} {days_ago(0):%B %Y}"
    assert row.sessions == (PrintSession(0, datetime.time(18, 30), "6.30pm to 8pm"),)


def test_entry_of_a_group_with_nothing_known_but_a_name_says_what_to_ask():
    row = entry(make_group(name="Example only"))

    assert (row.when, row.next_dates, row.where, row.contacts) == (("Day and time: ask the organiser.",), (), (), ())
    assert (row.what, row.cost, row.checked) == ("", "Not said: ask the organisation", "Not checked yet")


def test_entry_of_a_confidential_venue_has_the_town_alone():
    venue = make_venue(
        name="Secret house", town="Chard", address="1 Secret Street", postcode="TA20 1AA", confidential=True
    )
    group = make_group(venue=venue)
    make_schedule(group, venue=make_venue(name="Secret hall", town="Ilminster", confidential=True))

    row = entry(group)

    assert row.where == (
        "Chard. To keep people safe, the address is not printed. Ask the group.",
        "Thursday: Ilminster",
    )
    assert row.access == ()


def test_withheld_times_and_programmes_have_no_place_in_a_week():
    withheld = make_group(town="Chard", times_are_withheld=True)
    several = make_group(areas=["Kent"], stands_for_several=True)
    for group in (withheld, several):
        make_schedule(group)

    assert [row.sessions for row in paper(withheld, several).entries] == [(), ()]
    assert entry(several).flags == ("This stands for several groups. Ask which one is near you.",)


def test_next_dates_carry_their_caution_and_what_is_different():
    group = make_group(town="Chard")
    make_change(group, kind=ChangeKind.EXTRA, date=days_ago(-7), words="Bring a cake.")

    [date] = entry(group).next_dates

    assert date.endswith("if it still meets then. An extra date. Bring a cake.")


@pytest.mark.parametrize(
    "groups, title",
    [
        ([{"town": "Margate", "focus": "talking"}], "Talking group in Margate"),
        ([{"town": "Margate"}, {"town": "Margate", "focus": "doing"}], "Peer support groups in Margate"),
        ([{"town": "Margate", "focus": "doing"}, {"town": "Ramsgate", "focus": "doing"}], "Doing groups in Thanet"),
        ([{"town": "Margate"}, {"town": "Dover"}], "Peer support groups in East Kent"),
        ([{"town": "Margate"}, {"areas": ["Kent"]}], "Peer support groups in Kent"),
        ([{"town": "Margate"}, {"town": "Chard"}], "Peer support groups in England"),
        ([{"town": "Margate"}, {"online": True}], "Peer support groups in Margate and from home"),
        ([{"online": True, "focus": "talking"}, {"online": True, "focus": "talking"}], "Talking groups from home"),
        ([{}], "Peer support group"),
        ([{"town": "Margate"}, {}], "Peer support groups"),
        ([{"online": True}, {}], "Peer support groups"),
        ([{"town": "Chard", "closed": True}], "Peer support groups"),
    ],
)
def test_title_says_what_groups_have_in_common(groups, title):
    assert paper(*(make_group(**fields) for fields in groups)).title == title


def test_sections_by_day_have_each_group_once_and_say_where_else_it_belongs():
    both, late, early = (make_group(name=f"Example {name}", town="Chard") for name in ("both", "late", "early"))
    make_schedule(both, weekday=Weekday.THURSDAY)
    make_schedule(both, weekday=Weekday.MONDAY)
    make_schedule(late, weekday=Weekday.MONDAY, starts_at=datetime.time(19))
    make_schedule(early, weekday=Weekday.MONDAY, starts_at=datetime.time(9))
    monthly, unknown = make_group(name="Example monthly"), make_group(name="Example unknown")
    make_schedule(monthly, weekday=None, frequency=Frequency.MONTHLY_BY_DATE, day_of_month=14)

    by_day = paper(both, late, early, monthly, unknown, order=Order.DAY)

    assert headings(by_day) == [
        ("Monday", ["Example early", "Example late", "Example both"]),
        ("Thursday", []),
        ("On other days", ["Example monthly"]),
        ("Ask for the day", ["Example unknown"]),
    ]
    assert by_day.sections[1].also == ("Example both: see Monday.",)


def test_sections_by_place_and_organisation_stand_in_order_those_from_home_last():
    organisations = [make_organisation(name=f"Example {letter}") for letter in "BA"]
    chard = make_group(name="Example chard", town="Chard", organisation=organisations[0])
    axminster = make_group(name="Example axe", town="Axminster", organisation=organisations[1])
    online = make_group(name="Example online", online=True, organisation=organisations[1])
    nowhere = make_group(name="Example nowhere")
    yeovil = make_group(name="Example yeovil", town="Yeovil")

    assert headings(paper(online, nowhere, yeovil, chard, axminster, order=Order.PLACE)) == [
        ("Axminster", ["Example axe"]),
        ("Chard", ["Example chard"]),
        ("Yeovil", ["Example yeovil"]),
        ("Ask where they meet", ["Example nowhere"]),
        ("Online or by phone", ["Example online"]),
    ]
    assert headings(paper(online, chard, axminster, order=Order.ORGANISATION)) == [
        ("Example A", ["Example axe", "Example online"]),
        ("Example B", ["Example chard"]),
    ]
    assert headings(paper(online, chard)) == [("", ["Example online", "Example chard"])]


def test_title_names_the_official_area_where_an_informal_one_is_the_same():
    thanet = area("Thanet")
    informal = Area.objects.create(name="All the isle", slug="all-the-isle", kind=AreaKind.INFORMAL)
    for part in thanet.parts.all():
        AreaPart.objects.create(area=informal, district=part.district, outward_code=part.outward_code)

    assert paper(make_group(town="Margate"), make_group(town="Ramsgate")).title == "Peer support groups in Thanet"


def test_orders_of_an_area_have_none_of_its_own_maker():
    own, of_area = (
        [
            label
            for label, *_ in document_links(
                PrintRequest(usual=usual), 1, "/", "/print/", lambda kind: f"/{kind}/"
            ).orders
        ]
        for usual in (Order.OWN, Order.DAY)
    )

    assert own == ["In my own order", "By day", "By place", "By organisation"]
    assert of_area == own[1:]


def test_what_is_not_printed_is_named_where_its_name_is_public():
    closed = make_group(name="Example closed", closed=True)
    ended = make_group(name="Example over", ended=True)
    old = make_group(name="Example old", checked=days_ago(500))
    draft = make_group(name="Secret", draft=True)

    assert paper(closed, ended, old, draft).left_out == (
        "Example closed is closed to new people for now.",
        "Example over has ended.",
        "Nobody has checked Example old for more than 15 months. Ask if it still meets.",
        "1 group is no longer in this directory.",
    )


def test_what_is_beyond_a_list_is_said_on_paper_too():
    codes = [make_group(town="Chard").code, *(f"zzz{number}" for number in range(10, 80))]
    chosen = Shortlist.read(codes)

    row = build_document(select_codes(chosen), PrintRequest(chosen), timezone.now(), whole)

    assert row.left_out == (
        "59 groups are no longer in this directory.",
        "A list holds 60 groups. We kept the first 60, and left out the rest.",
    )


def test_list_is_good_for_four_weeks_and_leads_to_itself():
    group = make_group(town="Chard")

    row = paper(group, order=Order.DAY)

    assert (row.good_until - row.printed_on).days == 28
    assert row.url == f"https://example.org/lists/?list={group.code}&by=day"


def test_help_now_is_that_of_the_nations_of_the_groups():
    england, wales = make_group(town="Chard"), make_group(town="Newport, Newport")
    scotland = make_group(areas=["Scotland"])

    assert [number for _, number in paper(england).help_now] == ["999", "111", "116 123", "85258"]
    assert paper(wales, scotland).help_now[1:3] == (
        ("NHS in Wales, option 2, call", "111"),
        ("NHS 24 in Scotland, mental health hub, call", "111"),
    )


def test_area_has_every_group_once_by_day_with_its_places():
    names = [f"Example {number:02}" for number in range(14)]
    for name in names:
        make_schedule(make_group(name=name, town="Chard" if name < "Example 07" else "Ilminster"))
    make_group(name="Example for all", areas=["Somerset"])
    make_group(name="Example elsewhere", town="Margate")
    somerset = area("Somerset")

    found = select_area(somerset, current_snapshot())
    row = build_area_document(somerset, found, PrintRequest(order=Order.DAY), timezone.now(), whole)

    assert row.title == "Groups in Somerset"
    assert headings(row) == [("Thursday", names), ("Ask for the day", ["Example for all"])]
    assert [place for place, _ in row.places] == ["Across Somerset", "Chard", "Ilminster"]
    assert row.left_out == ("Groups that anybody can join from home are at https://example.org/groups/?format=online",)


def test_area_with_too_many_groups_offers_smaller_ones(client, monkeypatch):
    monkeypatch.setattr(selection_module, "MOST_OF_AREA", 1)
    for _ in range(2):
        make_group(town="Margate")

    page = parse(client.get("/areas/east-kent/print/"))
    file = client.get("/areas/east-kent/print/list.csv")

    assert words(page.find(".//h1")) == "Too many groups in East Kent to print"
    assert "/areas/thanet/print/" in [link.get("href") for link in page.iterfind(".//ul[@class='place-list']//a")]
    assert file.headers["Location"] == "/areas/east-kent/print/"
