"""Searches that people type find what a person would expect: every search of `searches.toml`, whose top says how."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.search.forms import GroupSearchForm
from groups.search.snapshot.snapshot import invalidate
from tests.template_database import connected_to

from .directories import DATABASES, NOW, Directory
from .expectations import Search, problems_of
from .pages import ResultsPage

# Search runs in memory.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SEARCHES = tomllib.loads((Path(__file__).parent / "searches.toml").read_text())["search"]


@pytest.fixture(scope="module")
def directory(request, django_db_setup, django_db_blocker) -> Iterator[Directory]:
    """The directory of a name, for all of its searches."""
    with django_db_blocker.unblock(), DATABASES[request.param].made() as database, connected_to(database):
        invalidate()
        with django_db_blocker.block():
            yield Directory()
    invalidate()


def id_of(search: Search) -> str:
    filters = [f"{name}={value}" for name, value in search.get("filters", {}).items()]
    parts = [search["directory"], search["typed"], f"near {search['near']}" if search["near"] else ""]
    return ": ".join(filter(None, [*parts, *filters, search.get("order", "")]))


def sort_parameter(order: str) -> str:
    """The value of the form for an order: by its value, or else by the beginning of its label."""
    choices = dict(GroupSearchForm.base_fields["sort"].choices)
    return order if order in choices else next(value for value, label in choices.items() if order in label.lower())


@pytest.mark.parametrize(
    "directory, search",
    [pytest.param(search["directory"], search, id=id_of(search)) for search in SEARCHES],
    indirect=["directory"],
)
def test_search_finds_what_a_person_would_expect(directory, search, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    asked = {"q": search["typed"], "near": search["near"], **search.get("filters", {})}
    if order := search.get("order"):
        asked["sort"] = sort_parameter(order)

    page = ResultsPage(client.get(reverse("groups:group_list"), asked))

    problems = problems_of(search, page, directory)
    assert problems == [], "\n".join(["", *problems, f"({search['why']})"])
