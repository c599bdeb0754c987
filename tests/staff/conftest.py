"""Fixtures of the tests of staff pages: two organisations, and browsers in which their people are signed in."""

import pytest
from django.db import transaction

from organisations.models import Organisation
from tests.factories import make_group, make_organisation
from tests.staff.people import make_contributor, make_editor, sign_in


@pytest.fixture
def signed_in(client):
    """Sign somebody in who keeps an organisation: an editor, or what else is made of it."""

    def sign(organisation: Organisation, make=make_editor):
        return sign_in(client, make(organisation))

    return sign


@pytest.fixture
def mine() -> Organisation:
    return make_organisation(name="Example mine")


@pytest.fixture
def other() -> Organisation:
    return make_organisation(name="Example other")


@pytest.fixture
def editor(client, mine):
    """A browser in which an editor of one organisation is signed in."""
    return sign_in(client, make_editor(mine))


@pytest.fixture
def contributor(client, mine):
    return sign_in(client, make_contributor(mine))


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Do something, and say what its answer was and what was written to whom since."""

    def doing(something):
        del mailoutbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            answer = something()
        return answer, [letter.body for letter in mailoutbox]

    return doing


@pytest.fixture
def letters_leave(monkeypatch) -> None:
    """What waits for a commit is done at once: letters have left when an answer is there, without one in a test."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_: call())


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1", summary="We walk.")
