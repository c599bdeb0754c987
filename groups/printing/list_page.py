"""The page on which somebody makes a list: each group with the links that move it or take it off."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from ..shortlist import Chosen
from .choices import Layout, Order
from .document import Entry
from .entries import entry_of
from .layouts import Ways, ways_of
from .request import Asked
from .selection import Fate, Found, OnList
from .title import title_of


@dataclass(frozen=True)
class Row:
    """A group on the list, where it stands, and where the links lead that change that; "" for no such link."""

    number: int
    found: OnList
    entry: Entry | None
    page: str
    to_top: str
    up: str
    down: str
    off: str

    @property
    def name(self) -> str:
        """What its links say it is, to those who only hear them."""
        return self.found.group.name if self.found.group else f"number {self.number}"

    @property
    def where(self) -> str:
        return ", ".join(self.entry.where) if self.entry else ""


@dataclass(frozen=True)
class Making:
    """A list as its maker sees it."""

    title: str
    rows: list[Row]
    #: What has become of some of them, in sentences.
    news: str
    ways: Ways
    #: The whole address, to send to somebody.
    address: str
    search: str
    is_ordered: bool

    @property
    def printable(self) -> int:
        return sum(1 for row in self.rows if row.entry)

    @property
    def heading(self) -> str:
        """How many groups are on it, and how many of them can be printed where that is not all."""
        if not self.printable:
            return "Nothing on it can be printed"
        groups = "1 group" if len(self.rows) == 1 else f"{len(self.rows)} groups"
        return groups if self.printable == len(self.rows) else f"{groups}, {self.printable} to print"


def making(asked: Asked, found: Found, now: datetime.datetime, absolute: Callable[[str], str]) -> Making:
    """Everything on the page of a list."""
    here = reverse("groups:list_own")
    asked = asked.but(layout=Layout.STANDARD)
    return Making(
        title=title_of(found.groups),
        rows=[_row(number, row, asked, now, absolute) for number, row in enumerate(found.rows)],
        # Of a single one its own row says it.
        news=" ".join(found.news) if len(found.rows) > 1 else "",
        ways=ways_of(
            asked,
            len(found.groups),
            here,
            reverse("groups:list_print"),
            lambda kind: reverse("groups:list_file", args=[kind]),
        ),
        address=absolute(here + asked.suffix),
        search=reverse("groups:group_list") + asked.chosen.suffix,
        is_ordered=asked.order == Order.OWN,
    )


def _row(number: int, row: OnList, asked: Asked, now: datetime.datetime, absolute: Callable[[str], str]) -> Row:
    chosen, code = asked.chosen, row.code
    last = len(chosen) - 1

    def to(other: Chosen, anchor: str = "") -> str:
        return f"{reverse('groups:list_own')}{asked.but(chosen=other).suffix}{anchor}"

    own = asked.order == Order.OWN
    return Row(
        number=number + 1,
        found=row,
        entry=entry_of(row.group, now, absolute) if row.fate is Fate.HERE else None,
        page=row.group.get_absolute_url() + chosen.suffix if row.group else "",
        to_top=to(chosen.moved(code, 0), f"#g-{code}") if own and number > 1 else "",
        up=to(chosen.moved(code, number - 1), f"#g-{code}") if own and number else "",
        down=to(chosen.moved(code, number + 1), f"#g-{code}") if own and number < last else "",
        off=to(chosen.without(code)),
    )
