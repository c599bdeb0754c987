"""Putting groups on a list while searching: by links that change nothing but the address."""

import pytest
from django.urls import reverse

from common.bounded_cache import CACHE
from groups.models import SupportGroup
from groups.printing.selection import SelectedGroup, Status
from groups.shortlist import MOST
from tests.factories import days_ago, make_group
from tests.peersupport.html import parse, words

# What stands in addresses and links: the database is asked for the groups of a search alone.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = reverse("groups:group_list")
SOMERSET = reverse("groups:area_detail", args=["somerset"])


def choices(page) -> list[tuple[str, str]]:
    """The words and the address of every link of a page that changes the list."""
    return [(words(link), link.get("href")) for link in page.iterfind(".//p[@class='card__choose']/a")]


def test_each_result_is_added_or_taken_off_and_the_search_stays(client):
    on, off = make_group(name="Example one", town="Chard"), make_group(name="Example two", town="Chard")

    page = parse(client.get(LIST, {"near": "TA20 1AA", "focus": "not-said", "list": on.code.upper()}))

    search = "?near=TA20+1"
    assert choices(page) == [
        ("Added ✓ to your list: take it off: Example one", f"{search}#g-{on.code}"),
        ("Add to my list: Example two", f"{search}&list={on.code},{off.code}#g-{off.code}"),
        ("Add all 2 of these to my list", f"{search}&add=all&list={on.code}"),
    ]
    assert {link.get("rel") for link in page.iterfind(".//p[@class='card__choose']/a")} == {"nofollow"}


def test_list_comes_along_wherever_a_search_leads(client):
    for number in range(21):
        make_group(name=f"Example {number}", town="Newport, Newport")
    code = SupportGroup.objects.first().code

    page = parse(client.get(LIST, {"near": "Newport, Newport", "within": "25", "list": code}))
    ambiguous = parse(client.get(LIST, {"near": "Newport", "list": code}))
    nothing = parse(client.get(LIST, {"near": "Chard", "focus": "doing", "list": code}))

    links = {
        "chip": page.find(".//a[@class='chip']"),
        "next page": page.find(".//a[@rel='next']"),
        "a group": page.find(".//article/h2/a"),
        "a place": ambiguous.find(".//section[@aria-labelledby='which-place']//a"),
        "what would find more": nothing.find(".//div[@class='empty']//a"),
    }
    assert {name for name, link in links.items() if f"list={code}" not in link.get("href")} == set()
    assert page.find(".//form//input[@name='list']").get("value") == code


def test_page_with_a_list_says_so_and_is_kept_out_of_search_engines(client):
    group = make_group(town="Chard")

    for address in (LIST, SOMERSET, group.get_absolute_url()):
        page, bare = parse(client.get(address, {"list": group.code})), parse(client.get(address))
        bar = page.find(".//aside[@class='list-bar']")

        assert words(bar) == "Your list: 1. Print it"
        assert bar.find(".//a").get("href") == f"/lists/?list={group.code}"
        assert page.find(".//meta[@name='robots']").get("content") == "noindex, nofollow"
        assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{address}"
        assert (bare.find(".//aside[@class='list-bar']"), bare.find(".//meta[@name='robots']")) == (None, None)


def test_group_page_puts_itself_and_what_is_near_by_on_the_list(client):
    group, near_by = make_group(name="Example here", town="Chard"), make_group(name="Example near", town="Chard")

    page = parse(client.get(group.get_absolute_url(), {"list": group.code}))

    assert choices(page) == [
        ("On your list: take it off", "?"),
        ("Add to my list: Example near", f"?list={group.code},{near_by.code}#g-{near_by.code}"),
    ]


def test_whole_result_is_added_after_what_is_there(client):
    first = make_group(name="Example first", town="Margate")
    found = [make_group(name=f"Example {number:02}", town="Chard") for number in range(23)]

    answer = client.get(LIST, {"near": "Chard", "within": "3", "add": "all", "list": first.code})
    of_area = client.get(SOMERSET, {"add": "all"})

    codes = ",".join(group.code for group in found)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"?near=Chard&within=3&list={first.code},{codes}#your-list",
    )
    assert of_area["Location"] == f"?list={codes}#your-list"


