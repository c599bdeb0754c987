"""Sending the messages: one for all that is due, at most one an organisation in a fortnight, each recorded."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from organisations.models import Contact, Listing, Organisation

from ..choices import Delivery
from ..feedback.emails import email_message
from ..feedback.models.base import about
from .due import due_listings, may_be_asked, recipients
from .models import AskedListing, CheckRequest
from .tokens import token_url


class MailServerError(Exception):
    """No mail can be sent at all. What was not sent is not recorded, and is sent the next time."""


NOBODY = "nobody to ask: no contact for questions has an e-mail address"


@dataclass(frozen=True)
class Outcome:
    """What was done about an organisation with listings that are due."""

    organisation: Organisation
    listings: list[Listing]
    words: str


def send_check_requests(today: datetime.date, *, dry_run: bool = False) -> Iterator[Outcome]:
    """Ask every organisation whose turn it is. With `dry_run`, only say what would be done.

    A message is recorded before it is sent: whatever breaks, nobody gets two.
    """
    if dry_run:
        for organisation, listings, contact in _whose_turn(today):
            yield Outcome(organisation, listings, "would be asked" if contact else NOBODY)
        return
    connection = _connected()
    try:
        for organisation, listings, contact in _whose_turn(today):
            if contact is None:
                yield Outcome(organisation, listings, NOBODY)
            elif request := _record(organisation, contact, listings, today):
                yield Outcome(organisation, listings, _send(request, listings, connection))
    finally:
        connection.close()


def _whose_turn(today: datetime.date) -> Iterator[tuple[Organisation, list[Listing], Contact | None]]:
    """The organisations with listings that are due, and whom to ask, but for those that were asked lately."""
    due = due_listings(today)
    for organisation in Organisation.objects.filter(pk__in=due).order_by("name"):
        contact = recipients(organisation)
        if contact is None or may_be_asked(organisation, contact, today):
            yield organisation, due[organisation.pk], contact


@transaction.atomic
def _record(
    organisation: Organisation, contact: Contact, listings: list[Listing], today: datetime.date
) -> CheckRequest | None:
    """A message that is about to be sent; None where another process was quicker."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_be_asked(organisation, contact, today):
        return None
    request = CheckRequest.objects.create(organisation=organisation, contact=contact, sent_on=today)
    AskedListing.objects.bulk_create(AskedListing(request=request, **about(listing)) for listing in listings)
    return request


def _send(request: CheckRequest, listings: list[Listing], connection: BaseEmailBackend) -> str:
    letter = email_message(
        "emails/check_request.txt",
        to=request.contact.email,
        subject=f"Is this still right? {request.organisation}",
        organisation=request.organisation,
        listings=listings,
        link=token_url(request),
        last_day=request.last_day,
    )
    letter.connection = connection
    try:
        letter.send()
    except SMTPServerDisconnected as error:
        request.delete()
        raise MailServerError(type(error).__name__) from error
    except SMTPException as error:
        request.delivery, request.problem = Delivery.REFUSED, _problem(error, request.contact.email)
        request.save()
        return f"refused: {request.problem}"
    except OSError as error:
        request.delete()
        raise MailServerError(type(error).__name__) from error
    request.delivery = Delivery.SENT
    request.save()
    return "asked"


def _connected() -> BaseEmailBackend:
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise MailServerError(type(error).__name__) from error
    return connection


def _problem(error: SMTPException, address: str) -> str:
    """What the mail server said, without the address."""
    code, said = 0, type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, ""))
    elif isinstance(error, SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    said = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return f"{code or ''} {said.replace(address, 'this address')}".strip()[:200]
