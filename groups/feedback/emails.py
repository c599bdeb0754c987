"""E-mails: plain text, to one person, about what they told us or were asked."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def email_message(template: str, *, to: str, subject: str, **words: object) -> EmailMessage:
    """A letter that is ready to be sent. Nobody's holiday notice answers it."""
    site = {"site_name": settings.SITE_NAME, "site_address": settings.SITE_ADDRESS}
    words = {**site, "contact_email": settings.CONTACT_EMAIL, **words}
    body = render_to_string(template, words).strip() + "\n"
    # A line break in a name must not become another header.
    subject = " ".join(subject.split())
    return EmailMessage(subject, body, to=[to], headers={"Auto-Submitted": "auto-generated"})


def send_email(template: str, *, to: str, subject: str, **words: object) -> None:
    """Send a letter when what it tells of has been saved. One that cannot be sent stops nothing."""
    ready = email_message(template, to=to, subject=subject, **words)
    transaction.on_commit(lambda: _send(ready), robust=True)


def _send(ready: EmailMessage) -> None:
    try:
        ready.send()
    except (SMTPException, OSError) as error:
        # Without the address: whoever reads the log needs to know that mail fails, not whose.
        logger.error("A letter could not be sent: %s", type(error).__name__)
