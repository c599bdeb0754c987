"""Draw the map of a page of search results, with the numbers of the results as pins."""

from places.distance import Box
from places.maps.areas import box_of
from places.maps.drawing import Drawing
from places.maps.frame import Frame
from places.maps.pins import Marker

from ..search.index.index import PER_PAGE
from ..search.results import Matches


def results_map(matches: Matches) -> Drawing | None:
    """Return the map of a page of results, or None if it has none. Hidden places are drawn only approximately."""
    if not matches.has_map:
        return None
    records = [matches.snapshot.index[match.pk] for match in matches.found.matches]
    first = (matches.found.page - 1) * PER_PAGE + 1
    markers = [
        Marker(number, record.point, record.is_about) for number, record in enumerate(records, first) if record.point
    ]
    query = matches.query
    points = [marker.point for marker in markers]
    boxes: list[Box] = []
    if query.point is not None:
        points.append(query.point)
    elif query.searched_area is not None and (box := box_of(query.searched_area)) is not None:
        boxes.append(box)
    frame = Frame.around(points, boxes)
    if frame is None:
        return None
    return Drawing(
        frame=frame,
        title=f"Map: {query.heading}",
        markers=markers,
        middle=query.point,
        miles=query.within,
        words="The numbers are those of the list, which says in words where each group is.",
    )
