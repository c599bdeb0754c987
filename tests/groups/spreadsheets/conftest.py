import pytest
from django.test import Client

from organisations.models import Organisation
from tests import factories
from tests.staff.people import make_editor, make_manager, sign_in


@pytest.fixture
def manager(db) -> Client:
    return sign_in(Client(), make_manager())


@pytest.fixture
def ours(db) -> Organisation:
    return factories.make_organisation(name="Example Ours")


@pytest.fixture
def theirs(db) -> Organisation:
    return factories.make_organisation(name="Somebody Else")


@pytest.fixture
def editor(ours) -> Client:
    return sign_in(Client(), make_editor(ours, name="ann", first_name="Ann", last_name="Example"))
