"""A feed is read whole, from a file, a folder or page by page; within bounds, and without leaving its host."""

import json
from collections.abc import Iterator

import pytest

from common.safe_fetch import Fetcher
from groups.spreadsheets.open_referral.documents import BadFeed, Feed
from groups.spreadsheets.open_referral.feed_reading import FeedLimits, FeedReader
from tests.common.local_server import Answer, LocalServer, is_this_server, local_server
from tests.groups.spreadsheets.open_referral.feeds import SAMPLES, key, make_organisation, make_service, page

ONE, TWO, THREE = (make_service(f"Example group {word}") for word in ("one", "two", "three"))
FIRST, SECOND, THIRD = (f"/oruk/services?page={number}&per_page=100" for number in (1, 2, 3))


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with local_server() as server:
        yield server


def read(server: LocalServer, path: str = "/oruk", **limits) -> Feed:
    return FeedReader(Fetcher(None, server.resolve, is_this_server), FeedLimits(**limits)).read(server.url(path))


def refusal(server: LocalServer, path: str = "/oruk", **limits) -> str:
    with pytest.raises(BadFeed) as failure:
        read(server, path, **limits)
    return str(failure.value)


def names(feed: Feed) -> list[str]:
    return [service["name"] for service in feed.services.values()]


@pytest.mark.parametrize(
    "content",
    [
        page(ONE, TWO),
        json.dumps([ONE, TWO]).encode(),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n".encode(),
        f"\ufeff{page(ONE).decode()}\n{page(TWO).decode()}".encode(),
    ],
    ids=["page", "list", "ndjson", "pages in lines"],
)
def test_file_is_read_in_each_of_its_forms(tmp_path, content):
    (tmp_path / "feed.json").write_bytes(content)

    assert names(FeedReader().read(str(tmp_path / "feed.json"))) == ["Example group one", "Example group two"]


def test_file_of_one_service_is_read():
    assert names(FeedReader().read(str(SAMPLES / "service_full.json"))) == ["Community Counselling"]


def test_folder_is_read_with_the_details_of_its_services(tmp_path):
    lean = {"id": ONE["id"], "name": ONE["name"], "status": "active"}
    (tmp_path / "page_1.json").write_bytes(page(lean, TWO))
    (tmp_path / "page_0.json").write_bytes(json.dumps(ONE).encode())
    (tmp_path / "notes.txt").write_text("Not read.")

    feed = FeedReader().read(str(tmp_path))

    assert feed.services == {ONE["id"]: ONE, TWO["id"]: TWO}


@pytest.mark.parametrize(
    "content, sentence",
    [
        ((SAMPLES / "bad/api_details.json").read_bytes(), "feed.json has no list of services."),
        (b"<html>", "feed.json is not JSON."),
        (b"", "feed.json is empty."),
        (b"\xff\xfe\x00", "feed.json is not a text in UTF-8."),
        (b"[" * 100_000, "feed.json is nested too deeply."),
        (b"17", "feed.json has no list of services."),
        (page(), "There is no service in it."),
        (b'{"content": []}', "feed.json is of version 1.0 of Open Referral UK. We read version 3.0."),
    ],
)
def test_file_that_is_no_feed_is_refused_with_the_reason(tmp_path, content, sentence):
    (tmp_path / "feed.json").write_bytes(content)

    with pytest.raises(BadFeed) as failure:
        FeedReader().read(str(tmp_path / "feed.json"))
    assert str(failure.value) == sentence


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFeed, match=r"cannot be read: No such file or directory\.$"):
        FeedReader().read(str(tmp_path / "nothing.json"))


def test_all_pages_are_read(server):
    server.give(FIRST, page(ONE, number=1, pages=2, total=2))
    server.give(SECOND, page(TWO, number=2, pages=2, total=2))

    feed = read(server)

    assert (names(feed), feed.is_complete) == (["Example group one", "Example group two"], True)
    assert [target for target, _ in server.requests] == [FIRST, SECOND]


def test_list_that_says_too_early_that_it_ends_is_read_on(server):
    server.give(FIRST, page(ONE, total=2))
    server.give(SECOND, page(TWO, total=2))

    assert names(read(server)) == ["Example group one", "Example group two"]


