"""Hold cached answers to fresh ones at random addresses, while random edits go on and the clock walks on."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.bounded_cache import CACHE
from groups.models import SupportGroup, Venue
from groups.search.snapshot.snapshot import invalidate
from organisations.models import Contact, Organisation, PeerRole
from places.models import Area, Town
from tests.factories import days_ago, make_schedule, make_venue

#: Searches have these words, or none.
_WORDS = ["", "", "", "art", "anxiety", "thursday"]
#: Minutes that pass between one address and the next.
_MINUTES = [0, 0, 0, 0, 1, 7, 30, 240]
#: How many addresses are asked between the first answer of one and the next, which may be cached.
BEHIND = 10
#: After so many comparisons the directory in memory is read anew for the fresh answer, too.
_READ_ANEW = 100


def addresses(areas: list[Area], towns: list[Town]) -> list[str]:
    """Return the addresses of every listing, of pages, feeds and frames of some areas, and of searches there."""
    listings = [*SupportGroup.objects.published().order_by("pk"), *Organisation.objects.published().order_by("pk")]
    listings += [*PeerRole.objects.published().order_by("pk"), *Venue.objects.order_by("pk")]
    found = [listing.get_absolute_url() for listing in listings]
    found += [f"{url}calendar.ics" for url in found if url.startswith(("/groups/", "/organisations/"))]
    names = ("home", "groups:area_list", "organisations:event_list", "organisations:peer_support", "help_now")
    found += [reverse(name) for name in (*names, "groups:group_list", "organisations:organisation_list")]
    pages = [f"groups:area_{page}" for page in ("detail", "week", "feed", "embed", "calendar", "print")]
    found += [reverse(page, args=[area.slug]) for area in areas for page in pages]
    choices = ("", "&day=thursday&near=&q=", "&joining=just-come&sort=soonest")
    found += [f"{reverse('groups:group_list')}?area={area.slug}{choice}" for area in areas for choice in choices]
    chance = Random(len(towns))
    for town in towns:
        asked = {"near": str(town), "q": chance.choice(_WORDS), "within": chance.choice(["5", "25", ""])}
        found.append(
            f"{reverse('groups:group_list')}?{urlencode({name: text for name, text in asked.items() if text})}"
        )
    return found


def get(address: str, **headers: str) -> bytes:
    return Client().get(address, headers={"accept-encoding": "gzip", **headers}).content


def text(address: str) -> str:
    response = Client().get(address)
    return f"{response.status_code} {response.content.decode()}"


def text_now(address: str) -> str:
    """Return the page as it is made with nothing cached, and leave in the cache what was there."""
    entries, size = dict(CACHE._entries), CACHE.size
    CACHE.clear()
    page = text(address)
    CACHE.clear()
    CACHE._entries.update(entries)
    CACHE.size = size
    return page


class Clock:
    """A clock that only `pass_minutes` moves."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime.datetime:
        return self.moment

    def pass_minutes(self, minutes: int) -> None:
        self.moment += datetime.timedelta(minutes=minutes)


@contextmanager
def clock(moment: datetime.datetime) -> Iterator[Clock]:
    """Put a clock that stands still at a moment in the place of the site's."""
    stands = Clock(moment.astimezone(datetime.UTC))
    with patch("django.utils.timezone.now", stands):
        yield stands


def edit(chance: Random, groups: list[int]) -> None:
    """Write something at random about one of some groups, or its organisation."""
    group = SupportGroup.objects.get(pk=chance.choice(groups))
    group_row, organisation = SupportGroup.objects.filter(pk=group.pk), group.organisation
    edits = [
        lambda: group_row.update(summary=f"Example {chance.random()}"),
        lambda: group_row.update(joining=chance.choice(["closed", "not said"])),
        lambda: group_row.update(publication=chance.choice(["draft", "published"])),
        lambda: group_row.update(venue=make_venue(town=chance.choice(["Chard", "Margate"]))),
        lambda: group_row.update(stage=chance.choice(["running", "paused"])),
        lambda: Organisation.objects.filter(pk=organisation.pk).update(summary=f"Example {chance.random()}"),
        lambda: Contact.objects.filter(organisation=organisation).update(is_released=chance.random() < 0.5),
        lambda: Venue.objects.filter(pk=group.venue_id).update(address_is_confidential=chance.random() < 0.5),
        lambda: PeerRole.objects.filter(organisation=organisation).update(
            publication=chance.choice(["draft", "published"])
        ),
        lambda: group.checks.create(checked_on=days_ago(chance.randrange(300)), checked_by="phone"),
        lambda: group.schedules.all().delete(),
        lambda: make_schedule(group, **meeting_soon(chance)),
        lambda: None,
    ]
    # What the constraints of the table refuse is no edit.
    with suppress(IntegrityError), transaction.atomic():
        chance.choice(edits)()


def meeting_soon(chance: Random) -> dict[str, Any]:
    """Return the columns of a weekly meeting that began or begins at most two hours from now."""
    begins = timezone.localtime() + datetime.timedelta(minutes=15 * chance.randrange(-8, 8))
    ends = begins + datetime.timedelta(minutes=90)
    same_day = begins.date() == ends.date()
    return {
        "weekday": begins.weekday(),
        "starts_at": begins.time(),
        "ends_at": ends.time() if same_day else None,
    }


def compare(asked: list[str], stands: Clock, seed: int = 1) -> list[str]:
    """Ask for some addresses, with edits and minutes between, and for each again.

    Return those that were not fresh, each with the time by the clock.
    """
    chance, differing = Random(seed), []
    groups = list(SupportGroup.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(len(asked) + BEHIND):
        for address in asked[number : number + 1]:
            text(address)
        if chance.random() < 0.3:
            edit(chance, groups)
        stands.pass_minutes(chance.choice(_MINUTES))
        if number >= BEHIND:
            address = asked[number - BEHIND]
            again = text(address)
            if number % _READ_ANEW == 0:
                invalidate()
            if again != text_now(address):
                differing.append(f"{timezone.localtime():%a %d %B %H:%M} {address}")
    return differing
