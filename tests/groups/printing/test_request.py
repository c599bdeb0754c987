"""What an address asks of a list, and when and with what it is printed."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from groups.printing.build import LONG, build_area_document
from groups.printing.choices import Order
from groups.printing.layouts import LAYOUTS
from groups.printing.request import PrintRequest
from groups.printing.selection import select_area
from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import area, make_group
from tests.groups.printing.test_document import whole


def test_address_carries_only_what_is_not_meant_anyway():
    by_day = {"usual": Order.DAY}

    assert PrintRequest().query == ""
    assert PrintRequest(order=Order.DAY).query == "by=day"
    assert PrintRequest(order=Order.DAY, **by_day).query == ""
    assert PrintRequest(order=Order.PLACE, layout=LAYOUTS["large"], **by_day).query == "by=place&layout=large"


@pytest.mark.parametrize(
    "query, key",
    [("layout=large", "large"), ("layout=poster", "standard"), ("layout=LARGE", "standard"), ("", "standard")],
)
def test_layout_that_there_is_not_is_the_standard_one(query, key):
    assert PrintRequest.read(QueryDict(query)).layout == LAYOUTS[key]


@pytest.mark.django_db
def test_long_list_has_an_index_of_places_unless_it_is_by_place():
    for _ in range(LONG - 1):
        make_group(town="Chard")
    short = in_somerset(Order.DAY)
    make_group(town="Chard")

    papers = (short, in_somerset(Order.DAY), in_somerset(Order.PLACE))
    indexed = [[place for place, _ in paper.places] for paper in papers]
    assert indexed == [[], ["Chard"], []]


@pytest.mark.django_db
def test_day_of_printing_is_that_of_london():
    half_past_midnight = datetime.datetime(2027, 6, 30, 23, 30, tzinfo=datetime.UTC)

    paper = in_somerset(Order.DAY, half_past_midnight)

    assert (paper.printed_on, paper.good_until) == (datetime.date(2027, 7, 1), datetime.date(2027, 7, 29))


def in_somerset(order: Order, now: datetime.datetime | None = None):
    somerset, now = area("Somerset"), now or timezone.now()
    return build_area_document(
        somerset, select_area(somerset, current_snapshot()), PrintRequest(order=order), now, whole
    )
