"""What people see when something goes wrong: always whom to call, always a next step, never more harm."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from peersupport import views
from tests.peersupport.html import parse, words


@pytest.fixture
def request_for_a_page():
    return RequestFactory().get("/groups/", {"near": "CT9 1AE"})


def test_bad_request_says_what_to_do_next(request_for_a_page):
    response = views.bad_request(request_for_a_page, ValueError())

    assert response.status_code == 400
    assert [words(h1) for h1 in parse(response).iter("h1")] == ["We could not read that address"]


def test_bad_request_shows_even_for_a_host_that_is_not_ours(client):
    response = client.get(reverse("about"), headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert [words(h1) for h1 in parse(response).iter("h1")] == ["We could not read that address"]


def test_permission_denied_says_what_to_do_next(request_for_a_page):
    response = views.permission_denied(request_for_a_page, PermissionError())

    assert response.status_code == 403
    assert [words(h1) for h1 in parse(response).iter("h1")] == ["This page is not open to you"]


def test_page_not_found_says_what_to_do_next(client):
    response = client.get("/nothing-is-here/")

    assert response.status_code == 404
    assert [words(h1) for h1 in parse(response).iter("h1")] == ["We cannot find that page"]


def test_server_error_needs_no_database(request_for_a_page):
    # No `db` fixture: pytest-django fails a test that reaches for the database.
    response = views.server_error(request_for_a_page)

    page = parse(response)
    assert response.status_code == 500
    assert [words(h1) for h1 in page.iter("h1")] == ["Something went wrong on our side"]
    assert words(page.find(".//title")) == "Something went wrong | Alongside"


def test_server_error_has_the_style_the_numbers_and_the_way_out(request_for_a_page, client):
    broken = parse(views.server_error(request_for_a_page))
    whole = parse(client.get(reverse("about")))

    for path in (".//link[@rel='stylesheet']", ".//aside[@class='help-now']//a", ".//a[@class='quick-exit']"):
        assert [a.attrib for a in broken.iterfind(path)] == [a.attrib for a in whole.iterfind(path)]


def test_server_error_repeats_nothing_that_was_typed(request_for_a_page):
    assert "CT9" not in views.server_error(request_for_a_page).content.decode()
