"""What is answered while there is no data: help now as ever, and of the rest when to come back."""

import importlib

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse

from groups.feedback.models.suggestion import Suggestion
from groups.search.snapshot import hot_queries, snapshot
from peersupport import views
from tests.factories import make_group
from tests.groups.feedback.posting import send
from tests.peersupport.html import parse, words
from tests.staff.people import make_manager, sign_in


def parts(answer) -> tuple:
    page = parse(answer)
    return (
        answer.status_code,
        answer.headers.get("Retry-After"),
        answer.headers.get("Cache-Control"),
        [words(h1) for h1 in page.iter("h1")],
        page.find(f".//main//a[@href='{reverse('help_now')}']") is not None,
    )


DATA_UNAVAILABLE = (503, "5", "no-store", ["Please try again in a moment"], True)


@pytest.mark.django_db
def test_search_is_refused_until_the_directory_is_read_and_other_pages_are_not(client, monkeypatch):
    group = make_group(town="Chard")
    snapshot.invalidate()
    monkeypatch.setattr(snapshot, "_is_reading_ahead", True)

    search = client.get(reverse("groups:group_list"))
    others = [client.get(path).status_code for path in (reverse("help_now"), group.organisation.get_absolute_url())]

    assert (parts(search), snapshot.directory_is_read()) == (DATA_UNAVAILABLE, False)
    assert others == [200, 200]


def test_server_reads_ahead_only_where_a_refusal_is_a_page(settings, monkeypatch):
    """With DEBUG it would be a traceback, so a request waits."""
    calls = []
    monkeypatch.setattr(snapshot, "read_ahead", calls.append)
    wsgi = importlib.import_module("peersupport.wsgi")
    calls.clear()

    for settings.DEBUG in (True, False):
        importlib.reload(wsgi)

    assert calls == [wsgi.warm_up]


def test_help_now_asks_no_database(client):
    # No `db` fixture: pytest-django fails a test that reaches for the database.
    assert client.get(reverse("help_now")).status_code == 200


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_page_is_refused_while_the_database_does_not_answer(client, monkeypatch, error):
    def no_answer():
        raise error("connection refused")

    monkeypatch.setattr(hot_queries, "directory_state", no_answer)

    assert parts(client.get(reverse("groups:group_list"))) == DATA_UNAVAILABLE


def no_room(execute, sql, *rest):
    """Refuse to write, as a database does whose disk is full."""
    if sql.lstrip().startswith(("INSERT", "UPDATE")):
        raise OperationalError("database or disk is full")
    return execute(sql, *rest)


@pytest.mark.django_db
def test_staff_are_not_blamed_when_a_session_cannot_be_stored(client):
    """Django would answer 400: it takes the session to be gone."""
    sign_in(client, make_manager())
    groups = reverse("admin:groups_supportgroup_changelist")

    with connection.execute_wrapper(no_room):
        # It tells in the session that nothing was chosen.
        refused = client.post(groups, {"action": "withdraw", "index": "0"})

    assert (parts(refused), client.get(groups).status_code) == (DATA_UNAVAILABLE, 200)


@pytest.mark.django_db
def test_form_that_the_disk_has_no_room_for_is_refused_whole_and_taken_later(client):
    typed = {"name": "Example walkers", "what": "We walk by the sea.", "place": "Chard"}
    group = make_group(town="Chard")
    with connection.execute_wrapper(no_room):
        refused = send(client, reverse("groups:group_suggest"), **typed)
        page = client.get(group.get_absolute_url())
    stored = Suggestion.objects.count()
    taken = send(client, reverse("groups:group_suggest"), **typed)

    assert (parts(refused), page.status_code, stored) == (DATA_UNAVAILABLE, 200, 0)
    assert words(parse(refused).find(".//p[@class='lead']")) == "What you sent may not be saved. It is not your fault."
    assert (taken.status_code, Suggestion.objects.count()) == (302, 1)


def test_failure_outside_of_a_view_is_refused_alike(rf):
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        answer = views.server_error(rf.get("/"))

    assert parts(answer) == DATA_UNAVAILABLE


@pytest.mark.django_db
def test_directory_is_read_when_the_database_answers_again(monkeypatch, caplog):
    refresh, tries = snapshot._refresh, []

    def fails_twice():
        tries.append("try")
        if len(tries) < 3:
            raise OperationalError("connection refused")
        return refresh()

    snapshot.invalidate()
    monkeypatch.setattr(snapshot, "SECONDS_BETWEEN_TRIES", 0)
    monkeypatch.setattr(snapshot, "_refresh", fails_twice)
    monkeypatch.setattr(snapshot.connection, "close", lambda: None)
    monkeypatch.setattr(snapshot, "_is_reading_ahead", True)

    was_read = []
    snapshot._read_until_there(lambda: was_read.append(snapshot.directory_is_read()))

    assert (len(tries), was_read, snapshot._is_reading_ahead) == (3, [True], False)
    assert caplog.messages == ["The directory is not read yet: OperationalError"]


@pytest.mark.django_db
def test_requests_read_the_directory_after_any_other_error(client, monkeypatch):
    snapshot.invalidate()
    monkeypatch.setattr(snapshot, "_is_reading_ahead", True)
    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "_refresh", lambda: 1 / 0)
        broken.setattr(snapshot.connection, "close", lambda: None)
        with pytest.raises(ZeroDivisionError):
            snapshot._read_until_there(lambda: None)

    assert client.get(reverse("groups:group_list")).status_code == 200
