"""Where the groups of a page of results lie round about: the map beside them, with their numbers."""

from places.distance import Box
from places.maps.areas import box_of
from places.maps.drawing import Drawing
from places.maps.frame import Frame
from places.maps.pins import Mark

from ..search.index.index import PER_PAGE
from ..search.results import Results


def map_of(results: Results) -> Drawing | None:
    """The map of a page of results: each group as near as anybody may know it, numbered as on the page."""
    if not results.has_map:
        return None
    records = [results.directory.index.record(pk) for pk in results.keys]
    first = (results.page.number - 1) * PER_PAGE + 1
    marks = [
        Mark(number, record.point, record.is_about) for number, record in enumerate(records, first) if record.point
    ]
    query = results.query
    points = [mark.point for mark in marks]
    boxes: list[Box] = []
    if query.point is not None:
        points.append(query.point)
    elif (reach := box_of(query.searched_area)) is not None:
        boxes.append(reach)
    frame = Frame.around(points, boxes)
    return Drawing(
        frame=frame,
        title=f"Map: {results.heading}",
        marks=marks,
        middle=query.point,
        miles=query.within,
        words="The numbers are those of the list, which says in words where each group is.",
    )
