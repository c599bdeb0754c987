"""Rate limits of passwords: by account and household, by household, and by account over all households.

django-axes counts failures; this decides which counts reject the next try, before it is hashed (docs/adr/0018).
"""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest

from common.rate_limit import RateLimit
from common.requests import client_address, client_network

from .login_throttle import attempted_username

#: Failures of one household, over all accounts, after which it is locked out for the cool-off time.
MOST_OF_HOUSEHOLD = 10
#: Failures for one account, over all households, after which each household has one try instead of five.
MANY_FOR_ACCOUNT = 20
#: Password e-mails that one household may request, whoever they are for; and those that one account is sent.
PASSWORD_EMAILS_OF_HOUSEHOLD = RateLimit("e-mail", 10, settings.AXES_COOLOFF_TIME)
PASSWORD_EMAILS_OF_ACCOUNT = RateLimit("e-mail", 1, timedelta(minutes=5))
#: The most rows of failures; the oldest are deleted first. One host cannot hash as many passwords in fifteen minutes.
MOST_FAILURES = 10_000


class LoginThrottle(AxesDatabaseHandler):
    """Rejects a login by three counts, the narrowest first; a right password resets only the narrowest."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return the failure limit if any count rejects the next try, else 0."""
        request.axes_refusal = refusal_of(request, attempted_username(request, credentials))
        return settings.AXES_FAILURE_LIMIT if request.axes_refusal else 0

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Count a wrong password, and delete the oldest rows beyond `MOST_FAILURES`."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        newest = AccessAttempt.objects.order_by("-attempt_time", "-pk")
        if first_too_many := newest.values_list("pk", flat=True)[MOST_FAILURES : MOST_FAILURES + 1].first():
            AccessAttempt.objects.filter(pk=first_too_many).delete()


def refusal_of(request: Any, name: str | None) -> str:
    """Return the limit that rejects a login for this account and network: "pair", "household" or "account"; else ""."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    counts = recent.aggregate(
        pair=Sum("failures_since_start", filter=Q(username=name, ip_address=request.axes_ip_address)),
        household=Sum("failures_since_start", filter=Q(ip_address=request.axes_ip_address)),
        account=Sum("failures_since_start", filter=Q(username=name)),
    )
    pair, household, account = (counts[count] or 0 for count in ("pair", "household", "account"))
    if pair >= settings.AXES_FAILURE_LIMIT:
        return "pair"
    if household >= MOST_OF_HOUSEHOLD:
        return "household"
    if account >= MANY_FOR_ACCOUNT and pair:
        return "account"
    return ""


def may_request_password_email(request: HttpRequest) -> bool:
    """Return whether a household may request another password e-mail now, and count the request."""
    return PASSWORD_EMAILS_OF_HOUSEHOLD.allow(f"household {client_network(client_address(request))}")


def may_send_password_email(key: int) -> bool:
    """Return whether the account with this key may be sent a password e-mail now, and record it."""
    return PASSWORD_EMAILS_OF_ACCOUNT.allow(f"account {key}")
