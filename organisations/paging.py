"""Lists in pages."""

from django.core.paginator import Page, Paginator

#: How many listings stand on a page.
PER_PAGE = 20


def page_of(listings, number: str | None) -> Page:
    """The page that was asked for; the first if nobody can tell which, the last if it is past the end."""
    return Paginator(listings, PER_PAGE).get_page(number)


def query_without_page(parameters) -> str:
    """The other parameters of an address, for links to its other pages."""
    others = parameters.copy()
    others.pop("page", None)
    return others.urlencode()