def test_list_that_lacks_services_is_not_complete(server):
    server.give(FIRST, page(ONE, total=9))
    server.give(SECOND, page(total=9))

    feed = read(server)

    assert (names(feed), feed.is_complete) == (["Example group one"], False)


def test_same_page_for_ever_is_read_twice_at_most(server):
    server.other = lambda path: (200, {}, [page(ONE, number=1, pages=99, total=99)])

    assert read(server).is_complete is False
    assert [target for target, _ in server.requests] == [FIRST, SECOND]


def test_endless_pages_are_refused(server):
    def another(path: str) -> Answer:
        return 200, {}, [page(make_service(path), number=1, pages=10**6, total=10**6)]

    server.other = another

    assert refusal(server, most_pages=3) == "It has more than 3 pages."
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "limits, sentence",
    [
        ({"most_services": 1}, "It has more than 1 services."),
        ({"most_bytes": 2**10}, "It is larger than 0 MB."),
        ({"seconds": -1}, "It took longer than -0 minutes."),
    ],
)
def test_feed_beyond_a_bound_is_refused(server, limits, sentence):
    server.give(FIRST, page(ONE, TWO))

    assert refusal(server, **limits) == sentence


def test_next_page_is_where_the_feed_says_on_its_own_host(server):
    server.give(FIRST, page(ONE, number=1, pages=2, total=2, next="/elsewhere?after=1"))
    server.give("/elsewhere?after=1", page(TWO, number=2, pages=2, total=2))

    assert names(read(server)) == ["Example group one", "Example group two"]


@pytest.mark.parametrize(
    "following", ["http://other.example/services?page=2", "//other.example/", "file:///etc/passwd"]
)
def test_next_page_on_another_host_is_refused(server, following):
    server.give(FIRST, page(ONE, number=1, pages=2, total=2, next=following))

    assert refusal(server) in (
        "The address of its next page leads to another host.",
        "Only addresses that begin with http:// or https:// can be read.",
    )
    assert len(server.requests) == 1


def test_later_page_may_not_lead_to_another_host(server):
    server.give(FIRST, page(ONE, number=1, pages=2, total=2))
    server.give(SECOND, status=302, Location=server.url("/x", host="other.example"))

    assert refusal(server) == "feed.example leads to another host, other.example."


def test_service_without_details_is_asked_for_by_itself(server):
    lean = [{"id": each["id"], "name": each["name"], "status": "active"} for each in (ONE, TWO)]
    server.give(
        f"{FIRST}&area=x".replace("page=1&per_page=100&area=x", "area=x&page=1&per_page=100"), page(*lean, THREE)
    )
    server.give(f"/oruk/services/{ONE['id']}?area=x", json.dumps(ONE).encode())

    feed = read(server, "/oruk/services/?area=x")

    # The second is not there by itself: what its list says of it is all that there is.
    assert feed.services == {ONE["id"]: ONE, TWO["id"]: lean[1], THREE["id"]: THREE}


def test_organisation_of_which_there_is_an_id_alone_is_asked_for_once(server):
    walkers = make_organisation()
    alone = [{**each, "organization_id": walkers["id"]} for each in (ONE, TWO)]
    for each in alone:
        del each["organization"]
    server.give(FIRST, page(*alone))
    server.give(f"/oruk/organizations/{walkers['id']}", json.dumps(walkers).encode())

    feed = read(server)

    assert [service["organization"] for service in feed.services.values()] == [walkers, walkers]
    assert len(server.requests) == 2


def test_file_at_an_address_is_read(server):
    server.give("/feed.ndjson", f"{json.dumps(ONE)}\n{json.dumps(TWO)}".encode())

    assert names(read(server, "/feed.ndjson")) == ["Example group one", "Example group two"]


def test_what_is_no_object_or_has_no_id_has_a_place_instead():
    feed = Feed()
    feed.add([ONE, "words", {"name": "No id"}])

    assert list(feed.services) == [key("Example group one"), "the one in place 2", "the one in place 3"]
