"""Rows of organisations, venues, contacts, roles and training that cannot be written."""

import pytest

from groups.spreadsheets.resources.contacts import CONTACTS
from groups.spreadsheets.resources.offers import ROLES, TRAINING
from groups.spreadsheets.resources.organisations import ORGANISATIONS
from groups.spreadsheets.resources.venues import VENUES
from organisations.models import PeerRole
from tests.groups.spreadsheets.resource_rows import send, wrong

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "resource, rows, column",
    [
        (ORGANISATIONS, [{"Name": "Somebody Elsee", "Summary": "Tea."}], "Name"),
        (ORGANISATIONS, [{"Name": "New One", "Summary": "Tea."}] * 2, "Id"),
        (ORGANISATIONS, [{"Name": "Example Ours", "Public or not": "Draft"}], "Public or not"),
        (VENUES, [{"Name": "The Hall"}], "Postcode"),
        (VENUES, [{"Name": "The Hall", "Postcode": "ZZ99 9ZZ"}], "Postcode"),
        (VENUES, [{"Name": "The Hall", "Town": "Nowhere at all"}], "Town"),
        (CONTACTS, [{"Organisation": "Example Ours", "Role": "Lead"}], "E-mail"),
        (CONTACTS, [{"Organisation": "Example Ours", "Hours": "9am"}], "E-mail"),
        (ROLES, [{"Organisation": "Nobody", "Title": "Mentor", "Summary": "Tea."}], "Organisation"),
        (ROLES, [{"Organisation": "Example Ours", "Title": "Mentor", "Summary": "Tea."}] * 2, "Title"),
        (TRAINING, [{"Organisation": "Example Ours", "Title": "Start"}], "Summary"),
        (
            TRAINING,
            [{"Organisation": "Example Ours", "Title": "A", "Summary": "B", "Last day": "1 May 2027"}],
            "Last day",
        ),
        (
            TRAINING,
            [{"Organisation": "Example Ours", "Title": "A", "Summary": "B", "Number of sessions": "six"}],
            "Number of sessions",
        ),
        (VENUES, [{"Name": "The Hall", "Postcode": "TA20 1PP", "Opening hours": "now and then"}], "Opening hours"),
        (TRAINING, [{"Id": "nonsense", "Title": "Start"}], "Id"),
    ],
)
def test_row_that_cannot_be_written_says_at_which_column(manager, ours, theirs, resource, rows, column):
    found = wrong(send(manager, resource, *rows))

    assert [title for title, _ in found] == [column], found


def test_row_that_says_nobody_is_asked_in_the_words_of_its_sheet(manager, ours, theirs):
    rows = ((ORGANISATIONS, {"Summary": "Tea."}), (ROLES, {"Summary": "Tea.", "Title": "Mentor"}))

    found = [wrong(send(manager, resource, row)) for resource, row in rows]

    assert found == [
        [("Name", "Write its name, its charity number or its id.")],
        [("Organisation", "Write which organisation it belongs to.")],
    ]


def test_nothing_is_written_where_one_row_is_wrong(manager, ours):
    row = {"Organisation": "Example Ours", "Title": "Mentor", "Summary": "Tea."}

    looked_at = send(manager, ROLES, row, row | {"Title": "Guide", "Pay": "Loads"})

    assert [title for title, _ in wrong(looked_at)] == ["Pay"]
    assert PeerRole.objects.count() == 0


def test_name_that_another_organisation_has_is_refused(manager, ours, theirs):
    found = wrong(send(manager, ORGANISATIONS, {"Id": str(ours.public_id), "Name": "Somebody Else"}))

    assert found == [("Name", "An organisation of this name is already listed.")]
