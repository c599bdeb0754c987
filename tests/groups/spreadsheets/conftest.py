import pytest
from django.contrib import admin
from django.test import Client

from groups.spreadsheets import background
from groups.spreadsheets.import_pages import ImportPages
from groups.spreadsheets.resources.groups import GROUPS
from organisations.models import Organisation
from tests import factories
from tests.staff.people import make_editor, make_manager, sign_in


@pytest.fixture(autouse=True)
def long_files_are_read_in_the_request(monkeypatch) -> None:
    """A process of its own would not see what a test has not committed."""
    pages = ImportPages(GROUPS, admin.site)
    monkeypatch.setattr(background, "start", lambda run: background.perform(run, pages))


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
