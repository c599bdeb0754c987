"""What nobody but a manager reads: others' contacts for staff and hidden addresses, and who reported something."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.feedback.models.report import Report
from groups.models import SupportGroup, Venue
from organisations.models import Contact, Organisation
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in
from tests.staff.test_matrix import addresses_of, answer_text
from tests.staff.two_organisations import Kept, make_two

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python decides who may do what.


@pytest.fixture
def two() -> tuple[Kept, Kept]:
    return make_two()


def test_hidden_field_is_not_read_letter_by_letter(two):
    mine, _ = two
    client = sign_in(Client(), make_editor(mine.organisation))
    Report.objects.filter(pk=mine.rows[Report].pk).update(email="ann@example.org")
    url = reverse("admin:groups_report_changelist")

    answers = {
        lookup: client.get(url, {lookup: letter}).status_code
        for letter in "az"
        for lookup in ("email__startswith", "email__exact", "email", "group__reports__email__startswith")
    }

    assert set(answers.values()) == {400}


def test_list_of_reports_is_searched_and_filtered_by_what_its_reader_may_read(two):
    mine, _ = two
    Report.objects.filter(pk=mine.rows[Report].pk).update(what_is_right="It moved.", email="ann@example.org")
    url = reverse("admin:groups_report_changelist")
    editor, manager = sign_in(Client(), make_editor(mine.organisation)), sign_in(Client(), make_manager())
    # How many an editor finds, and how many a manager, who sees those of the other organisation too.
    expected = {
        "q=moved": (1, 1),
        "q=elsewhere": (0, 0),
        "q=ann": (0, 0),
        "state__exact=open": (1, 2),
        "state__exact=done": (0, 0),
        "set_aside=all": (1, 2),
        "set_aside=yes": (0, 0),
    }

    found = {
        asked: tuple(client.get(f"{url}?{asked}").context["cl"].result_count for client in (editor, manager))
        for asked in expected
    }

    assert found == expected


def test_nobody_but_a_manager_reads_what_is_theirs_alone(two):
    """A contact for staff and a hidden address of another organisation; a reporter's e-mail, of one's own as well."""
    mine, other = two
    unreleased = Contact.objects.filter(pk=other.rows[Contact].pk)
    unreleased.update(is_released=False, phone="01632 960 555", staff_note="Ring after six")
    Venue.objects.filter(pk=other.rows[Venue].pk).update(address="55 Hidden Street", postcode="TA20 9ZZ")
    for stored in two:
        Report.objects.filter(pk=stored.rows[Report].pk).update(email="reporter@example.org")
    secrets = ("01632 960 555", "ring after six", "hidden street", "ta20 9zz", "reporter@example.org")

    read = {
        who: {secret for text in _all_texts(sign_in(Client(), user), two) for secret in secrets if secret in text}
        for who, user in {
            "manager": make_manager(),
            "editor": make_editor(mine.organisation),
            "contributor": make_contributor(mine.organisation),
        }.items()
    }

    assert read == {"manager": set(secrets), "editor": set(), "contributor": set()}


def _all_texts(client: Client, two: tuple[Kept, Kept]) -> list[str]:
    wanted = (Contact, Venue, Report, SupportGroup, Organisation)
    return [
        answer_text(client.get(url))
        for stored in two
        for name, url, model in addresses_of(stored)
        if model in wanted and name.endswith(("_changelist", "_change", "_history", "_version"))
    ]
