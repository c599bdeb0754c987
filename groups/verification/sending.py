"""Send check requests: one message for all due listings of an organisation, at most one a fortnight."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from common.emails import MailServerError, describe_problem, email_message, open_connection
from organisations.models import Contact, Listing, Organisation

from ..choices import Delivery
from ..feedback.models.base import listing_fields
from .due import due_listings, may_send_request, recipient
from .models import AskedListing, CheckRequest
from .tokens import token_url

NOBODY = "nobody to ask: no contact for questions has an e-mail address"


@dataclass(frozen=True)
class Outcome:
    """The result for one organisation with due listings; `words` says it for the command's output."""

    organisation: Organisation
    listings: list[Listing]
    words: str


def send_check_requests(today: datetime.date, *, dry_run: bool = False) -> Iterator[Outcome]:
    """Send a check request to each organisation that is due, and yield an outcome for each; a dry run sends nothing.

    A message is recorded before it is sent, so that a crash can never send it twice. Raises `MailServerError`.
    """
    if dry_run:
        for organisation, listings, contact in _due_organisations(today):
            yield Outcome(organisation, listings, "would be asked" if contact else NOBODY)
        return
    connection = open_connection()
    try:
        for organisation, listings, contact in _due_organisations(today):
            if contact is None:
                yield Outcome(organisation, listings, NOBODY)
            elif request := _record(organisation, contact, listings, today):
                yield Outcome(organisation, listings, _send(request, contact, listings, connection))
    finally:
        connection.close()


def _due_organisations(today: datetime.date) -> Iterator[tuple[Organisation, list[Listing], Contact | None]]:
    """Yield each organisation with due listings and its contact, unless it was asked lately."""
    due = due_listings(today)
    for organisation in Organisation.objects.filter(pk__in=due).order_by("name"):
        contact = recipient(organisation)
        if contact is None or may_send_request(organisation, contact, today):
            yield organisation, due[organisation.pk], contact


@transaction.atomic
def _record(
    organisation: Organisation, contact: Contact, listings: list[Listing], today: datetime.date
) -> CheckRequest | None:
    """Store a check request that is about to be sent. Return None if another process has just done so."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_send_request(organisation, contact, today):
        return None
    request = CheckRequest.objects.create(organisation=organisation, contact=contact, sent_on=today)
    AskedListing.objects.bulk_create(AskedListing(request=request, **listing_fields(listing)) for listing in listings)
    return request


def _send(request: CheckRequest, contact: Contact, listings: list[Listing], connection: BaseEmailBackend) -> str:
    message = email_message(
        "check_request",
        to=contact.email,
        organisation=request.organisation,
        listings=listings,
        link=token_url(request),
        last_day=request.last_day,
    )
    message.connection = connection
    try:
        message.send()
    except SMTPServerDisconnected as error:
        request.delete()
        raise MailServerError(type(error).__name__) from error
    except SMTPException as error:
        request.delivery, request.problem = Delivery.REFUSED, describe_problem(error, contact.email)
        request.save()
        return f"refused: {request.problem}"
    except OSError as error:
        request.delete()
        raise MailServerError(type(error).__name__) from error
    request.delivery = Delivery.SENT
    request.save()
    return "asked"
