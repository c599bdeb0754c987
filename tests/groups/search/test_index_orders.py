"""The orders of many groups, page by page, held to a plain sort: the index sorts few in another way than many."""

import datetime
import random

import pytest

from groups.search.index.document import Document, Keys
from groups.search.index.index import PER_PAGE, Index
from groups.search.index.meeting_filter import time_of_day
from groups.search.index.types import IndexQuery, Match, Section
from groups.timetable.meetings import LONDON
from places.distance import distance_miles

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)
TODAY, LONG_AGO = NOW.date(), datetime.date(2026, 1, 5)
MIDDLE = (51.2, 0.7)
HOURS = [10, 14, 19]


def make_document(chance: random.Random, pk: int) -> Document:
    """A group at random: some meet at one moment, have one name, or no point or date."""
    first = datetime.datetime(2026, 11, 21, tzinfo=LONDON)
    days = sorted(chance.sample(range(9), chance.choice([0, 1, 1, 3])))
    return Document(
        pk=pk,
        name_key=f"group {chance.randrange(50)}",
        point=(51.2 + chance.uniform(-1, 1), 0.7 + chance.uniform(-1, 1)) if chance.random() < 0.8 else None,
        is_about=False,
        is_hidden=False,
        is_closed=chance.random() < 0.1,
        is_from_home=chance.random() < 0.3,
        checked_on=chance.choice([TODAY, TODAY, LONG_AGO]),
        meetings=tuple(first + datetime.timedelta(days=day, hours=chance.choice(HOURS)) for day in days),
        is_forming=chance.random() < 0.2,
        is_paused=chance.random() < 0.1,
        meets_in_person=chance.random() < 0.5,
        particulars=chance.randrange(3),
    )


@pytest.fixture(scope="module")
def documents() -> dict[int, Document]:
    chance = random.Random(4)
    return {pk: make_document(chance, pk) for pk in chance.sample(range(1000), 150)}


@pytest.fixture(scope="module")
def index(documents) -> Index:
    """An index of them, in which two thirds say that they are free."""
    return Index([(row, Keys(options=[("free", "yes")] if pk % 3 else [])) for pk, row in documents.items()], TODAY)


def begins(document: Document, times: tuple[str, ...] = ()) -> datetime.datetime:
    """When the next meeting at one of some times of day begins; the end of all time for none."""
    to_come = [moment for moment in document.meetings if moment > NOW]
    fitting = [moment for moment in to_come if not times or time_of_day(moment.time()) in times]
    return min(fitting, default=datetime.datetime.max.replace(tzinfo=LONDON))


def section_of(document: Document) -> Section:
    for is_true, section in (
        (document.is_closed, Section.CLOSED),
        (document.checked_on == LONG_AGO, Section.OVERDUE),
        (document.is_paused, Section.PAUSED),
        (document.is_forming, Section.FORMING),
    ):
        if is_true:
            return section
    return Section.OPEN


def miles_to(document: Document) -> float:
    return round(distance_miles(*MIDDLE, *document.point), 3)


def name_of(document: Document) -> tuple[str, int]:
    return document.name_key, document.pk


ORDERS = {
    "": lambda row, times: (section_of(row), begins(row, times), name_of(row)),
    "soonest": lambda row, times: (begins(row, times), name_of(row)),
    "name": lambda row, times: name_of(row),
}


def all_pages(index: Index, query: dict) -> list[Match]:
    """What all pages show."""
    first = index.search(IndexQuery(**query), NOW)
    pages = [index.search(IndexQuery(**query, page=page), NOW) for page in range(2, -(-first.total // PER_PAGE) + 1)]
    return [match for page in (first, *pages) for match in page.matches]


@pytest.mark.parametrize("choices", [{}, {"free": ("yes",)}, {"soon": ("this week",), "time": ("evening",)}])
@pytest.mark.parametrize("sort", ORDERS)
def test_pages_together_are_in_the_order_that_was_asked_for(documents, index, sort, choices):
    times, free = choices.get("time", ()), choices.get("free")
    next_week = datetime.datetime(2026, 11, 28, tzinfo=LONDON)
    wanted = [
        row for pk, row in documents.items() if (not free or pk % 3) and (not times or begins(row, times) < next_week)
    ]

    shown = all_pages(index, {"sort": sort, "choices": choices})

    in_order = sorted(wanted, key=lambda row: ORDERS[sort](row, times))
    assert [match.pk for match in shown] == [row.pk for row in in_order]
    if sort == "":
        assert [match.section for match in shown] == [section_of(row) for row in in_order]


@pytest.mark.parametrize("sort", ["", "nearest"])
@pytest.mark.parametrize("limit", [10, 40, 100])
def test_pages_of_a_circle_are_nearest_first(documents, index, sort, limit):
    within = [row for row in documents.values() if row.point and miles_to(row) <= limit]

    shown = all_pages(index, {"point": MIDDLE, "miles": limit, "sort": sort})

    in_order = sorted(within, key=lambda row: (0 if sort else section_of(row), miles_to(row), name_of(row)))
    assert [(match.pk, match.miles) for match in shown] == [(row.pk, miles_to(row)) for row in in_order]
