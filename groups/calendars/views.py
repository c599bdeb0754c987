"""iCalendar feeds of a group, an organisation or an area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from common.slots import costly
from organisations.models import Organisation
from organisations.views import listing_at
from places.models import Area

from ..areas.whats_on import groups_of_area
from ..models import SupportGroup
from ..search.snapshot.snapshot import current_snapshot
from .feed import Feed, render_calendar


@require_safe
@conditional_page
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of a group; without events if its dates are not public."""
    group = listing_at(SupportGroup.objects.published().of_listed_organisations().with_last_check().for_cards(), slug)
    if group.slug != slug:
        return redirect("groups:group_calendar", group.slug, permanent=True)
    dates = group.card_dates()
    about = "" if dates.rows else " ".join(dates.notes)
    return _calendar_response(request, Feed(group.page_title, group.get_absolute_url(), [group], about), group.slug)


@require_safe
@costly(lambda request, slug: reverse("organisations:organisation_detail", args=[slug]))
@conditional_page
def organisation_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of all listed groups of an organisation."""
    organisation = listing_at(Organisation.objects.published(), slug)
    if organisation.slug != slug:
        return redirect("groups:organisation_calendar", organisation.slug, permanent=True)
    groups = SupportGroup.objects.filter(organisation=organisation).listed(timezone.localdate())
    feed = Feed(organisation.name, organisation.get_absolute_url(), groups.with_last_check().for_cards())
    return _calendar_response(request, feed, organisation.slug)


@require_safe
@costly(lambda request, slug: reverse("groups:area_detail", args=[slug]))
@conditional_page
def area_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of an area; of one with too many groups, no events and a description that says so."""
    area = get_object_or_404(Area, slug=slug)
    return _calendar_response(request, feed_of_area(area), area.slug)


def feed_of_area(area: Area) -> Feed:
    """Return the input of the calendar of an area."""
    groups = groups_of_area(area, current_snapshot())
    return Feed(
        f"Groups in {area.name}",
        reverse("groups:area_week", args=[area.slug]),
        groups or [],
        "" if groups is not None else "Too many groups meet here for one calendar. Choose a smaller area.",
    )


def _calendar_response(request: HttpRequest, feed: Feed, filename: str) -> HttpResponse:
    text = render_calendar(feed, request.build_absolute_uri, timezone.localdate())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response
