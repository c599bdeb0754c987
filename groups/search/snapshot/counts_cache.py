"""What is derived from the counts of areas: taken over while none changes, and patched when some do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..index.index import Index


@dataclass(frozen=True)
class CountsCache:
    """The values of one state of the counts, those of a state before, and the areas counted anew since that."""

    _values: dict[tuple, Any] = field(default_factory=dict)
    _before: dict[tuple, Any] = field(default_factory=dict)
    _areas: frozenset[int] = frozenset()

    def get(self, key: tuple, compute: Callable[[], Any], patch: Callable[[Any, frozenset[int]], Any]) -> Any:
        """Return the value of a key; `patch` makes it of the value before and the areas counted anew since."""
        if key not in self._values:
            self._values[key] = patch(self._before[key], self._areas) if key in self._before else compute()
        return self._values[key]

    def after(self, before: Index, index: Index) -> "CountsCache":
        """Return the cache for the index that one was changed to: itself, if all is counted as before."""
        if index.counts_areas_as(before):
            return self
        known, areas = (self._values, frozenset[int]()) if self._values else (self._before, self._areas)
        return CountsCache(_before=known, _areas=areas | index.areas_counted_anew)
