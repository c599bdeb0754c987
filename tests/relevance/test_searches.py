"""Searches that people type find what a person would expect: every search of `searches.toml`, whose top says how."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.search.forms import GroupSearchForm
from groups.search.snapshot.snapshot import invalidate
from tests.template_database import KeptDatabase, connected_to

from .directories import EXAMPLES, NOW, SEED, Directory
from .expectations import Search, problems_of
from .pages import ResultsPage

# Search runs in memory. Not `django_db`: what it checks after each test, of every row, would take most of the time.
pytestmark = pytest.mark.one_database

SEARCHES = tomllib.loads((Path(__file__).parent / "searches.toml").read_text())["search"]


@contextmanager
def opened(database: KeptDatabase) -> Iterator[Directory]:
    """Connect to a database, which is only read, for all of its searches: its snapshot is built once."""
    with database.made() as name, connected_to(name):
        invalidate()
        yield Directory()
        invalidate()


@pytest.fixture(scope="module")
def real_directory(django_db_setup, django_db_blocker) -> Iterator[Directory]:
    with django_db_blocker.unblock(), opened(SEED) as directory:
        yield directory


@pytest.fixture(scope="module")
def directory_with_examples(django_db_setup, django_db_blocker) -> Iterator[Directory]:
    with django_db_blocker.unblock(), opened(EXAMPLES) as directory:
        yield directory


def id_of(search: Search) -> str:
    filters = [f"{name}={value}" for name, value in search.get("filters", {}).items()]
    parts = [search["typed"], f"near {search['near']}" if search["near"] else ""]
    return ": ".join(filter(None, [*parts, *filters, search.get("order")])) or "nothing"


def sort_parameter(order: str) -> str:
    """The value of the form for an order: by its value, or else by the beginning of its label."""
    choices = dict(GroupSearchForm.base_fields["sort"].choices)
    return order if order in choices else next(value for value, label in choices.items() if order in label.lower())


def page_of(search: Search, client: Client, monkeypatch: pytest.MonkeyPatch) -> ResultsPage:
    """The page of a search at the moment of all searches."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    asked = {"q": search["typed"], "near": search["near"], **search.get("filters", {})}
    if order := search.get("order"):
        asked["sort"] = sort_parameter(order)
    return ResultsPage(client.get(reverse("groups:group_list"), asked))


def in_lines(problems: list[str], search: Search) -> str:
    return "\n".join(["", *problems, f"({search['why']})"])


def searches(directory: str) -> pytest.MarkDecorator:
    chosen = [search for search in SEARCHES if search["directory"] == directory]
    return pytest.mark.parametrize("search", chosen, ids=id_of)


# Not one fixture with a parameter: pytest would set it up for every test.


@searches("seed")
def test_search_of_real_directory_finds_what_a_person_would_expect(real_directory, search, client, monkeypatch):
    problems = problems_of(search, page_of(search, client, monkeypatch), real_directory)

    assert not problems, in_lines(problems, search)


@searches("examples")
def test_search_among_examples_finds_what_a_person_would_expect(directory_with_examples, search, client, monkeypatch):
    problems = problems_of(search, page_of(search, client, monkeypatch), directory_with_examples)

    assert not problems, in_lines(problems, search)
