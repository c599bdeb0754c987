"""Pages of lists, in the envelope of the standard, and the same lists as lines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import msgspec

from .items import encode

Row = TypeVar("Row", covariant=True)


class Rows(Protocol[Row]):
    """What has a number of rows, and parts of them."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Sequence[Row]: ...


#: How many lines are made at once.
_LINES = 60


class Envelope(msgspec.Struct):
    """What surrounds the items of a page. Pages count from 1."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """Rows in their order, and what makes the JSON of some of them. It may leave out what is not there any more."""

    rows: Rows[Row]
    items: Callable[[Sequence[Row]], Iterable[bytes]]

    def page(self, number: int, per_page: int) -> bytes:
        """Return a page as JSON: beyond the last, an empty one."""
        start = (number - 1) * per_page
        items = list(self.items(self.rows[start : start + per_page]))
        pages = max(1, -(-len(self.rows) // per_page))
        envelope = Envelope(
            total_items=len(self.rows),
            total_pages=pages,
            page_number=number,
            size=len(items),
            first_page=number == 1,
            last_page=number >= pages,
            empty=not items,
        )
        return b"".join((encode(envelope)[:-1], b',"contents":[', b",".join(items), b"]}"))

    def lines(self) -> Iterator[bytes]:
        """Yield all items, each on a line, some at a time."""
        for start in range(0, len(self.rows), _LINES):
            items = list(self.items(self.rows[start : start + _LINES]))
            if items:
                yield b"\n".join(items) + b"\n"
