"""Making the list that goes on paper, from codes or from an area."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse

from common.crisis_lines import first_lines
from common.nations import Nation
from places.models import Area

from ..timetable.meetings import LONDON
from .choices import Order
from .document import Entry, PaperList
from .entries import GOOD_FOR, entry_of
from .request import Asked
from .sections import Pair, by_name, place_of, sections_of
from .selection import Found
from .title import title_of

#: From how many groups on a list has an index of its places.
LONG = 12

Absolute = Callable[[str], str]


def paper_of(found: Found, asked: Asked, now: datetime.datetime, absolute: Absolute) -> PaperList:
    """A list that somebody made, as it is now. `absolute` makes a whole address of a path."""
    url = absolute(reverse("groups:list_own") + asked.but(layout=Asked.layout).suffix)
    paper = _paper(found, title_of(found.groups), found.nations, asked.order, url, now, absolute)
    over = (asked.chosen.sentence,) if asked.chosen.is_over else ()
    return replace(paper, left_out=(*paper.left_out, *over))


def paper_of_area(area: Area, found: Found, asked: Asked, now: datetime.datetime, absolute: Absolute) -> PaperList:
    """All groups of an area."""
    nation = area.nation
    nations = {nation} if nation else found.nations
    url = absolute(area.get_absolute_url())
    paper = _paper(found, f"Groups in {area.name}", nations, asked.order, url, now, absolute)
    online = absolute(f"{reverse('groups:group_list')}?format=online")
    return replace(paper, left_out=(*paper.left_out, f"Groups that anybody can join from home are at {online}"))


def _paper(
    found: Found,
    title: str,
    nations: set[Nation],
    order: Order,
    url: str,
    now: datetime.datetime,
    absolute: Absolute,
) -> PaperList:
    pairs = [(group, entry_of(group, now, absolute)) for group in found.groups]
    today = now.astimezone(LONDON).date()
    return PaperList(
        title=title,
        printed_on=today,
        good_until=today + GOOD_FOR,
        url=url,
        sections=sections_of(pairs, order),
        left_out=found.left_out,
        places=_index(pairs) if len(pairs) >= LONG and order != Order.PLACE else (),
        help_now=tuple(line.paper_row for line in first_lines(nations)),
    )


def _index(pairs: list[Pair]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    places: dict[str, list[Entry]] = defaultdict(list)
    for group, entry in pairs:
        places[place_of(group)].append(entry)
    in_order = sorted(places, key=str.casefold)
    return tuple((place, tuple(entry.code for entry in sorted(places[place], key=by_name))) for place in in_order)
