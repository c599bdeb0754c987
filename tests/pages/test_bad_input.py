"""Whatever stands in an address: every public page answers, with a page that a person can use.

`make bench` asks a few odd ones of every page of a large directory, and prints how long the slowest takes.
"""

from itertools import product
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.addresses import addresses
from tests.pages.odd_questions import NAMES, ODD_VALUES, QUESTIONS, answers, is_usable, reading

pytestmark = pytest.mark.usefixtures("seed_directory")

#: How many questions are thrown in all: fewer on PostgreSQL, where each costs more and none finds other code.
THROWN = 1000 if connection.vendor == "sqlite" else 300
#: A page that never looks at the question cannot answer it otherwise than any other.
THROWN_AT_OTHERS = 3

_ODD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def every_address() -> list[str]:
    return addresses()


@pytest.fixture
def reading_addresses(every_address) -> list[str]:
    return reading(every_address)


@pytest.fixture
def reading_views(reading_addresses) -> list[list[str]]:
    """The same, those of one view together."""
    by_view: dict[str, list[str]] = {}
    for address in reading_addresses:
        by_view.setdefault(resolve(address).view_name, []).append(address)
    return [*by_view.values()]


@pytest.mark.one_database
def test_search_answers_every_odd_value_of_every_name():
    """Each once: of questions at random, 5,000 were needed until most of these had been among them."""
    questions = [urlencode([pair]) for pair in product(NAMES, ODD_VALUES)]
    search = reverse("groups:group_list")

    assert [question for question in questions if not is_usable(answers(search, question))] == []


@settings(_ODD, max_examples=THROWN)
@given(question=QUESTIONS, which=st.integers(0, 10**6))
def test_every_page_that_reads_a_question_answers_whatever_is_asked(reading_views, question, which):
    """Half of all go to the search, which reads the most. Each other view has as many, however many rows it shows."""
    which, other = divmod(which, 2)
    number, view = divmod(which, len(reading_views))
    of_view = reading_views[view]
    address = of_view[number % len(of_view)] if other else reverse("groups:group_list")

    assert (address, is_usable(answers(address, question))) == (address, True)


@settings(_ODD, max_examples=THROWN_AT_OTHERS)
@given(question=QUESTIONS)
def test_every_page_answers_whatever_is_asked(every_address, question):
    assert [address for address in every_address if not is_usable(answers(address, question))] == []


def test_pages_that_read_questions_are_found(reading_addresses):
    found = set(reading_addresses)

    assert {reverse("groups:group_list"), reverse("organisations:organisation_list")} <= found
    assert reverse("about") not in found
