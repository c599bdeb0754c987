"""Every way out of a list: its orders, its layouts on paper, its files; each is a link."""

from collections.abc import Callable
from dataclasses import dataclass

from .bounds import MOST_IN_PDF
from .choices import Layout, Order
from .request import PrintRequest

_LAYOUTS = {
    Layout.STANDARD: "On A4, the most groups on a page.",
    Layout.LARGE: "Letters of 18 points or more, in one column.",
    Layout.WEEK: "What is on from Monday to Sunday, at a glance.",
    Layout.EASY: "Big and plain, to give to somebody.",
    Layout.POCKET: "One sheet of A4, folded twice.",
}
_FILES = {
    "txt": "Plain words, for an e-mail or a message",
    "xlsx": "Excel",
    "csv": "CSV, for any spreadsheet",
    "ics": "The dates, for a calendar",
}


@dataclass(frozen=True)
class LayoutLinks:
    """A layout: what it is for, and where it is. Of one that only a PDF can be, there is no page.

    `pdf` is "" where the list has more groups than `most`, the bound of this layout.
    """

    label: str
    words: str
    page: str
    pdf: str
    is_current: bool
    most: int


@dataclass(frozen=True)
class DocumentLinks:
    """The ways out of one list."""

    orders: list[tuple[str, str, bool]]
    layouts: list[LayoutLinks]
    files: list[tuple[str, str]]


def document_links(asked: PrintRequest, count: int, here: str, page: str, file: Callable[[str], str]) -> DocumentLinks:
    """The ways out of a list of so many groups.

    `here` is where its order is chosen, `page` where it is printed, `file` gives files.
    """
    orders = [order for order in Order if order != Order.OWN or asked.usual == Order.OWN]
    return DocumentLinks(
        orders=[(order.label, here + asked.but(order=order).suffix, order == asked.order) for order in orders],
        layouts=[
            LayoutLinks(
                layout.label,
                _LAYOUTS[layout],
                page + asked.but(layout=layout).suffix if layout != Layout.POCKET else "",
                file("pdf") + asked.but(layout=layout).suffix if count <= MOST_IN_PDF[layout] else "",
                layout == asked.layout,
                MOST_IN_PDF[layout],
            )
            for layout in Layout
        ],
        files=[(label, file(kind) + asked.but(layout=Layout.STANDARD).suffix) for kind, label in _FILES.items()],
    )
