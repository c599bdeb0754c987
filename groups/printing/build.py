"""Build the `PrintDocument` of a shortlist or of an area."""

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

#: Lists of at least this many groups have an index of places.
LONG = 12

Absolute = Callable[[str], str]


def build_document(
    selection: Selection, print_request: PrintRequest, now: datetime.datetime, absolute: Absolute
) -> PrintDocument:
    """Return the document of a visitor's own list. `absolute` turns a path into an absolute URL."""
    url = absolute(reverse("groups:list_own") + print_request.replace(layout=PrintRequest.layout).suffix)
    document = _build(
        selection, build_title(selection.groups), selection.nations, print_request.order, url, now, absolute
    )
    over = (print_request.shortlist.sentence,) if print_request.shortlist.is_over else ()
    return replace(document, left_out=(*document.left_out, *over))


def build_area_document(
    area: Area, selection: Selection, print_request: PrintRequest, now: datetime.datetime, absolute: Absolute
) -> PrintDocument:
    """Return the document of all groups of an area. `absolute` turns a path into an absolute URL."""
    nation = area.nation
    nations = {nation} if nation else selection.nations
    url = absolute(area.get_absolute_url())
    document = _build(selection, f"Groups in {area.name}", nations, print_request.order, url, now, absolute)
    online = absolute(f"{reverse('groups:group_list')}?format=online")
    return replace(document, left_out=(*document.left_out, f"Groups that anybody can join from home are at {online}"))


def _build(
    selection: Selection,
    title: str,
    nations: set[Nation],
    order: Order,
    url: str,
    now: datetime.datetime,
    absolute: Absolute,
) -> PrintDocument:
    pairs = [(group, print_entry(group, now, absolute)) for group in selection.groups]
    today = now.astimezone(LONDON).date()
    return PrintDocument(
        title=title,
        printed_on=today,
        good_until=today + GOOD_FOR,
        url=url,
        sections=build_sections(pairs, order),
        left_out=selection.left_out,
        places=_index(pairs) if len(pairs) >= LONG and order != Order.PLACE else (),
        help_now=tuple(line.paper_row for line in first_lines(nations)),
    )


def _index(pairs: list[Pair]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the index of places: each place, in alphabetical order, with the codes of its groups."""
    places: dict[str, list[PrintEntry]] = defaultdict(list)
    for group, entry in pairs:
        places[place_of(group)].append(entry)
    in_order = sorted(places, key=str.casefold)
    return tuple((place, tuple(entry.code for entry in sorted(places[place], key=by_name))) for place in in_order)
