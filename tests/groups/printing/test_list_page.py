"""The page of a list: its order, what became of its groups, and where it can go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.choices import Weekday
from groups.search.snapshot.snapshot import current_snapshot
from organisations.choices import Publication
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_schedule, make_venue
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db
OWN = reverse("groups:list_own")


def listed(*groups) -> str:
    return ",".join(group if isinstance(group, str) else group.code for group in groups)


def own(client, *groups, **asked):
    return parse(client.get(OWN, {"list": listed(*groups)} | asked))


def links(page, group) -> dict[str, str]:
    row = with_id(page, f"g-{group.code}")
    return {
        words(link).partition(":")[0]: link.get("href") for link in row.iterfind(".//p[@class='own-list__links']/a")
    }


def test_groups_are_moved_and_taken_off_by_links(client):
    item, two, three = (make_group(name=f"Example {name}", town="Chard") for name in ("one", "two", "three"))

    page = own(client, item, two, three)

    assert links(page, item) == {
        "Down": f"{OWN}?list={listed(two, item, three)}#g-{item.code}",
        "Take it off": f"{OWN}?list={listed(two, three)}",
    }
    # Up is to the top there.
    assert list(links(page, two)) == ["Up", "Down", "Take it off"]
    assert links(page, three) == {
        "To the top": f"{OWN}?list={listed(three, item, two)}#g-{three.code}",
        "Up": f"{OWN}?list={listed(item, three, two)}#g-{three.code}",
        "Take it off": f"{OWN}?list={listed(item, two)}",
    }


def test_what_became_of_groups_is_said_and_no_name_that_is_not_public(client):
    withdrawn = make_organisation(name="Secret house")
    withdrawn.publication = Publication.WITHDRAWN
    withdrawn.save()
    shown = make_group(name="Example here", town="Chard")
    ended = [make_group(name=f"Example {name}", ended=True) for name in ("over", "gone")]
    closed = make_group(name="Example closed", closed=True)
    lapsed = make_group(name="Example old", checked=days_ago(500))
    hidden = [make_group(name="Secret draft", draft=True), make_group(name="Secret group", organisation=withdrawn)]

    page = own(client, shown, *ended, closed, lapsed, *hidden, "zzzzz")

    assert words(page.find(".//div[@class='notice notice--warning']")) == (
        "2 of these have ended. 1 of these is closed to new people now. "
        "1 of these has not been checked for a long time. 3 of these are no longer in this directory."
    )
    assert "Example closed is closed to new people for now. It will not be printed." in words(page)
    assert words(with_id(page, "groups")) == "8 groups, 1 to print"
    assert "Secret" not in words(page)


def test_page_has_the_whole_address_to_send_and_every_way_out(client):
    group = make_group(name="Example tea", town="Chard")

    page = own(client, group, by="day")

    address = f"{OWN}?list={group.code}&by=day"
    files = [link.get("href") for link in page.iterfind(".//section[@aria-labelledby='print']//a")]
    assert with_id(page, "list-address").get("value") == f"http://testserver{address}"
    assert f"/lists/print/?list={group.code}&by=day&layout=large" in files
    assert f"{OWN}?list={group.code}&by=place" in files
    for kind in ("txt", "xlsx", "csv", "ics"):
        assert f"/lists/list.{kind}?list={group.code}&by=day" in files
    assert {client.get(file).status_code for file in files} == {200}


def test_list_of_one_group_that_is_gone_says_so_once(client):
    page = own(client, "zzzzz")

    assert words(with_id(page, "groups")) == "Nothing on it can be printed"
    assert page.find(".//div[@class='notice notice--warning']") is None
    assert words(page).count("no longer in this directory") == 1
    # There is nothing to send.
    assert page.find(".//*[@id='send']") is None
    assert words(with_id(own(client, make_group(town="Chard")), "groups")) == "1 group"


def test_empty_list_says_how_to_begin(client):
    page = parse(client.get(OWN))

    assert "There is no group on your list yet." in words(page)
    assert page.find(".//form[@role='search']").get("action") == reverse("groups:group_list")
    assert client.get("/lists/list.csv").headers["Location"] == OWN


@pytest.mark.parametrize("kind", ["exe", "PDF", "x"])
def test_file_of_no_known_kind_is_not_there(client, kind):
    assert client.get(f"/lists/list.{kind}", {"list": make_group().code}).status_code == 404


#: What a list costs, however long it is: the groups, all that belongs to them, and what its title needs.
COST = 11


@pytest.mark.one_database("no page asks which database it reads: the ORM makes the same queries on each")
@pytest.mark.parametrize("rows", [1, 60])
def test_list_costs_the_same_for_one_group_and_for_sixty(client, rows):
    groups = []
    organisations = [make_organisation() for _ in range(min(rows, 5))]
    venues = [make_venue(town=town) for town in ("Chard", "Ilminster", "Yeovil")]
    contact = make_contact(organisation=organisations[0])
    for number in range(rows):
        group = make_group(
            organisation=organisations[number % 5], venue=venues[number % 3], contacts=[contact], areas=["Somerset"]
        )
        make_schedule(group, weekday=Weekday.MONDAY, venue=venues[(number + 1) % 3])
        groups.append(group)
    asked = {"list": listed(*groups), "by": "day"}
    current_snapshot()  # A site has it before anybody asks.
    costs = {}
    for address in (OWN, "/lists/print/", "/lists/list.csv", "/lists/list.ics", "/areas/somerset/print/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address, asked)
        costs[address] = len(queries)

    assert {address: cost for address, cost in costs.items() if cost > COST} == {}
