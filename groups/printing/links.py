"""The links of a list: to its orders, its layouts as HTML and PDF, and its files."""

from collections.abc import Callable
from dataclasses import dataclass

from .choices import Order
from .layouts import LAYOUTS, STANDARD
from .request import PrintRequest

_FILES = {
    "txt": "Plain words, for an e-mail or a message",
    "xlsx": "Excel, for posters of your own too",
    "csv": "CSV, for any spreadsheet",
    "ics": "The dates, for a calendar",
}


@dataclass(frozen=True)
class LayoutLinks:
    """The links of one layout. `page` is "" for a layout that only a PDF has.

    `pdf` is "" where the list has more groups than `most`, the limit of this layout.
    """

    label: str
    words: str
    page: str
    pdf: str
    is_current: bool
    most: int


@dataclass(frozen=True)
class DocumentLinks:
    """The links of one list. `orders` are (label, URL, whether it is the current one), `files` (label, URL)."""

    orders: list[tuple[str, str, bool]]
    layouts: list[LayoutLinks]
    files: list[tuple[str, str]]


def document_links(
    print_request: PrintRequest, count: int, order_page: str, page: str, file: Callable[[str], str]
) -> DocumentLinks:
    """Return the links of a list of `count` groups.

    `order_page` is the path of the page with links to the orders, `page` that of the HTML page to print; `file` returns
    the path of a file by its extension.
    """
    orders = [order for order in Order if order != Order.OWN or print_request.usual == Order.OWN]
    return DocumentLinks(
        orders=[
            (order.label, order_page + print_request.replace(order=order).suffix, order == print_request.order)
            for order in orders
        ],
        layouts=[
            LayoutLinks(
                layout.label,
                layout.sentence,
                page + print_request.replace(layout=layout).suffix if layout.page is layout else "",
                file("pdf") + print_request.replace(layout=layout).suffix if count <= layout.most_in_pdf else "",
                layout == print_request.layout,
                layout.most_in_pdf,
            )
            for layout in LAYOUTS.values()
        ],
        files=[(label, file(kind) + print_request.replace(layout=STANDARD).suffix) for kind, label in _FILES.items()],
    )
