"""Store and close reports: duplicates are counted, and floods and adverts are set aside, so that they hide nothing.

See docs/adr/0022-moderation-of-public-feedback.md.
"""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.emails import send_email
from organisations.models import Listing

from ..choices import ReportPart, ReportState
from .flood_control import judge, make_room
from .listing_changes import has_changed_since, is_put_right
from .models.base import listing_fields
from .models.report import Report
from .spam import LONG_ALIKE, fingerprint, is_advert, is_long
from .worded import set_readings

#: How many open reports of one listing are in the queue, and how many more are set aside.
MOST_OPEN, MOST_SET_ASIDE = 30, 10
#: How many listings may have the same long text in a report before it counts as an advert.
SAME_ELSEWHERE = 3


class UnchangedError(Exception):
    """A report or proposal would be closed as put right with nothing changed, and nobody has confirmed that."""


@transaction.atomic
def record_report(
    listing: Listing,
    part: ReportPart,
    what_is_right: str,
    email: str = "",
    *,
    when: str = "",
    where: str = "",
    hours: str = "",
) -> Report:
    """Store a report, or add 1 to the count of an open one with the same fingerprint. Return the stored report.

    `when` and `where` are the words for a group, `hours` for an organisation; what is read of them is stored with them.
    """
    relation = listing_fields(listing)
    texts = {"what_is_right": what_is_right, "when_in_words": when, "where_in_words": where, "hours_in_words": hours}
    whole = " ".join(filter(None, texts.values()))
    digest = fingerprint(part, what_is_right, *filter(None, (when, where, hours)))
    open_reports = Report.objects.filter(state=ReportState.OPEN, **relation)
    alike = open_reports.filter(fingerprint=digest)
    # Each sender with an e-mail address has a row of their own.
    same = (alike.filter(email__in=[email, ""]) if email else alike).order_by("pk").first()
    if same is not None:
        Report.objects.filter(pk=same.pk).update(times_said=F("times_said") + 1, email=email or same.email)
        same.refresh_from_db()
        return same
    # A short text ("it is at 7pm now") may be true of many listings on one day.
    compared = Report.objects.all() if is_long(whole, LONG_ALIKE) else Report.objects.none()
    verdict = judge(Report.objects.filter(state=ReportState.OPEN), compared, texts)
    report = Report(part=part, email=email, fingerprint=digest, cluster=verdict.cluster, **texts, **relation)
    set_readings(report, timezone.localdate())
    report.is_set_aside = (
        verdict.is_set_aside
        or is_advert(whole)
        or open_reports.filter(is_set_aside=False).count() >= MOST_OPEN
        or _is_said_elsewhere(whole, digest)
    )
    report.save()
    if report.is_set_aside:
        make_room(open_reports.filter(is_set_aside=True), MOST_SET_ASIDE)
        make_room(Report.objects.filter(is_set_aside=True))
    return report


def close_report(
    report: Report, state: ReportState, today: datetime.date, *, confirmed: bool = False, is_repeat: bool = False
) -> None:
    """Close an open report, and e-mail its sender if they asked for news. Does nothing if it is closed.

    Raises `UnchangedError` if the state is "put right" and nothing has changed since it came, unless `confirmed`.
    `is_repeat`: the sender may have had another answer before.
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
            "report_closed",
            to=report.email,
            listing=report.listing,
            outcome=_outcome(report, state, has_changed),
            again=is_repeat or report.reopened_on is not None,
        )


def reopen_report(report: Report, today: datetime.date) -> None:
    """Reopen a closed report. E-mails that were sent are not recalled."""
    report.state, report.closed_on, report.reopened_on = ReportState.OPEN, None, today
    report.save()


def _outcome(report: Report, state: ReportState, has_changed: bool) -> str:
    """Return the outcome for the e-mail, by what has really changed, whatever state the editor chose."""
    if state == ReportState.DONE:
        return "put right" if has_changed else "right now"
    return "changed" if has_changed or has_changed_since(report.listing, report.created_at) else "left"


def _is_said_elsewhere(text: str, digest: str) -> bool:
    """Return whether the same long text was sent about several listings before."""
    return is_long(text) and Report.objects.filter(fingerprint=digest).count() >= SAME_ELSEWHERE