def test_more_than_a_list_holds_is_said(client):
    for number in range(61):
        make_group(name=f"Example {number:02}", town="Chard")

    page = parse(client.get(LIST, {"list": "bcdfg"}))
    answer = client.get(LIST, {"add": "all"}, follow=True)

    assert "A list holds 60 groups, and these are 61." in words(page)
    assert choices(page)[0][0] == "Add to my list: Example 00"
    assert "We kept the first 60, and left out the rest." in words(parse(answer))


def print_link(page) -> tuple[str, str]:
    """The words and the address of the link that prints what a search found."""
    [link] = page.iterfind(".//div[@class='results-bar']/p/a[@class='screen-only']")
    return words(link), link.get("href")


def test_search_is_printed_in_one_press_without_what_was_typed_and_without_the_list(client):
    other = make_group(name="Example other", town="Margate")
    found = [make_group(name=f"Example garden {number:02}", town="Chard") for number in range(14)]

    page = parse(client.get(LIST, {"q": "garden", "near": "TA20 1AA", "list": other.code}))
    message, address = print_link(page)
    answer = client.get(f"{LIST}{address}")

    assert message == "Print these 14"
    assert answer["Location"] == f"/lists/print/?list={','.join(group.code for group in found)}"
    printed = parse(client.get(answer["Location"]))
    assert [words(name) for name in printed.iterfind(".//h2[@class='entry__name']")] == [group.name for group in found]


def test_number_to_print_is_that_of_the_groups_on_the_page(client):
    for number in range(3):
        make_group(name=f"Example {number}", town="Chard")
    make_group(name="Example on a break", town="Chard", paused=True)
    make_group(name="Example being set up", town="Chard", forming=True)
    make_group(name="Example overdue", town="Chard", checked=days_ago(300))
    for what in ({"closed": True}, {"ended": True}, {"checked": days_ago(500)}):
        make_group(name=f"Example {what}", town="Chard", **what)

    message, address = print_link(parse(client.get(LIST, {"near": "Chard"})))
    printed = parse(client.get(f"{LIST}{address}", follow=True))

    assert message == "Print the 6 that are open"
    assert len(printed.findall(".//h2[@class='entry__name']")) == 6
    assert printed.find(".//section[@class='paper__rest']") is None


def test_of_more_than_a_list_holds_the_first_are_printed_and_paper_says_so(client):
    for number in range(61):
        make_group(name=f"Example {number:02}", town="Chard")

    message, address = print_link(parse(client.get(LIST)))
    printed = parse(client.get(f"{LIST}{address}", follow=True))

    assert (message, address) == ("Print the first 60", "?print=all")
    assert len(printed.findall(".//h2[@class='entry__name']")) == 60
    assert words(printed.find(".//section[@class='paper__rest']/ul")) == (
        "A list holds 60 groups. We kept the first 60, and left out the rest."
    )


def test_one_group_alone_is_printed_as_it(client):
    make_group(name="Example only", town="Chard")
    closed = make_group(name="Example closed", town="Margate", closed=True)

    assert print_link(parse(client.get(LIST, {"near": "Chard"})))[0] == "Print it"
    assert print_link(parse(client.get(LIST)))[0] == "Print the 1 that is open"
    page = client.get(LIST, {"near": "Margate"})
    assert (closed.name in words(parse(page)), b"print=all" in page.content) == (True, False)
    nothing = client.get(LIST, {"near": "Margate", "print": "all"}, follow=True)
    assert "There is nothing to print yet" in words(parse(nothing))


