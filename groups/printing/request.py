"""The query string of a list: its groups, order and layout. No list is stored anywhere else."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ..shortlist import Shortlist
from .choices import Order
from .layouts import LAYOUTS, STANDARD, LayoutSpec


@dataclass(frozen=True)
class PrintRequest:
    """The parameters of a list. Invalid ones are ignored."""

    shortlist: Shortlist = Shortlist()
    order: Order = Order.OWN
    layout: LayoutSpec = STANDARD
    #: The default order, which the query string leaves out.
    usual: Order = Order.OWN

    @classmethod
    def read(cls, data: QueryDict, usual: Order = Order.OWN) -> "PrintRequest":
        """Parse a query string. `usual` is the default order."""
        by, layout = data.get("by"), data.get("layout", "")
        return cls(
            Shortlist.read(data.getlist("list")),
            Order(by) if by in Order.values else usual,
            LAYOUTS.get(layout, STANDARD),
            usual,
        )

    @property
    def query(self) -> str:
        """The encoded query string, without defaults."""
        by = f"by={self.order}" if self.order != self.usual else ""
        layout = f"layout={self.layout.key}" if self.layout != STANDARD else ""
        return "&".join(filter(None, [self.shortlist.query, by, layout]))

    @property
    def suffix(self) -> str:
        """The query string with its question mark, or "" for an empty one."""
        return f"?{self.query}" if self.query else ""

    def replace(self, **changes: Any) -> "PrintRequest":
        """Return a copy with some fields changed: `replace(layout=LAYOUTS["large"])`."""
        return dataclasses.replace(self, **changes)
