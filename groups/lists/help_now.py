"""Help now, for the foot of every printed page: by the nations that the groups of a list are in."""

from collections.abc import Collection

from organisations.crisis_lines import EMERGENCY, SAMARITANS, SHOUT, URGENT_LINES, urgent_lines
from places.nations import Nation


def help_now(nations: Collection[Nation]) -> tuple[tuple[str, str], ...]:
    """Return what to do and the number to do it with, for each nation; where none is given, for all of them."""
    of_nations = [line for nation, line in URGENT_LINES.items() if nation in nations] or urgent_lines(None)
    return tuple(line.paper_row for line in (EMERGENCY, *of_nations, SAMARITANS, SHOUT))
