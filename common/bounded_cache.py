"""The one cache of a process: pieces of pages and whole responses, in a bounded number of bytes (LRU)."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from sys import getsizeof
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

#: The most bytes of a process's cache, and the overhead of an entry: its key, its tuple, and what allocators round up.
MAX_BYTES = 8 * 1024 * 1024
_ENTRY_BYTES = 500

Key = tuple[Hashable, ...]


class BoundedCache:
    """Values by key; the least recently used are dropped first. The first item of a key is its kind, for metrics.

    Nothing is ever out of date: keys name the versions, the day and all else that a value depends on.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes, self.size = max_bytes, 0
        #: Hits and misses by kind.
        self.hits: Counter[str] = Counter()
        self.misses: Counter[str] = Counter()
        self._entries: OrderedDict[Key, tuple[Any, int]] = OrderedDict()
        # A background thread rebuilds the directory during requests.
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Any:
        """Return the value of a key; None for none."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses[str(key[0])] += 1
                return None
            self._entries.move_to_end(key)
            self.hits[str(key[0])] += 1
            return entry[0]

    def put(self, key: Key, value: Any, size: int) -> None:
        """Store a value with its size in bytes; one of more than a tenth of the cache is not stored."""
        size += _ENTRY_BYTES
        with self._lock:
            self._drop(key)
            if size > self.max_bytes // 10:
                return
            self._entries[key] = value, size
            self.size += size
            while self.size > self.max_bytes:
                self._drop(next(iter(self._entries)))

    def drop(self, key: Key) -> None:
        """Drop a value, if it is there."""
        with self._lock:
            self._drop(key)

    def get_or_make(self, key: Key, make: Callable[[], Any], size_of: Callable[[Any], int] = getsizeof) -> Any:
        """Return the value of a key, computed and stored on a miss. In DEBUG it is always computed."""
        value = self.get(key)
        if value is None:
            value = make()
            if not settings.DEBUG:
                self.put(key, value, size_of(value))
        return value

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        _, size = self._entries.pop(key, (None, 0))
        self.size -= size


#: The cache of this process.
CACHE = BoundedCache()
# Tests change settings that pages show.
setting_changed.connect(lambda **kwargs: CACHE.clear(), weak=False)
