"""How often a password may be tried: by name and household, by household, and by account over all households.

django-axes counts wrong passwords; this says which counts refuse the next one, before it is hashed (docs/adr/0018).
"""

from datetime import timedelta

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from .login_throttle import address_for_today, typed_name

#: Wrong passwords of one household, whatever the names, after which it may try none for the cool-off time.
MOST_OF_HOUSEHOLD = 10
#: Wrong passwords for one account, from all households, after which each household has one try instead of five.
MANY_FOR_ACCOUNT = 20
#: Letters with a link that one household may ask for in the cool-off time, and how often one account gets one.
MOST_LETTERS = 10
BETWEEN_LETTERS = timedelta(minutes=5)
#: What stands in the column of the browser where a letter is counted, and not a wrong password. No browser can send a
#: new line there, so no wrong password can be counted as a letter.
_LETTER, _LETTER_SENT = "\npassword letter", "\npassword letter sent"
#: What stands in the column of addresses where a count is for all of them.
_EVERYWHERE = "::"


class LoginThrottle(AxesDatabaseHandler):
    """Refuses a password by three counts, the smallest first; a right password erases only the smallest."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Return the count of the name and household; the limit of all, where another count refuses the next try."""
        request.axes_refusal = refusal_of(request, typed_name(request, credentials))
        return settings.AXES_FAILURE_LIMIT if request.axes_refusal else 0


def refusal_of(request: HttpRequest, name: str | None) -> str:
    """Return why a password for an account must not be tried from here now: a count that is full; "" if it may be."""
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
    """Return whether a household may ask for another letter with a link now, and count that it did."""
    about = {"username": "", "ip_address": address_for_today(request), "user_agent": _LETTER}
    AccessAttempt.objects.filter(**about, attempt_time__lte=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
    count, is_first = AccessAttempt.objects.get_or_create(**about, defaults={"failures_since_start": 1})
    below = AccessAttempt.objects.filter(pk=count.pk, failures_since_start__lt=MOST_LETTERS)
    return is_first or bool(below.update(failures_since_start=F("failures_since_start") + 1))


def may_get_letter(key: int) -> bool:
    """Return whether the account with this key may get a letter now, and note that it does. One, over all processes."""
    about = {"username": str(key), "ip_address": _EVERYWHERE, "user_agent": _LETTER_SENT}
    AccessAttempt.objects.filter(**about, attempt_time__lte=timezone.now() - BETWEEN_LETTERS).delete()
    return AccessAttempt.objects.get_or_create(**about, defaults={"failures_since_start": 0})[1]
