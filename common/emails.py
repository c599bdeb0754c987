"""Plain text e-mails to one recipient, stored in the same transaction as what they report (docs/adr/0040).

`send_waiting` sends them: no request waits for a mail server, or fails because there is none.
"""

import datetime
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from .choices import EmailState
from .models import OutgoingEmail

logger = logging.getLogger(__name__)

#: An e-mail is tried for as long as the links in it are good for, the first time again after a minute.
TRIED_FOR = datetime.timedelta(days=3)
_FIRST_WAIT, _LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(hours=4)
#: After this time a process that was sending an e-mail has ended: a mail server has `EMAIL_TIMEOUT` seconds to answer.
_STOPPED_AFTER = datetime.timedelta(minutes=15)
#: How long staff see an e-mail that could not be sent.
SHOWN_FOR = datetime.timedelta(days=30)
#: The headers of every e-mail, which prevent auto-replies.
_HEADERS = {"Auto-Submitted": "auto-generated"}


class MailServerError(Exception):
    """The mail server cannot be used. What was not sent waits for the next run."""


def email_message(name: str, /, *, to: str, **context: object) -> EmailMessage:
    """Return the message of the templates `emails/<name>.txt` and `emails/<name>_subject.txt`."""
    site = {"site_name": settings.SITE_NAME, "site_address": settings.SITE_ADDRESS}
    context = {**site, "contact_email": settings.CONTACT_EMAIL, **context}
    body = render_to_string(f"emails/{name}.txt", context).strip() + "\n"
    # Against header injection by a line break in a name.
    subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
    return EmailMessage(subject, body, to=[to], headers=_HEADERS)


def send_email(name: str, /, *, to: str, **context: object) -> None:
    """Store the `email_message`, to be sent once the transaction has committed. No mail server is asked here."""
    message = email_message(name, to=to, **context)
    now = timezone.now()
    row = OutgoingEmail.objects.create(
        to_address=to, subject=str(message.subject), body=str(message.body), next_try_at=now, give_up_at=now + TRIED_FOR
    )
    if not _needs_server():
        transaction.on_commit(partial(_send_at_once, row), robust=True)


def send_waiting(now: datetime.datetime, is_stopped: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Send the e-mails that are due. Return how many were sent, and how many were not.

    An e-mail is claimed before it is sent, so that no two processes send it. `is_stopped` is called before each. Raises
    `MailServerError`.
    """
    _give_up(now)
    due = OutgoingEmail.objects.filter(state=EmailState.WAITING, next_try_at__lte=now)
    if not due.exists():
        return 0, 0
    sent = failed = 0
    connection = open_connection()
    try:
        for key in list(due.values_list("pk", flat=True)):
            if is_stopped():
                break
            if row := _claim(key, now):
                is_sent = _send(row, connection, now)
                sent, failed = sent + is_sent, failed + (not is_sent)
    finally:
        connection.close()
    return sent, failed


def open_connection() -> BaseEmailBackend:
    """Return an open connection to the mail server. Raises `MailServerError`."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise MailServerError(type(error).__name__) from error
    return connection


def describe_problem(error: Exception, address: str) -> str:
    """Return the code and message of the mail server, at most 200 characters, without the recipient's address."""
    code, reply = _code_and_reply(error)
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code or ''} {text.replace(address, 'this address')}".strip()[:200]


def send_again(rows: QuerySet[OutgoingEmail]) -> int:
    """Queue e-mails again that could not be sent. Return how many."""
    now = timezone.now()
    failed = rows.filter(state=EmailState.FAILED)
    return failed.update(state=EmailState.WAITING, next_try_at=now, give_up_at=now + TRIED_FOR)


def delete_failed(now: datetime.datetime) -> int:
    """Delete e-mails that were given up longer than `SHOWN_FOR` ago. Return how many."""
    return OutgoingEmail.objects.filter(state=EmailState.FAILED, give_up_at__lte=now - SHOWN_FOR).delete()[0]


def _needs_server() -> bool:
    """Return whether sending waits for a mail server: on a terminal, and in tests, e-mails are there at once."""
    return settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"


def _send_at_once(row: OutgoingEmail) -> None:
    now = timezone.now()
    if claimed := _claim(row.pk, now):
        # Otherwise it waits, and the log has why.
        with suppress(MailServerError):
            _send(claimed, get_connection(), now)


def _claim(key: int, now: datetime.datetime) -> OutgoingEmail | None:
    """Mark a waiting e-mail as being sent, in one statement, and return it; None if another process was first."""
    waiting = OutgoingEmail.objects.filter(pk=key, state=EmailState.WAITING, next_try_at__lte=now)
    if not waiting.update(state=EmailState.SENDING, tries=F("tries") + 1, next_try_at=timezone.now()):
        return None
    return OutgoingEmail.objects.get(pk=key)


def _send(row: OutgoingEmail, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
    """Send a claimed e-mail and delete it, or record why it was not sent. Return whether it was.

    Raises `MailServerError` if others would fare no better now.
    """
    message = EmailMessage(row.subject, row.body, to=[row.to_address], headers=_HEADERS, connection=connection)
    try:
        message.send()
    except Exception as error:  # One that cannot be sent, for whatever reason, must not hold up those behind it.
        # Without the address: the log needs to show that mail fails, not whose.
        logger.error("An e-mail could not be sent: %s", type(error).__name__)
        _record_failure(row, error, now)
        if _is_of_server(error):
            raise MailServerError(type(error).__name__) from error
        return False
    row.delete()
    return True


def _record_failure(row: OutgoingEmail, error: Exception, now: datetime.datetime) -> None:
    row.problem = describe_problem(error, row.to_address)
    may_pass = _is_of_server(error) or 400 <= _code_and_reply(error)[0] < 500
    row.state = EmailState.WAITING if may_pass else EmailState.FAILED
    row.next_try_at = now + min(_FIRST_WAIT * 2 ** min(row.tries - 1, 10), _LONGEST_WAIT)
    row.save()


def _is_of_server(error: Exception) -> bool:
    """Return whether an error is about the connection, not about one e-mail. SMTPException is an OSError too."""
    return isinstance(error, SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )


def _code_and_reply(error: Exception) -> tuple[int, bytes | str]:
    """Return the code and message of the mail server; 0 and the name of the error if it has none."""
    if isinstance(error, SMTPRecipientsRefused):
        return next(iter(error.recipients.values()), (0, b""))
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return 0, type(error).__name__


def _give_up(now: datetime.datetime) -> None:
    """Mark as failed what was tried for too long, and what a process that no longer runs was sending."""
    rows = OutgoingEmail.objects
    rows.filter(state=EmailState.WAITING, give_up_at__lte=now).update(state=EmailState.FAILED)
    rows.filter(state=EmailState.SENDING, next_try_at__lte=now - _STOPPED_AFTER).update(
        state=EmailState.FAILED, problem="It was being sent when the site was stopped. Perhaps it has arrived."
    )
