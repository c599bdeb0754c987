"""Bounding boxes of areas."""

from django.db.models import Max, Min

from ..distance import Box
from ..models import Area, PostcodeSector, Town


def box_of(area: Area) -> Box | None:
    """Return the bounding box of an area's postcode sectors, else of its towns; None without either."""
    districts = area.parts.values("district")
    for places in (PostcodeSector.objects.filter(district__in=districts), Town.objects.filter(district__in=districts)):
        extent = places.aggregate(
            south=Min("latitude"), west=Min("longitude"), north=Max("latitude"), east=Max("longitude")
        )
        if extent["south"] is not None:
            return Box(**extent)
    return None
