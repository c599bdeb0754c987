"""The addresses of pages that are about nothing in particular, and so are always the same."""

from functools import cache

from django.urls import reverse


@cache
def page_address(name: str) -> str:
    """Return the path of the page with the URL name `name`, which takes no arguments. Raises NoReverseMatch."""
    return reverse(name)
