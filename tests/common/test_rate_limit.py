"""A rate limit holds over all processes, in bounded rows, without an address, and never stands in anybody's way."""

import datetime
import threading

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from common import rate_limit
from common.models import RateLimitCount, RateLimitDay
from common.rate_limit import RateLimit

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
THREE = RateLimit("example", 3, HOUR)


def later(limit: RateLimit) -> None:
    """Let the windows of all counts be over."""
    RateLimitCount.objects.update(expires_at=timezone.now())


def test_so_many_are_allowed_in_a_window_and_as_many_in_the_next():
    first = [THREE.allow("192.0.2.1") for _ in range(5)]
    other = THREE.allow("192.0.2.2")
    later(THREE)

    assert (first, other) == ([True] * 3 + [False] * 2, True)
    assert [THREE.allow("192.0.2.1") for _ in range(4)] == [True] * 3 + [False]


def test_window_begins_with_the_first_and_what_is_refused_does_not_lengthen_it():
    THREE.allow("192.0.2.1")
    end = RateLimitCount.objects.get().expires_at

    for _ in range(5):
        THREE.allow("192.0.2.1")

    assert list(RateLimitCount.objects.values_list("count", "expires_at")) == [(3, end)]
    assert datetime.timedelta(minutes=59) < end - timezone.now() <= HOUR


def test_limit_that_is_reached_is_seen_without_a_write(only_selects):
    assert THREE.is_reached("192.0.2.1") is False


def test_limit_is_reached_by_what_was_allowed():
    seen = []
    for _ in range(4):
        seen.append(THREE.is_reached("192.0.2.1"))
        THREE.allow("192.0.2.1")

    assert seen == [False, False, False, True]


def test_scopes_do_not_share_counts():
    other = RateLimit("other", 1, HOUR)

    assert [THREE.allow("one"), other.allow("one"), other.allow("one"), THREE.allow("one")] == [True, True, False, True]


def test_rows_of_a_scope_are_so_many_at_most_and_nobody_is_refused_for_it(monkeypatch):
    monkeypatch.setattr(rate_limit, "MOST_ROWS", 5)

    allowed = [THREE.allow(f"192.0.2.{number}") for number in range(20)]
    again = [THREE.allow("192.0.2.0") for _ in range(3)]
    elsewhere = [RateLimit("other", 1, HOUR).allow("192.0.2.0") for _ in range(2)]

    assert (allowed, again, elsewhere) == ([True] * 20, [True, True, False], [True, False])
    assert RateLimitCount.objects.filter(scope="example").count() == 5


def test_rows_whose_window_is_over_are_deleted_with_the_next_count():
    for number in range(5):
        THREE.allow(f"192.0.2.{number}")
    later(THREE)

    THREE.allow("192.0.2.9")

    assert RateLimitCount.objects.count() == 1


def test_digest_needs_both_the_key_of_the_site_and_that_of_the_day(settings):
    THREE.allow("192.0.2.1")
    day, digest = RateLimitDay.objects.get(), RateLimitCount.objects.get().digest
    settings.SECRET_KEY = "another key of a site, another key of a site, another"
    by_site = THREE._digest(day, "192.0.2.1")
    settings.SECRET_KEY = "for-the-tests-only-for-the-tests-only-for-the-tests-only"
    day.key = "another"

    assert len({digest, by_site, THREE._digest(day, "192.0.2.1")}) == 3


def test_database_that_cannot_write_refuses_nobody(monkeypatch, caplog):
    def fail(*_):
        raise DatabaseError("attempt to write a readonly database, 192.0.2.1")

    monkeypatch.setattr(rate_limit, "_day", fail)

    assert [THREE.allow("192.0.2.1") for _ in range(5)] == [True] * 5
    assert {record.getMessage() for record in caplog.records} == {"A rate limit could not be counted: DatabaseError"}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_so_many_are_allowed_and_no_more():
    allowed: list[bool] = []

    def count() -> None:
        allowed.extend(THREE.allow("192.0.2.1") for _ in range(4))
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (allowed.count(True), allowed.count(False)) == (3, 17)
