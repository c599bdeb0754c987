"""Erasing what must not be kept."""

import datetime

from .models.need import Need
from .models.proposal import Proposal
from .models.report import Report
from .models.suggestion import Suggestion
from .rate_limit import delete_posters

#: For how many days after it is closed an address is kept that somebody left to hear back.
NEWS_DAYS = 90
#: For how many days what was set aside is kept, from when somebody last touched it.
SET_ASIDE_DAYS = 90


def tidy_up(today: datetime.date) -> dict[str, int]:
    """Erase all that is too old on a day; how much of what.

    Every mark of who sent a form goes, also today's: run once a day, none is ever older than 24 hours.
    """
    closed_before = today - datetime.timedelta(days=NEWS_DAYS)
    addresses = sum(
        model.objects.filter(closed_on__lte=closed_before).exclude(email="").update(email="")
        for model in (Report, Proposal, Suggestion)
    )
    too_old = today - datetime.timedelta(days=SET_ASIDE_DAYS)
    set_aside = {
        f"{kind} set aside": model.objects.filter(is_set_aside=True, updated_at__date__lte=too_old).delete()[0]
        for kind, model in (("Reports", Report), ("Suggestions", Suggestion), ("Needs", Need))
    }
    return {"E-mail addresses": addresses, **set_aside, "Marks of who sent a form": delete_posters()}