def test_area_is_printed_in_one_press_unless_it_has_more_than_a_page_holds(client, monkeypatch):
    for name in ("one", "two"):
        make_group(name=f"Example {name}", town="Chard")
    make_group(name="Example wide", areas=["Somerset"])

    links = []
    for most in (3, 2):
        monkeypatch.setattr("groups.areas.page.MOST_OF_AREA", most)
        monkeypatch.setattr("groups.printing.selection.MOST_OF_AREA", most)
        CACHE.clear()  # Its pages were made with another bound.
        printed = f"{SOMERSET}print/"
        [link] = [link for link in parse(client.get(SOMERSET)).iter("a") if link.get("href") == printed]
        links.append((words(link), len(parse(client.get(printed)).findall(".//article"))))

    assert links == [("Print or save all groups in Somerset", 3), ("Choose a smaller area to print", 0)]


def test_nobody_is_given_a_cookie_by_a_list(client):
    group = make_group(town="Chard")

    answers = [client.get(LIST, {"list": group.code}), client.get("/lists/", {"list": group.code})]

    assert [dict(answer.cookies) for answer in answers] == [{}, {}]


def test_group_that_is_not_printed_is_not_offered(client):
    open_ones = [make_group(name=f"Example open {number}", town="Chard") for number in (1, 2)]
    closed = make_group(name="Example closed", town="Chard", closed=True)

    page = parse(client.get(LIST, {"near": "Chard"}))
    answer = client.get(LIST, {"near": "Chard", "add": "all"})

    assert [message for message, _ in choices(page)] == [
        "Add to my list: Example open 1",
        "Add to my list: Example open 2",
        "Add all 2 that are open to my list",
    ]
    assert answer["Location"] == f"?near=Chard&list={open_ones[0].code},{open_ones[1].code}#your-list"
    only_closed = client.get(LIST, {"near": "Chard", "joining": "closed", "add": "all"})
    assert only_closed["Location"] == "?near=Chard&joining=closed#your-list"
    # One that has closed since stays on the list, and the page of results that shows it is whole.
    assert "Example closed" in words(parse(client.get(LIST, {"near": "Chard", "list": closed.code})))


@pytest.mark.parametrize("what", [{"closed": True}, {"ended": True}, {"checked": days_ago(500)}])
def test_page_of_a_group_that_is_not_printed_only_takes_it_off(client, what):
    group = make_group(**what)

    bare, on_it = (parse(client.get(group.get_absolute_url(), asked)) for asked in ({}, {"list": group.code}))

    assert (choices(bare), choices(on_it)) == ([], [("On your list: take it off", "?")])


@pytest.mark.parametrize("what", [{}, {"closed": True}, {"ended": True}, {"checked": days_ago(500)}, {"paused": True}])
def test_what_is_offered_is_what_is_printed(what):
    group = SupportGroup.objects.with_last_check().get(pk=make_group(**what).pk)

    assert group.can_be_printed == (SelectedGroup(group.code, group).status is Status.PRINTABLE)


def test_full_list_says_so_where_groups_are_offered(client):
    group, on_it = make_group(name="Example one", town="Chard"), make_group(name="Example two", town="Chard")
    full = ",".join([on_it.code, *(f"b{number:04}" for number in range(MOST - 1))])

    results, row = (parse(client.get(address, {"list": full})) for address in (LIST, group.get_absolute_url()))

    message = [words(line) for line in results.iterfind(".//p[@class='card__choose']")]
    assert message == ["Your list is full.", "Added ✓ to your list: take it off: Example two"]
    assert [words(line) for line in row.iterfind(".//p[@class='card__choose']")] == [
        "Your list is full.",
        "Added ✓ to your list: take it off: Example two",
    ]
    assert [words(bar) for bar in results.iterfind(".//aside[@class='list-bar']")] == [
        "Your list: 60. Print it Your list is full: it holds 60 groups."
    ]


def test_one_group_alone_is_not_offered_as_all_of_these(client):
    make_group(name="Example only")

    page = parse(client.get(reverse("groups:group_list")))

    assert [message for message, _ in choices(page)] == ["Add to my list: Example only"]
