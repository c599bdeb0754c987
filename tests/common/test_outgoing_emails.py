"""E-mails wait in the database: no request waits for a mail server, none is sent twice, and none is lost in silence."""

import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from common import emails
from common.choices import EmailState
from common.emails import MailServerError, send_email, send_waiting
from common.models import OutgoingEmail

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
GONE = SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def by_server(settings, monkeypatch):
    """As in production, a mail server sends; what it is given is in `mail.outbox`."""
    settings.EMAIL_BACKEND = LOCMEM
    monkeypatch.setattr(emails, "_needs_server", lambda: True)


def write(to: str = "ann@example.org") -> None:
    send_email("report_closed", to=to, listing="Tea & Talk", outcome="Done.")


def after(**time: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=1) + datetime.timedelta(**time)


def waiting() -> list[tuple[str, str]]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("state", "problem"))


@pytest.fixture
def failing(monkeypatch):
    """Let sending to an address, or to all, fail with an error; the number of tries so far is its length."""
    tries: list[str] = []
    real = EmailMessage.send

    def fail(error: Exception | None, address: str = "") -> list[str]:
        def send(self, *args, **kwargs):
            tries.append(self.to[0])
            if error is not None and address in self.to[0]:
                raise error
            return real(self, *args, **kwargs)

        monkeypatch.setattr(EmailMessage, "send", send)
        return tries

    return fail


@pytest.mark.django_db(transaction=True)
def test_letter_is_stored_with_the_change_that_it_tells_of_and_goes_with_it(settings, monkeypatch):
    monkeypatch.setattr(EmailMessage, "send", lambda self: pytest.fail("A mail server was asked."))
    settings.EMAIL_BACKEND = SMTP

    write()
    with transaction.atomic():
        write("bob@example.org")
        transaction.set_rollback(True)

    assert list(OutgoingEmail.objects.values_list("to_address", "state")) == [("ann@example.org", EmailState.WAITING)]


@pytest.mark.django_db(transaction=True)
def test_where_there_is_no_server_to_wait_for_a_letter_leaves_with_the_commit():
    with transaction.atomic():
        write()
        before = len(mail.outbox)

    assert (before, [row.to for row in mail.outbox], OutgoingEmail.objects.count()) == (0, [["ann@example.org"]], 0)


def test_command_sends_what_waits_once_and_keeps_nothing_of_it(by_server, capsys):
    write()
    write("bob@example.org")

    call_command("send_emails")
    call_command("send_emails")

    assert [(row.to, row.subject) for row in mail.outbox] == [
        (["ann@example.org"], "What you told us about Tea & Talk"),
        (["bob@example.org"], "What you told us about Tea & Talk"),
    ]
    assert [row.extra_headers for row in mail.outbox] == [{"Auto-Submitted": "auto-generated"}] * 2
    assert "\nTea & Talk\n" in mail.outbox[0].body
    assert (OutgoingEmail.objects.count(), capsys.readouterr().out) == (0, "2 sent, 0 not sent.\n")


def test_letter_that_another_process_is_sending_is_left_to_it(by_server, failing):
    write()
    tries = failing(None)
    OutgoingEmail.objects.update(state=EmailState.SENDING, next_try_at=timezone.now())

    assert (send_waiting(after()), tries) == ((0, 0), [])


def test_two_processes_that_see_the_same_letter_send_it_once(by_server):
    write()
    key, now = OutgoingEmail.objects.get().pk, after()

    claimed = [emails._claim(key, now) is not None for _ in range(2)]

    assert claimed == [True, False]


def test_letter_that_the_server_does_not_take_now_is_tried_again_later_and_later(by_server, failing):
    write()
    tries = failing(SMTPRecipientsRefused({"ann@example.org": (450, b"ann@example.org: greylisted")}))
    counted = []
    for minutes in (0, 0.5, 1.1, 2, 3.2, 8):
        send_waiting(after(minutes=minutes))
        counted.append(len(tries))

    assert counted == [1, 1, 2, 2, 3, 4]
    assert waiting() == [(EmailState.WAITING, "450 this address: greylisted")]

    failing(None)
    send_waiting(after(hours=5))
    assert (len(mail.outbox), OutgoingEmail.objects.count()) == (1, 0)


def test_server_that_goes_away_is_asked_once_and_nothing_is_lost(by_server, failing, caplog):
    write()
    write("bob@example.org")
    tries = failing(GONE)

    with pytest.raises(CommandError, match="The mail server cannot be used"):
        call_command("send_emails")

    assert (len(tries), [state for state, _ in waiting()]) == (1, [EmailState.WAITING] * 2)
    assert [record.getMessage() for record in caplog.records] == ["An e-mail could not be sent: SMTPServerDisconnected"]
    failing(None)
    assert send_waiting(after(minutes=2)) == (2, 0)


def test_server_that_is_not_there_leaves_every_letter_as_it_is(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    write()

    with pytest.raises(MailServerError, match="ConnectionRefusedError"):
        send_waiting(after())

    assert list(OutgoingEmail.objects.values_list("state", "tries")) == [(EmailState.WAITING, 0)]


@pytest.mark.parametrize(
    "error, problem",
    [
        (
            SMTPRecipientsRefused({"bad@example.org": (550, b"bad@example.org is unknown")}),
            "550 this address is unknown",
        ),
        (SMTPDataError(554, b"No thank you"), "554 No thank you"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), "UnicodeEncodeError"),
    ],
)
def test_letter_that_is_refused_is_not_tried_again_and_holds_up_no_other(by_server, failing, error, problem):
    write("bad@example.org")
    write()
    tries = failing(error, "bad@")

    counts = send_waiting(after())
    send_waiting(after(hours=5))

    assert (counts, tries, waiting()) == (
        (1, 1),
        ["bad@example.org", "ann@example.org"],
        [(EmailState.FAILED, problem)],
    )


def test_letter_is_given_up_after_three_days_and_forgotten_after_thirty_more(by_server, failing):
    write()
    tries = failing(None)
    send_waiting(after(days=3))
    given_up = waiting()
    call_command("tidy_up")
    left = OutgoingEmail.objects.count()
    OutgoingEmail.objects.update(give_up_at=after(days=-30, minutes=-1))

    call_command("tidy_up")

    assert (tries, given_up, left, OutgoingEmail.objects.count()) == ([], [(EmailState.FAILED, "")], 1, 0)


def test_letter_that_was_being_sent_when_the_site_was_stopped_is_shown_and_not_sent_twice(by_server, failing):
    write()
    tries = failing(None)
    emails._claim(OutgoingEmail.objects.get().pk, after())

    send_waiting(after(minutes=10))
    early = waiting()[0][0]
    send_waiting(after(minutes=16))

    assert (early, tries) == (EmailState.SENDING, [])
    assert waiting() == [(EmailState.FAILED, "It was being sent when the site was stopped. Perhaps it has arrived.")]


def test_service_that_is_stopped_leaves_what_it_has_not_begun(by_server):
    write()

    assert (send_waiting(after(), lambda: True), waiting()) == ((0, 0), [(EmailState.WAITING, "")])
