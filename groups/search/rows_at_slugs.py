"""The rows that hidden fields of a search name by slug, read by compiled statements."""

from django.db.models import QuerySet

from common.compiled_queries import rows_of
from organisations.models import Organisation
from places.models import Area


def area_at(slug: str) -> Area | None:
    """Return the area with a slug, or None."""
    return next(iter(rows_of(_areas, [slug])), None)


def organisation_at(slug: str) -> Organisation | None:
    """Return the published organisation with a slug, or None."""
    return next(iter(rows_of(_organisations, [slug])), None)


def _areas(slugs: list[str]) -> QuerySet[Area]:
    return Area.objects.filter(slug__in=slugs).order_by()


def _organisations(slugs: list[str]) -> QuerySet[Organisation]:
    return Organisation.objects.published().filter(slug__in=slugs).order_by()
