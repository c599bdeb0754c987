"""Pagination of lists."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
#: Listings on a page.
PER_PAGE = 20


def get_page(listings: QuerySet[Row], parameters: QueryDict) -> Page[Row]:
    """Return the page that a query string names: the first for an invalid one, the last for one past the end."""
    return Paginator(listings, PER_PAGE).get_page(parameters.get("page"))


def parse_page_number(text: str | None) -> int:
    """Return a page number from a query string, at least 1; 1 if invalid. Only the first nine digits are read."""
    # `int` raises for thousands of digits.
    return max(1, int(text[:9])) if text and text.isdecimal() else 1
