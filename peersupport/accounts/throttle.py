"""Rate limits of passwords: by account and household, by household, and by account over all households.

django-axes counts failures; this decides which counts reject the next try, before it is hashed (docs/adr/0018).
"""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from .login_throttle import address_for_today, typed_name

#: Failures of one household, over all accounts, after which it is locked out for the cool-off time.
MOST_OF_HOUSEHOLD = 10
#: Failures for one account, over all households, after which each household has one try instead of five.
MANY_FOR_ACCOUNT = 20
#: Password e-mails that one household may request in the cool-off time; the least interval for one account.
MOST_LETTERS = 10
BETWEEN_LETTERS = timedelta(minutes=5)
#: Values of `user_agent` for rows that count password e-mails, not failures. A browser cannot send a line break in that
#: header, so the two cannot be confused.
_LETTER, _LETTER_SENT = "\npassword letter", "\npassword letter sent"
#: The value of `ip_address` for counts over all addresses.
_EVERYWHERE = "::"


class LoginThrottle(AxesDatabaseHandler):
    """Rejects a password by three counts, the narrowest first; a right password resets only the narrowest."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return the failure limit if any count rejects the next try, else 0."""
        request.axes_refusal = refusal_of(request, typed_name(request, credentials))
        return settings.AXES_FAILURE_LIMIT if request.axes_refusal else 0


def refusal_of(request: Any, name: str | None) -> str:
    """Return which count rejects a try for this account and address: "pair", "household" or "account"; "" for none."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    wrong = recent.exclude(user_agent__in=[_LETTER, _LETTER_SENT])
    counts = wrong.aggregate(
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


def may_ask_for_letter(request: HttpRequest) -> bool:
    """Return whether a household may request another password e-mail now, and count the request."""
    lookup = {"username": "", "ip_address": address_for_today(request), "user_agent": _LETTER}
    AccessAttempt.objects.filter(**lookup, attempt_time__lte=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
    count, is_first = AccessAttempt.objects.get_or_create(**lookup, defaults={"failures_since_start": 1})
    below = AccessAttempt.objects.filter(pk=count.pk, failures_since_start__lt=MOST_LETTERS)
    return is_first or bool(below.update(failures_since_start=F("failures_since_start") + 1))


def may_get_letter(key: int) -> bool:
    """Return whether the account with this key may be sent a password e-mail now, and record it (atomic)."""
    lookup = {"username": str(key), "ip_address": _EVERYWHERE, "user_agent": _LETTER_SENT}
    AccessAttempt.objects.filter(**lookup, attempt_time__lte=timezone.now() - BETWEEN_LETTERS).delete()
    return AccessAttempt.objects.get_or_create(**lookup, defaults={"failures_since_start": 0})[1]
