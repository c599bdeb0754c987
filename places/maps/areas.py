"""How far an area reaches, for the map of it."""

from django.db.models import Max, Min

from ..distance import Box
from ..models import Area, PostcodeSector, Town


def box_of(area: Area) -> Box | None:
    """The smallest box that holds its postcode sectors, else its towns (Northern Ireland's postcodes are not open)."""
    districts = area.parts.values("district")
    for places in (PostcodeSector.objects.filter(district__in=districts), Town.objects.filter(district__in=districts)):
        reach = places.aggregate(
            south=Min("latitude"), west=Min("longitude"), north=Max("latitude"), east=Max("longitude")
        )
        if reach["south"] is not None:
            return Box(**reach)
    return None
