"""Retention limits of personal data and of rows that were set aside."""

import datetime

from common.rate_limit import delete_counts

from .models.base import CONTACT
from .models.need import Need
from .models.proposal import Proposal
from .models.report import Report
from .models.suggestion import Suggestion

#: Days after closing for which an e-mail address is stored.
NEWS_DAYS = 90
#: What is left of a proposed contact.
ERASED = {"was": "", "proposed": ""}
#: Days after its last change for which a row that was set aside is stored.
SET_ASIDE_DAYS = 90


def tidy_up(today: datetime.date) -> dict[str, int]:
    """Delete everything past its retention limit. Return `{label: number deleted}`.

    Counts of rate limits are all deleted, also today's: with a daily run, none gets older than 24 hours.
    """
    closed_before = today - datetime.timedelta(days=NEWS_DAYS)
    addresses = sum(
        model.objects.filter(closed_on__lte=closed_before).exclude(email="").update(email="")
        for model in (Report, Proposal, Suggestion)
    )
    addresses += _erase_contacts(closed_before)
    too_old = today - datetime.timedelta(days=SET_ASIDE_DAYS)
    set_aside = {
        f"{kind} set aside": model.objects.filter(is_set_aside=True, updated_at__date__lte=too_old).delete()[0]
        for kind, model in (("Reports", Report), ("Suggestions", Suggestion), ("Needs", Need))
    }
    return {"E-mail addresses": addresses, **set_aside, "Marks of who sent a form": delete_counts()}


def _erase_contacts(closed_before: datetime.date) -> int:
    """Erase the telephones and e-mails of proposals decided by a day. Return the number of proposals."""
    number = 0
    for proposal in Proposal.objects.filter(closed_on__lte=closed_before, changes__has_key=CONTACT):
        if proposal.changes[CONTACT] != ERASED:
            number += Proposal.objects.filter(pk=proposal.pk).update(changes=proposal.changes | {CONTACT: ERASED})
    return number
