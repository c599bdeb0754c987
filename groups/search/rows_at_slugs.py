"""The rows that hidden fields of a search name by slug."""

from django.db.models import QuerySet

from common.bounded_cache import CACHE
from common.compiled_queries import rows_of
from organisations.models import Organisation
from places.models import Area

from .snapshot.hot_queries import state_of_request

#: Roughly the bytes of an area in memory.
_AREA_BYTES = 2000


def area_at(slug: str) -> Area | None:
    """Return the area with a slug, or None. Cached by the version of places."""
    key = ("area", state_of_request().places, slug)
    area: Area | None = CACHE.get(key)
    if area is None and (area := next(iter(rows_of(_areas, [slug])), None)):
        CACHE.put(key, area, _AREA_BYTES)
    return area


def organisation_at(slug: str) -> Organisation | None:
    """Return the published organisation with a slug, or None."""
    return next(iter(rows_of(_organisations, [slug])), None)


def _areas(slugs: list[str]) -> QuerySet[Area]:
    return Area.objects.filter(slug__in=slugs).order_by()


def _organisations(slugs: list[str]) -> QuerySet[Organisation]:
    return Organisation.objects.published().filter(slug__in=slugs).order_by()
