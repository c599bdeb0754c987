"""The links in our messages: who has one answers for an organisation, for 60 days, without an account."""

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import CheckRequest

_SIGNER = signing.Signer(salt="the link in a message that asks for checks")


class LinkProblemError(Exception):
    """The link does not work. `is_old`: it did once."""

    def __init__(self, *, is_old: bool = False) -> None:
        super().__init__()
        self.is_old = is_old


def token_url(request: CheckRequest) -> str:
    """The whole address. Its secret stands after the question mark, which no log of ours keeps."""
    return f"{settings.SITE_ADDRESS}{reverse('groups:check_listings')}?t={make_token(request)}"


def make_token(request: CheckRequest) -> str:
    return _SIGNER.sign_object([str(request.public_id), _mark(request.contact.email)])


def request_of_token(token: str, today: datetime.date) -> CheckRequest:
    """The message that a link came with. Raises `LinkProblemError`: forged, too old, or its contact is another now."""
    try:
        public_id, mark = _SIGNER.unsign_object(token)
        request = CheckRequest.objects.select_related("organisation", "contact").get(public_id=public_id)
    except (signing.BadSignature, CheckRequest.DoesNotExist, ValueError, TypeError):
        raise LinkProblemError from None
    # Whoever had an address that is the organisation's no more does not answer for it.
    contact = request.contact
    is_theirs = contact is not None and constant_time_compare(mark, _mark(contact.email))
    is_theirs = is_theirs and contact.organisation_id == request.organisation_id
    if not is_theirs or not request.organisation.is_published or today > request.last_day:
        raise LinkProblemError(is_old=True)
    return request


def _mark(email: str) -> str:
    return salted_hmac("whose link it is", email.casefold()).hexdigest()[:20]
