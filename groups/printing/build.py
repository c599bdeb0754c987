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
from .document import PrintDocument, PrintEntry
from .entries import GOOD_FOR, print_entry
from .request import PrintRequest
from .sections import Pair, build_sections, by_name, place_of
from .selection import Selection
from .title import build_title

#: From how many groups on a list has an index of its places.
LONG = 12

Absolute = Callable[[str], str]


def build_document(found: Selection, asked: PrintRequest, now: datetime.datetime, absolute: Absolute) -> PrintDocument:
    """A list that somebody made, as it is now. `absolute` makes a whole address of a path."""
    url = absolute(reverse("groups:list_own") + asked.but(layout=PrintRequest.layout).suffix)
    paper = _paper(found, build_title(found.groups), found.nations, asked.order, url, now, absolute)
    over = (asked.chosen.sentence,) if asked.chosen.is_over else ()
    return replace(paper, left_out=(*paper.left_out, *over))


def build_area_document(
    area: Area, found: Selection, asked: PrintRequest, now: datetime.datetime, absolute: Absolute
) -> PrintDocument:
    """All groups of an area."""
    nation = area.nation
    nations = {nation} if nation else found.nations
    url = absolute(area.get_absolute_url())
    paper = _paper(found, f"Groups in {area.name}", nations, asked.order, url, now, absolute)
    online = absolute(f"{reverse('groups:group_list')}?format=online")
    return replace(paper, left_out=(*paper.left_out, f"Groups that anybody can join from home are at {online}"))


def _paper(
    found: Selection,
    title: str,
    nations: set[Nation],
    order: Order,
    url: str,
    now: datetime.datetime,
    absolute: Absolute,
) -> PrintDocument:
    pairs = [(group, print_entry(group, now, absolute)) for group in found.groups]
    today = now.astimezone(LONDON).date()
    return PrintDocument(
        title=title,
        printed_on=today,
        good_until=today + GOOD_FOR,
        url=url,
        sections=build_sections(pairs, order),
        left_out=found.left_out,
        places=_index(pairs) if len(pairs) >= LONG and order != Order.PLACE else (),
        help_now=tuple(line.paper_row for line in first_lines(nations)),
    )


def _index(pairs: list[Pair]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    places: dict[str, list[PrintEntry]] = defaultdict(list)
    for group, entry in pairs:
        places[place_of(group)].append(entry)
    in_order = sorted(places, key=str.casefold)
    return tuple((place, tuple(entry.code for entry in sorted(places[place], key=by_name))) for place in in_order)
