"""The cache of a process stays within its bytes, and drops what was least lately asked for."""

from common.bounded_cache import BoundedCache


def test_what_was_least_lately_asked_for_is_dropped_first():
    cache = BoundedCache(max_bytes=15_000)
    for number in range(10):
        cache.put(("page", number), str(number), 1_000)

    cache.get(("page", 0))
    cache.put(("page", 10), "10", 1_000)

    assert [cache.get(("page", number)) for number in (0, 1, 10)] == ["0", None, "10"]
    assert (len(cache), cache.size) == (10, 15_000)


def test_value_of_more_than_a_tenth_is_not_stored_and_drops_what_was_there():
    cache = BoundedCache(max_bytes=10_000)
    cache.put(("page",), "small", 100)

    cache.put(("page",), "large", 1_000)

    assert (cache.get(("page",)), cache.size) == (None, 0)


def test_hits_and_misses_are_counted_by_kind():
    cache = BoundedCache()
    cache.get_or_make(("page", 1), lambda: "page")
    cache.get_or_make(("page", 1), lambda: "page")
    cache.get_or_make(("card", 1), lambda: "card")

    assert (dict(cache.hits), dict(cache.misses)) == ({"page": 1}, {"page": 1, "card": 1})


def test_in_debug_everything_is_made_again(settings):
    settings.DEBUG = True
    cache = BoundedCache()

    made = [cache.get_or_make(("page",), lambda text=text: text) for text in ("first", "second")]

    assert (made, len(cache)) == (["first", "second"], 0)
