"""Signed tokens for the links in check requests: the bearer answers for an organisation, for 60 days."""

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import CheckRequest

_SIGNER = signing.Signer(salt="the link in a message that asks for checks")


class InvalidTokenError(Exception):
    """The token is not valid; with `is_expired`, it once was."""

    def __init__(self, *, is_expired: bool = False) -> None:
        super().__init__()
        self.is_expired = is_expired


def token_url(request: CheckRequest) -> str:
    """Return the absolute URL with the token in the query string, which no log of ours keeps."""
    return f"{settings.SITE_ADDRESS}{reverse('groups:check_listings')}?t={make_token(request)}"


def make_token(request: CheckRequest) -> str:
    """Return the token of a request. Raises `ValueError` if its contact has been deleted."""
    if request.contact is None:
        raise ValueError("A check request without a contact has no token.")
    return _SIGNER.sign_object([str(request.public_id), _email_digest(request.contact.email)])


def request_of_token(token: str, today: datetime.date) -> CheckRequest:
    """Return the check request of a token.

    Raises `InvalidTokenError` if it is forged or expired, or if the contact or its e-mail address has changed since.
    """
    request: CheckRequest
    try:
        public_id, digest = _SIGNER.unsign_object(token)
        request = CheckRequest.objects.select_related("organisation", "contact").get(public_id=public_id)
    except (signing.BadSignature, CheckRequest.DoesNotExist, ValueError, TypeError):
        raise InvalidTokenError from None
    # The owner of an address that is no longer the organisation's must not answer for it.
    contact = request.contact
    if contact is None or not constant_time_compare(digest, _email_digest(contact.email)):
        raise InvalidTokenError(is_expired=True)
    is_current = contact.organisation_id == request.organisation_id
    if not is_current or not request.organisation.is_published or today > request.last_day:
        raise InvalidTokenError(is_expired=True)
    return request


def _email_digest(email: str) -> str:
    """Return a keyed digest of an address, so that a token for a former address is no longer valid."""
    return salted_hmac("whose link it is", email.casefold()).hexdigest()[:20]
