"""The page on which somebody makes a list: each group with the links that move it or take it off."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from ..shortlist import Shortlist
from .choices import Layout, Order
from .document import PrintEntry
from .entries import print_entry
from .layouts import DocumentLinks, document_links
from .request import PrintRequest
from .selection import Fate, SelectedGroup, Selection
from .title import build_title


@dataclass(frozen=True)
class ListRow:
    """A group on the list, where it stands, and where the links lead that change that; "" for no such link."""

    number: int
    found: SelectedGroup
    entry: PrintEntry | None
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
class ListPage:
    """A list as its maker sees it."""

    title: str
    rows: list[ListRow]
    #: What has become of some of them, in sentences.
    news: str
    ways: DocumentLinks
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


def build_list_page(
    asked: PrintRequest, found: Selection, now: datetime.datetime, absolute: Callable[[str], str]
) -> ListPage:
    """Everything on the page of a list."""
    here = reverse("groups:list_own")
    asked = asked.but(layout=Layout.STANDARD)
    return ListPage(
        title=build_title(found.groups),
        rows=[_row(number, row, asked, now, absolute) for number, row in enumerate(found.rows)],
        # Of a single one its own row says it.
        news=" ".join(found.news) if len(found.rows) > 1 else "",
        ways=document_links(
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


def _row(
    number: int, row: SelectedGroup, asked: PrintRequest, now: datetime.datetime, absolute: Callable[[str], str]
) -> ListRow:
    chosen, code = asked.chosen, row.code
    last = len(chosen) - 1

    def to(other: Shortlist, anchor: str = "") -> str:
        return f"{reverse('groups:list_own')}{asked.but(chosen=other).suffix}{anchor}"

    own = asked.order == Order.OWN
    return ListRow(
        number=number + 1,
        found=row,
        entry=print_entry(row.group, now, absolute) if row.fate is Fate.HERE else None,
        page=row.group.get_absolute_url() + chosen.suffix if row.group else "",
        to_top=to(chosen.moved(code, 0), f"#g-{code}") if own and number > 1 else "",
        up=to(chosen.moved(code, number - 1), f"#g-{code}") if own and number else "",
        down=to(chosen.moved(code, number + 1), f"#g-{code}") if own and number < last else "",
        off=to(chosen.without(code)),
    )
