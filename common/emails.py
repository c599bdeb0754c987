"""Plain text e-mails to one recipient, sent after the transaction has committed."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def email_message(name: str, /, *, to: str, **context: object) -> EmailMessage:
    """Return the message of the templates `emails/<name>.txt` and `emails/<name>_subject.txt`.

    It is marked as automatic so that no auto-reply answers it.
    """
    site = {"site_name": settings.SITE_NAME, "site_address": settings.SITE_ADDRESS}
    context = {**site, "contact_email": settings.CONTACT_EMAIL, **context}
    body = render_to_string(f"emails/{name}.txt", context).strip() + "\n"
    # Against header injection: a line break in a name must not begin another header.
    subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
    return EmailMessage(subject, body, to=[to], headers={"Auto-Submitted": "auto-generated"})


def send_email(name: str, /, *, to: str, **context: object) -> None:
    """Send the `email_message` on commit. A failure is logged and raises nothing."""
    message = email_message(name, to=to, **context)
    transaction.on_commit(lambda: _send(message), robust=True)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError) as error:
        # Without the address: whoever reads the log needs to know that mail fails, not whose.
        logger.error("An e-mail could not be sent: %s", type(error).__name__)
