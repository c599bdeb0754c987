"""iCalendar feeds of a group, an organisation or an area. Programs ask for them each hour: most answers are cached."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.cache_dependencies import CacheDependencies, with_cache_dependencies
from common.models.content_version import PLACES, SITE, organisation_version
from common.slots import costly
from organisations.models import Organisation
from organisations.views import listing_at
from places.models import Area

from ..areas.whats_on import groups_of_area
from ..models import SupportGroup
from ..search.snapshot.snapshot import DirectorySnapshot, current_snapshot
from .feed import Feed, render_calendar


@require_safe
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of a group; without events if its dates are not public."""
    group = listing_at(SupportGroup.objects.published().of_listed_organisations().with_last_check().for_cards(), slug)
    if group.slug != slug:
        return redirect("groups:group_calendar", group.slug, permanent=True)
    dates = group.card_dates()
    about = "" if dates.rows else " ".join(dates.notes)
    feed = Feed(group.page_title, group.get_absolute_url(), [group], about)
    # When its last meeting has begun, the description says that there are no more.
    until = group.next_beginning(timezone.now())
    dependencies = _of_organisation(group.organisation_id, [group], until)
    return _calendar_response(request, feed, group.slug, dependencies)


@require_safe
@costly(lambda request, slug: reverse("organisations:organisation_detail", args=[slug]))
def organisation_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of all listed groups of an organisation."""
    organisation = listing_at(Organisation.objects.published(), slug)
    if organisation.slug != slug:
        return redirect("groups:organisation_calendar", organisation.slug, permanent=True)
    listed = SupportGroup.objects.filter(organisation=organisation).listed(timezone.localdate())
    groups = list(listed.with_last_check().for_cards())
    feed = Feed(organisation.name, organisation.get_absolute_url(), groups)
    return _calendar_response(request, feed, organisation.slug, _of_organisation(organisation.pk, groups))


@require_safe
@costly(lambda request, slug: reverse("groups:area_detail", args=[slug]))
def area_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the calendar of an area; of one with too many groups, no events and a description that says so."""
    area, snapshot = get_object_or_404(Area, slug=slug), current_snapshot()
    feed = feed_of_area(area)
    return _calendar_response(request, feed, area.slug, _dependencies((SITE,), feed.groups, snapshot))


def feed_of_area(area: Area) -> Feed:
    """Return the input of the calendar of an area."""
    groups = groups_of_area(area, current_snapshot())
    return Feed(
        f"Groups in {area.name}",
        reverse("groups:area_week", args=[area.slug]),
        groups or [],
        "" if groups is not None else "Too many groups meet here for one calendar. Choose a smaller area.",
    )


def _calendar_response(
    request: HttpRequest, feed: Feed, filename: str, dependencies: CacheDependencies | None
) -> HttpResponse:
    text = render_calendar(feed, request.build_absolute_uri, timezone.localdate())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return with_cache_dependencies(response, dependencies)


def _of_organisation(
    organisation: int, groups: Iterable[SupportGroup], until: datetime.datetime | None = None
) -> CacheDependencies | None:
    """Return what a calendar of groups of one organisation depends on; None as `_dependencies`."""
    versions = organisation_version(organisation), PLACES
    found = _dependencies(versions, groups, current_snapshot())
    return found and replace(found, organisations=frozenset([organisation]), until=until)


def _dependencies(
    versions: tuple[str, ...], groups: Iterable[SupportGroup], snapshot: DirectorySnapshot
) -> CacheDependencies | None:
    """Return what a calendar of some groups depends on; None while the directory is stale, or if one has ended.

    The groups of an area are those of the directory in memory, so `snapshot` is from before they were read.
    """
    if not snapshot.is_current:
        return None
    try:
        hidden = {group.pk: snapshot.index.has("is_hidden", group.pk) for group in groups}
    except KeyError:
        return None
    return CacheDependencies(versions, hidden)
