"""What whoever watches the servers is told."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse


@pytest.mark.django_db
def test_healthz_is_ok_when_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok")
    assert [query["sql"] for query in queries] == ["SELECT 1"]


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (503, b"the database does not answer")


def test_healthz_is_never_kept_by_a_cache(client, monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get(reverse("healthz"))

    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
