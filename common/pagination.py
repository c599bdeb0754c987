"""Lists in pages."""

from django.core.paginator import Page, Paginator

#: How many listings stand on a page.
PER_PAGE = 20


def get_page(listings, number: str | None) -> Page:
    """The page that was asked for; the first if nobody can tell which, the last if it is past the end."""
    return Paginator(listings, PER_PAGE).get_page(number)


def parse_page_number(text: str | None) -> int:
    """The number, from 1 on, that stands in an address; 1 if nobody can tell which. Past nine digits it is only big."""
    # Python reads no number of thousands of digits.
    return max(1, int(text[:9])) if text and text.isdecimal() else 1
