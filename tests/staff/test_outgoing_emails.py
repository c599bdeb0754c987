"""Letters that could not be sent are on a manager's desk, without what they say, and can be sent again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from common.choices import EmailState
from common.emails import send_email
from common.models import OutgoingEmail
from tests.staff.people import make_editor, sign_in
from tests.staff.test_dashboard import listed, tasks

pytestmark = pytest.mark.django_db

LIST = reverse("admin:common_outgoingemail_changelist")


@pytest.fixture
def letter(settings) -> OutgoingEmail:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    send_email("report_closed", to="ann@example.org", listing="Zyxwvutsecret", outcome="Words-of-the-letter.")
    return OutgoingEmail.objects.get()


def change(letter: OutgoingEmail, **fields) -> None:
    OutgoingEmail.objects.filter(pk=letter.pk).update(**fields)


@pytest.mark.parametrize(
    "fields, words",
    [
        ({}, []),
        ({"state": EmailState.FAILED}, ["1 e-mail that could not be sent"]),
        (
            {"created_at": timezone.now() - datetime.timedelta(hours=2)},
            ["1 e-mail waiting for an hour or more: ask who runs the site"],
        ),
    ],
)
def test_desk_counts_letters_that_could_not_be_sent(admin_client, letter, fields, words):
    change(letter, **fields)

    found = tasks(admin_client)

    assert list(found) == words
    assert [listed(admin_client, address) for address in found.values()] == [1] * len(words)


def test_page_of_a_letter_says_why_and_not_what_it_says(admin_client, letter):
    change(letter, state=EmailState.FAILED, problem="550 this address is unknown")

    page = admin_client.get(reverse("admin:common_outgoingemail_change", args=[letter.pk])).text

    assert [words in page for words in ("550 this address is unknown", "ann@example.org", "Words-of-the-letter")] == [
        True,
        True,
        False,
    ]


def test_manager_has_a_letter_sent_again(admin_client, letter):
    change(letter, state=EmailState.FAILED, give_up_at=timezone.now() - datetime.timedelta(days=9))

    page = admin_client.post(LIST, {"action": "send_chosen_again", "_selected_action": [letter.pk]}, follow=True)

    letter.refresh_from_db()
    assert "1 e-mail waits to be sent again." in page.text
    assert (letter.state, letter.give_up_at > timezone.now()) == (EmailState.WAITING, True)


def test_editor_sees_no_letters(client, mine, letter):
    sign_in(client, make_editor(mine))
    change(letter, state=EmailState.FAILED)

    assert client.get(LIST).status_code == 403
    assert [words for words in tasks(client) if "e-mail that could" in words or "e-mails that could" in words] == []
