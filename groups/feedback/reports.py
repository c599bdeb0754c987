"""Taking a report: what is new is kept, what was said before is counted, and a flood hides nothing.

Nobody can tell the hundredth stranger's true words from the hundredth advert. So a listing has room for a good many
open reports; what comes above that, in a wave or as an advert, is set aside.
See docs/adr/0022-what-strangers-tell-us.md.
"""

import datetime

from django.db import transaction
from django.db.models import F

from organisations.models import Listing

from ..choices import ReportPart, ReportState
from .emails import send_email
from .listing_changes import has_changed_since, is_put_right
from .models.base import about
from .models.report import Report
from .spam import LONG_ALIKE, fingerprint, is_advert, is_long
from .waves import judge, make_room

#: How many open reports of one listing stand in the list, and how many more are set aside.
MOST_OPEN, MOST_SET_ASIDE = 30, 10
#: About how many other listings the same long text may be said before it is an advert.
SAME_ELSEWHERE = 3


class UnchangedError(Exception):
    """Something would be said to be put right of which nothing was changed, and nobody has confirmed it."""


@transaction.atomic
def record_report(listing: Listing, part: ReportPart, what_is_right: str, email: str = "") -> Report:
    """Keep what somebody says of a listing, or count it with those who said the same."""
    told = about(listing)
    mark = fingerprint(part, what_is_right)
    open_ones = Report.objects.filter(state=ReportState.OPEN, **told)
    same = open_ones.filter(fingerprint=mark)
    # Whoever wants to hear back has a row of their own.
    same = (same.filter(email__in=[email, ""]) if email else same).order_by("pk").first()
    if same is not None:
        Report.objects.filter(pk=same.pk).update(times_said=F("times_said") + 1, email=email or same.email)
        same.refresh_from_db()
        return same
    # Of many listings it is true on one day that "it is at 7pm now".
    compared = Report.objects.all() if is_long(what_is_right, LONG_ALIKE) else Report.objects.none()
    wave = judge(Report.objects.filter(state=ReportState.OPEN), compared, {"what_is_right": what_is_right})
    report = Report(part=part, what_is_right=what_is_right, email=email, fingerprint=mark, cluster=wave.cluster, **told)
    report.is_set_aside = (
        wave.is_set_aside
        or is_advert(what_is_right)
        or open_ones.filter(is_set_aside=False).count() >= MOST_OPEN
        or _is_said_elsewhere(what_is_right, mark)
    )
    report.save()
    if report.is_set_aside:
        make_room(open_ones.filter(is_set_aside=True), MOST_SET_ASIDE)
        make_room(Report.objects.filter(is_set_aside=True))
    return report


def close_report(
    report: Report, state: ReportState, today: datetime.date, *, confirmed: bool = False, again: bool = False
) -> None:
    """Close a report, and tell whoever wanted to hear what became of it. Closed before, nothing happens.

    Raises `UnchangedError` for "put right" where nothing of it was changed since it came, until that is `confirmed`.
    `again` says that they may have been told otherwise before.
    """
    if not report.is_open:
        return
    has_changed = is_put_right(report)
    if state == ReportState.DONE and not (has_changed or confirmed):
        raise UnchangedError
    report.state, report.closed_on = state, today
    report.save()
    if report.email:
        send_email(
            "emails/report_closed.txt",
            to=report.email,
            subject=f"What you told us about {report.listing}",
            listing=report.listing,
            outcome=_outcome(report, state, has_changed),
            again=again or report.reopened_on is not None,
        )


def reopen_report(report: Report, today: datetime.date) -> None:
    """Open a closed report again, so that it can be closed once more. What was written to anybody stays written."""
    report.state, report.closed_on, report.reopened_on = ReportState.OPEN, None, today
    report.save()


def _outcome(report: Report, state: ReportState, has_changed: bool) -> str:
    """What whoever told us is written: "put right" and "left" only where that is so, whatever somebody chose."""
    if state == ReportState.DONE:
        return "put right" if has_changed else "right now"
    return "changed" if has_changed or has_changed_since(report.listing, report.created_at) else "left"


def _is_said_elsewhere(text: str, mark: str) -> bool:
    """Whether the same was said of several listings already, so that these are nobody's own words."""
    return is_long(text) and Report.objects.filter(fingerprint=mark).count() >= SAME_ELSEWHERE
