"""What somebody wants on paper: which groups, in which order, in which layout. It all stands in the address."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from ..shortlist import Shortlist
from .choices import Layout, Order


@dataclass(frozen=True)
class PrintRequest:
    """A list as an address asks for it. What cannot be read is as if nobody had said it."""

    chosen: Shortlist = Shortlist()
    order: Order = Order.OWN
    layout: Layout = Layout.STANDARD
    #: What is meant when no order is said.
    usual: Order = Order.OWN

    @classmethod
    def read(cls, data: QueryDict, usual: Order = Order.OWN) -> "PrintRequest":
        """What the parameters of an address ask for."""
        by, layout = data.get("by"), data.get("layout")
        return cls(
            Shortlist.read(data.getlist("list")),
            Order(by) if by in Order.values else usual,
            Layout(layout) if layout in Layout.values else Layout.STANDARD,
            usual,
        )

    @property
    def query(self) -> str:
        """The same as an address carries it, without what is meant anyway."""
        by = f"by={self.order}" if self.order != self.usual else ""
        layout = f"layout={self.layout}" if self.layout != Layout.STANDARD else ""
        return "&".join(filter(None, [self.chosen.query, by, layout]))

    @property
    def suffix(self) -> str:
        """The same, to go behind the address of a page."""
        return f"?{self.query}" if self.query else ""

    def but(self, **other: Shortlist | Order | Layout) -> "PrintRequest":
        """The same with something else: `but(layout=Layout.LARGE)`."""
        return replace(self, **other)
