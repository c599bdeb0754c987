"""The list in an address: whatever stands there, a list of at most 60 groups."""

import time

import pytest

from groups.short_codes import ALPHABET
from groups.shortlist import MOST, Shortlist, ShortlistLinks


def codes(number: int) -> list[str]:
    return [f"b{ALPHABET[row // 100]}{row % 100:02}d" for row in range(number)]


@pytest.mark.parametrize(
    "message, read",
    [
        ([], ()),
        ([""], ()),
        (["bcd23"], ("bcd23",)),
        (["bcd23,fgh45"], ("bcd23", "fgh45")),
        (["bcd23", "fgh45"], ("bcd23", "fgh45")),
        (["BCD23, fgh45\n"], ("bcd23", "fgh45")),
        (["bcd23,bcd23", "BCD23"], ("bcd23",)),
        (["bcd2,bcd234,,%00,fgh45;<b>"], ("fgh45",)),
        (["bcd23\x00fgh45"], ("bcd23", "fgh45")),
    ],
)
def test_list_is_read_however_it_is_written(message, read):
    assert Shortlist.read(message).codes == read


def test_list_holds_sixty_and_says_what_it_left_out():
    full, over = Shortlist.read([",".join(codes(MOST))]), Shortlist.read([",".join(codes(MOST + 1))])

    assert (len(full), full.sentence) == (60, "Your list is full: it holds 60 groups.")
    assert over.codes == full.codes
    assert over.sentence == "A list holds 60 groups. We kept the first 60, and left out the rest."


def test_list_that_lost_a_group_has_left_nothing_out():
    over = Shortlist.read([",".join(codes(MOST + 1))])

    assert over.without(codes(1)[0]).sentence == ""
    assert over.moved(codes(1)[0], 3).sentence == "Your list is full: it holds 60 groups."


def test_ten_thousand_codes_are_read_no_further_than_a_list_goes():
    absurd = ["b" * 4 + "," + ",".join(codes(1700) * 6)]

    began = time.process_time()
    read = Shortlist.read(absurd)

    assert len(read) == MOST
    # Generous: reading takes a millisecond. What is quadratic takes minutes.
    assert time.process_time() - began < 5


def test_list_changes_into_another_and_stays_itself():
    chosen = Shortlist.read(["bcd23,fgh45,jkm67"])

    assert chosen.without("fgh45").query == "list=bcd23,jkm67"
    assert chosen.moved("jkm67", 0).query == "list=jkm67,bcd23,fgh45"
    assert chosen.moved("bcd23", 1).query == "list=fgh45,bcd23,jkm67"
    assert chosen.query == "list=bcd23,fgh45,jkm67"
    assert Shortlist().suffix == ""


def test_links_of_a_group_keep_the_search():
    links = ShortlistLinks(Shortlist.read(["bcd23,fgh45"]), "near=CT9+1&page=2")

    added, taken_off = links.for_code("jkm67"), links.for_code("fgh45")

    assert (added.url, added.words) == ("?near=CT9+1&page=2&list=bcd23,fgh45,jkm67", "Add to my list")
    assert (taken_off.url, taken_off.words) == ("?near=CT9+1&page=2&list=bcd23", "On your list: take it off")
    assert added.suffix == taken_off.suffix == "?list=bcd23,fgh45"


def test_list_is_read_no_further_than_an_address_is_long():
    within, beyond = (Shortlist.read([f"{'.' * dots}bcd23"]) for dots in (9_995, 9_996))

    assert (within.codes, beyond.codes) == (("bcd23",), ())
