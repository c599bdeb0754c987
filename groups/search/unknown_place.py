"""What a results page offers if the typed place is unknown: areas to choose from, and the search everywhere."""

from dataclasses import dataclass, replace

from django.utils import timezone

from places.choices import AreaKind
from places.models import Area

from .active_filters import query_without
from .forms import GroupSearchForm
from .service import index_query


@dataclass(frozen=True)
class UnknownPlace:
    """The regions and nations, as (name, address of the same search there, number of groups), and the whole country."""

    areas: list[tuple[str, str, int]]
    everywhere: str
    total: int


def unknown_place(form: GroupSearchForm) -> UnknownPlace | None:
    """Return what to offer; None if the place is known, or none was typed."""
    if not form.query.place_is_unknown:
        return None
    regions = Area.objects.filter(kind__in=[AreaKind.NATION, AreaKind.REGION]).exclude(name="England").order_by("path")
    asked, now = replace(form.query, place_is_unknown=False), timezone.now()

    def total(area: Area | None) -> int:
        return form.snapshot.index.total(index_query(replace(asked, area=area), form.snapshot, now), now)

    areas = [(area.name, f"?{query_without(form, 'page', area=area.slug)}", total(area)) for area in regions]
    return UnknownPlace([area for area in areas if area[2]], f"?{query_without(form, 'page')}", total(None))
