"""Template context for the page on which a visitor edits a list."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from ..shortlist import Shortlist
from .choices import Order
from .document import PrintEntry
from .entries import print_entry
from .fields import NEXT_DATES, WHEN, WHERE
from .layouts import STANDARD
from .links import DocumentLinks, document_links
from .request import PrintRequest
from .selection import SelectedGroup, Selection, Status
from .title import build_title


@dataclass(frozen=True)
class ListRow:
    """A group on the list, with the URLs that move it or take it off; "" where there is no such link."""

    number: int
    selected: SelectedGroup
    entry: PrintEntry | None
    page: str
    to_top: str
    up: str
    down: str
    off: str

    @property
    def name(self) -> str:
        """The name of the group for the hidden text of its links."""
        return self.selected.group.name if self.selected.group else f"number {self.number}"

    @property
    def when(self) -> str:
        """When it meets, and when next."""
        if not self.entry:
            return ""
        to_come = NEXT_DATES.text(self.entry)
        return " ".join(filter(None, [WHEN.text(self.entry), f"{NEXT_DATES.label}: {to_come}" if to_come else ""]))

    @property
    def where(self) -> str:
        return WHERE.text(self.entry) if self.entry else ""


@dataclass(frozen=True)
class ListPage:
    """The page of a list that its maker edits."""

    title: str
    rows: list[ListRow]
    #: Sentences on the groups that cannot be printed, counted by reason; "" where there are none.
    news: str
    links: DocumentLinks
    #: The absolute URL, to send to somebody.
    url: str
    search: str
    is_ordered: bool

    @property
    def printable(self) -> int:
        return sum(1 for row in self.rows if row.entry)

    @property
    def heading(self) -> str:
        """The number of groups on the list, and the number that can be printed where that differs."""
        if not self.printable:
            return "Nothing on it can be printed"
        groups = "1 group" if len(self.rows) == 1 else f"{len(self.rows)} groups"
        return groups if self.printable == len(self.rows) else f"{groups}, {self.printable} to print"


def build_list_page(
    print_request: PrintRequest, selection: Selection, now: datetime.datetime, absolute: Callable[[str], str]
) -> ListPage:
    """Return the page of a list, with its links for the standard layout."""
    list_url = reverse("groups:list_own")
    print_request = print_request.replace(layout=STANDARD)
    return ListPage(
        title=build_title(selection.groups),
        rows=[_row(number, row, print_request, now, absolute) for number, row in enumerate(selection.rows)],
        # With a single row, that row says it.
        news=" ".join(selection.news) if len(selection.rows) > 1 else "",
        links=document_links(
            print_request,
            len(selection.groups),
            list_url,
            reverse("groups:list_print"),
            lambda kind: reverse("groups:list_file", args=[kind]),
        ),
        url=absolute(list_url + print_request.suffix),
        search=reverse("groups:group_list") + print_request.shortlist.suffix,
        is_ordered=print_request.order == Order.OWN,
    )


def _row(
    number: int, row: SelectedGroup, print_request: PrintRequest, now: datetime.datetime, absolute: Callable[[str], str]
) -> ListRow:
    shortlist, code = print_request.shortlist, row.code
    last = len(shortlist) - 1

    def url_of(shortlist: Shortlist, anchor: str = "") -> str:
        return f"{reverse('groups:list_own')}{print_request.replace(shortlist=shortlist).suffix}{anchor}"

    own = print_request.order == Order.OWN
    return ListRow(
        number=number + 1,
        selected=row,
        entry=print_entry(row.group, now, absolute) if row.group and row.status is Status.PRINTABLE else None,
        page=row.group.get_absolute_url() + shortlist.suffix if row.group else "",
        to_top=url_of(shortlist.moved(code, 0), f"#g-{code}") if own and number > 1 else "",
        up=url_of(shortlist.moved(code, number - 1), f"#g-{code}") if own and number else "",
        down=url_of(shortlist.moved(code, number + 1), f"#g-{code}") if own and number < last else "",
        off=url_of(shortlist.without(code)),
    )
