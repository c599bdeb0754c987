"""Draws the map of a page of search results, with the numbers of the results as pins, and the other results as dots."""

from collections.abc import Iterable, Sequence

from places.distance import bounding_box, distance_miles
from places.maps.drawing import Drawing
from places.maps.frame import Frame, Point
from places.maps.pins import Marker
from places.maps.topology import topology
from places.models import Area

from ..cards import GroupCard
from ..search.index.index import PER_PAGE
from ..search.index.places import Places
from ..search.results import Matches

#: The map shows the whole circle of a search, unless it is this many times as wide as the results on the page: too much
#: would lie on one spot, and the map shows what is on the page, and this share of the circle at least.
_TOO_WIDE = 3.0
_LEAST_SHARE = 0.25


def results_map(matches: Matches, cards: Sequence[GroupCard] | None = None) -> Drawing:
    """Return the map of a page of results. Hidden places are drawn only approximately.

    `cards` are those of the page, in the order of the matches: on a map in a page, pins lead to them.
    """
    query = matches.query
    codes = area_codes(query.searched_area) if query.searched_area is not None else frozenset()
    markers = _markers(matches, cards or ())
    on_page = {match.pk for match in matches.found.matches}
    places = matches.places and matches.places.without(on_page)
    return Drawing(
        frame=_frame(matches, codes, [marker.point for marker in markers], places),
        title=f"Map: {query.heading}",
        markers=markers,
        others_at=places or (),
        area=codes,
        middle=query.point,
        miles=query.within,
        words="The numbers are those of the list, which says in words where each group is.",
        is_in_page=cards is not None,
    )


def area_codes(area: Area) -> frozenset[str]:
    """Return the GSS codes of the districts of an area; of a part of a district, that of the whole."""
    return frozenset(code for code in area.parts.values_list("district__gss_code", flat=True) if code)


def _markers(matches: Matches, cards: Sequence[GroupCard]) -> list[Marker]:
    first = (matches.found.page - 1) * PER_PAGE + 1
    found = matches.found.matches
    # A group that was just withdrawn has no card: then pins and cards cannot be matched.
    html = [card.html for card in cards] if len(cards) == len(found) else [None] * len(found)
    markers = []
    for number, (match, card) in enumerate(zip(found, html, strict=True), first):
        document = matches.snapshot.index[match.pk]
        if document.point:
            url, name = (f"#g-{card.code}", card.name) if card is not None else ("", "")
            markers.append(Marker(number, document.point, document.is_about, url, name))
    return markers


def _frame(matches: Matches, codes: Iterable[str], on_page: list[Point], others: Places | None) -> Frame:
    """Return the frame: the area searched, the circle or its busy middle, else all results, else the country."""
    middle, miles = matches.query.point, matches.query.within
    if middle is not None:
        # A group that matches by its name may be anywhere.
        near = Frame.around(
            [middle, *(point for point in on_page if distance_miles(*middle, *point) <= miles)],
            [bounding_box(*middle, miles * _LEAST_SHARE)],
        )
        whole = Frame.around([], [bounding_box(*middle, miles)])
        assert near is not None
        assert whole is not None
        return near if on_page and whole.miles_across > _TOO_WIDE * near.miles_across else whole
    boxes = [box for box in [topology().box_of(codes)] if box is not None]
    corners = others.corners() if others and not boxes else []
    frame = Frame.around([] if boxes else [*on_page, *corners], boxes) or Frame.around([], [topology().box])
    assert frame is not None
    return frame
