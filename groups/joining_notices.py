"""Notices for staff where visitors read "contact first" instead of "just come along": the address is confidential."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from .choices import Joining
from .models import SupportGroup, Venue

_SHOWN = f"“{Joining.CONTACT_FIRST.label}”"
_ANSWERED = f"“{Joining.JUST_COME.label}”"
#: The most groups that a message names.
MOST_NAMED = 20


def joining_notice(group: SupportGroup, schedules: Iterable[Any] | None = None) -> str:
    """Return the notice for a group with the given schedules, or its own; "" if visitors read the editor's answer."""
    patterns = group.schedules.all() if schedules is None else schedules
    if group.public_joining_with(patterns) == group.joining:
        return ""
    reason = f"People read {_SHOWN} here, because the address is confidential: nobody could just come."
    if not group.shows_dates:
        return reason
    return f"{reason} To show {_ANSWERED}, choose a public venue for each regular time, where new people are met."


def groups_shown_as_contact_first(venue: Venue) -> list[SupportGroup]:
    """Return the groups whose "just come along" is hidden if the venue is confidential, whether or not it is now."""
    keys = SupportGroup.objects.meeting_at(venue).filter(joining=Joining.JUST_COME).values("pk")
    groups = SupportGroup.objects.for_cards().filter(pk__in=keys).order_by("name", "pk")
    found = []
    for group in groups:
        for place in (group.venue, *(schedule.venue for schedule in group.schedules.all())):
            if place is not None and place.pk == venue.pk:
                place.address_is_confidential = True
        if group.public_joining != group.joining:
            found.append(group)
    return found


def venue_notice(venue: Venue) -> str:
    """Return how many groups are affected by making a venue confidential, as a sentence; "" if none are."""
    number = len(groups_shown_as_contact_first(venue))
    if not number:
        return ""
    groups = "1 group that meets here says" if number == 1 else f"{number} groups that meet here say"
    when = "Because this is ticked" if venue.address_is_confidential else "If you tick this"
    return f"{groups} {_ANSWERED}. {when}, people read {_SHOWN} instead."


def warn_of_joining(request: HttpRequest, groups: Iterable[SupportGroup]) -> None:
    """Add a message that names the groups of which visitors read "contact first"."""
    names = [f"“{group.name}”" for group in groups]
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        messages.warning(
            request,
            f"The address is confidential, so people read {_SHOWN} and not {_ANSWERED} at "
            f"{', '.join(names[:MOST_NAMED])}{more}.",
        )
