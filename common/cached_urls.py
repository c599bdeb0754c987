"""URLs of pages, reversed once for each URL name: one page may have a hundred."""

from functools import cache
from uuid import UUID

from django.urls import reverse

#: The placeholder for a slug in a path: no slug is as long.
_STAND_IN = "slug" * 100
#: The placeholder for a public id: no row has it.
_NO_ID = UUID(int=0)


@cache
def cached_reverse(name: str) -> str:
    """Return the path of the page with the URL name `name`, which takes no arguments. Raises NoReverseMatch."""
    return reverse(name)


def reverse_slug(name: str, slug: str) -> str:
    """Return the path of the page with the URL name `name`, which takes a slug. Raises NoReverseMatch."""
    before, after = _around(name, _STAND_IN)
    return f"{before}{slug}{after}"


def reverse_public_id(name: str, public_id: UUID) -> str:
    """Return the path of the page with the URL name `name`, which takes a public id. Raises NoReverseMatch."""
    before, after = _around(name, _NO_ID)
    return f"{before}{public_id}{after}"


@cache
def _around(name: str, stand_in: str | UUID) -> tuple[str, str]:
    """Return what is before and after the argument in the path of a page."""
    before, after = reverse(name, args=[stand_in]).split(str(stand_in))
    return before, after
