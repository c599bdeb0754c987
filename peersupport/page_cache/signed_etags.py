"""ETags that carry their own expiry, so that the server stores nothing about a request.

Such an ETag is a moment, and a signature of it, of the URL, the day and the version of the site. If the same signature
can still be made before that moment, the response would be the same.
"""

import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.release import RELEASE
from groups.search.snapshot.hot_queries import State
from groups.search.snapshot.snapshot import loaded_snapshot

from .cached_responses import given_etags
from .pages import Changes, Page

_MINUTE = datetime.timedelta(minutes=1)


def signed_etag(
    request: HttpRequest, page: Page, state: State, now: datetime.datetime, until: datetime.datetime | None = None
) -> str:
    """Return the ETag of a response made from a state at a moment, valid until another (None: as its page).

    "" while the directory in memory is older than the state and being reloaded.
    """
    snapshot = loaded_snapshot()
    if snapshot is not None and (
        snapshot.version != state.of_directory or snapshot.index.today != timezone.localdate(now)
    ):
        return ""
    ends = until
    if ends is None and page.changes == Changes.AS_MEETINGS_BEGIN and snapshot is not None:
        ends = snapshot.index.next_beginning(now)
    elif ends is None and page.changes == Changes.EACH_MINUTE:
        ends = now.replace(second=0, microsecond=0) + _MINUTE
    # The day is in the signature.
    seconds = int(ends.timestamp()) if ends is not None else 0
    return f'W/"{seconds}-{_signature(request, state, now, seconds)}"'


def current_etag(request: HttpRequest, state: State, now: datetime.datetime) -> str:
    """Return the ETag of `If-None-Match` for which the response would be the same now; "" for none."""
    for etag in given_etags(request):
        seconds, _, _ = etag.removeprefix('W/"').partition("-")
        if not seconds.isdigit() or len(seconds) > 12 or 0 < int(seconds) <= now.timestamp():
            continue
        if etag == f'W/"{seconds}-{_signature(request, state, now, int(seconds))}"':
            return etag
    return ""


def may_be_signed(request: HttpRequest) -> bool:
    return any("-" in etag for etag in given_etags(request))


def _signature(request: HttpRequest, state: State, now: datetime.datetime, seconds: int) -> str:
    parts = (
        *(request.scheme, request.get_host(), request.get_full_path(), timezone.localdate(now)),
        *(seconds, state.number, state.token, state.site, RELEASE),
        *(settings.SITE_NAME, settings.CONTACT_EMAIL, settings.QUICK_EXIT_URL, settings.SITE_ADDRESS),
    )
    return salted_hmac("page etag", repr(parts)).hexdigest()[:24]
