"""Groups that have a poster, a door sheet, both or neither, and the addresses of those."""

from django.urls import reverse

from organisations.choices import Publication
from tests.factories import days_ago, make_group, make_organisation, make_venue


def poster_url(group) -> str:
    return reverse("groups:group_poster", args=[group.slug])


def door_sheet_url(group) -> str:
    return reverse("groups:group_door_sheet", args=[group.slug])


def withdrawn(**fields):
    organisation = make_organisation()
    organisation.publication = Publication.WITHDRAWN
    organisation.save()
    return make_group(organisation=organisation, venue=make_venue(), **fields)


HAVE_NONE = {
    "draft": lambda: make_group(venue=make_venue(), draft=True),
    "closed": lambda: make_group(venue=make_venue(), closed=True),
    "ended": lambda: make_group(venue=make_venue(), ended=True),
    "lapsed": lambda: make_group(venue=make_venue(), checked=days_ago(600)),
    "of an organisation that is not listed": withdrawn,
}
HAVE_A_POSTER_ONLY = {
    "confidential venue": lambda: make_group(confidential=True),
    "venue not known": lambda: make_group(town="Chard"),
    "online": lambda: make_group(online=True),
    "stands for several": lambda: make_group(venue=make_venue(), stands_for_several=True),
}
HAVE_BOTH = {
    "running": lambda: make_group(venue=make_venue()),
    "on a break": lambda: make_group(venue=make_venue(), paused=True),
    "being set up": lambda: make_group(venue=make_venue(), forming=True),
}
BY_STATUSES = {(404, 404): HAVE_NONE, (200, 404): HAVE_A_POSTER_ONLY, (200, 200): HAVE_BOTH}
GROUPS = [(make, expected) for expected, groups in BY_STATUSES.items() for make in groups.values()]
NAMES = [name for groups in BY_STATUSES.values() for name in groups]
