"""The addresses of pages, without resolving them anew: one page may have a hundred."""

from functools import cache

from django.urls import reverse

#: What stands for a slug in an address. No slug is so long.
_STAND_IN = "slug" * 100


@cache
def page_address(name: str) -> str:
    """Return the path of the page with the URL name `name`, which takes no arguments. Raises NoReverseMatch."""
    return reverse(name)


def address_at(name: str, slug: str) -> str:
    """Return the path of the page with the URL name `name`, which takes a slug. Raises NoReverseMatch."""
    before, after = _around_slug(name)
    return f"{before}{slug}{after}"


@cache
def _around_slug(name: str) -> tuple[str, str]:
    before, after = reverse(name, args=[_STAND_IN]).split(_STAND_IN)
    return before, after
