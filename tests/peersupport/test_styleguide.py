"""The style guide shows every component, asks the database nothing, and is for nobody but staff."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from peersupport.styleguide.examples import ELSEWHERE, component_examples
from tests.architecture.repository import files
from tests.peersupport.html import parse

# Drawn in memory of rows that other tests read on each database.
pytestmark = pytest.mark.one_database


def test_every_component_is_in_the_style_guide():
    components = {path.stem for path in files("templates/components/*.html", "templates/components/*.jinja")}
    shown = {specimen.component for specimen in component_examples()}

    assert shown | set(ELSEWHERE) == components
    assert shown & set(ELSEWHERE) == set()


def test_every_specimen_draws_something_and_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        html_by_example = {(row.component, row.state): row.html.strip() for row in component_examples()}

    assert [what for what, html in html_by_example.items() if not html] == []


@pytest.mark.django_db
def test_styleguide_is_for_staff(admin_client):
    page = parse(admin_client.get(reverse("styleguide")))

    assert page.find(".//h1").text == "Style guide"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/styleguide/", "/staff/styleguide/"])
def test_styleguide_is_not_there_for_the_public(client, address):
    response = client.get(address)

    assert (response.status_code, response.cookies) == (404, {})


@pytest.mark.django_db
def test_styleguide_is_there_for_who_works_on_the_site(monkeypatch):
    monkeypatch.setattr(settings, "DEBUG", True)

    response = Client().get("/styleguide/")

    assert (response.status_code, response.cookies) == (200, {})
