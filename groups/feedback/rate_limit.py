"""Daily rate limit of public forms for each client network, counted by keyed digest so that no address is stored."""

import datetime

from common.rate_limit import RateLimit
from common.requests import client_network

_DAY = datetime.timedelta(days=1)
#: Submissions from one network in a day. A library or a hospital has one address for many people.
A_DAY = RateLimit("form", 20, _DAY)
#: Submissions from one network about one subject in a day.
ABOUT_ONE = RateLimit("form", 3, _DAY)


def allow_submission(address: str, subject: str, today: datetime.date) -> bool:
    """Return whether a submission about `subject` is within the limits of its network, and count it.

    All unknown addresses count as one network.
    """
    network = client_network(address)
    # Asked first: a network over its limit must not add a row for each subject.
    if A_DAY.is_reached(network, today):
        return False
    return ABOUT_ONE.allow(f"{network} {subject}", today) and A_DAY.allow(network, today)
