"""Examples of how others use the data, made from the current directory: for one area that has groups."""

import json
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from groups.areas.page import CountedArea, all_areas
from groups.calendars.feed import render_calendar
from groups.calendars.views import feed_of_area
from groups.embeds.lines import embed_lines
from groups.open_referral.catalogue import Versions
from groups.open_referral.listings import organization_listing
from groups.open_referral.parameters import wanted
from places.models import Area

#: The most groups of the area: an example is short, and each group of its calendar takes some milliseconds.
MOST_GROUPS = 10
#: What the command of the example filters a calendar for, and how many lines of it are shown.
_PROPERTIES = ("SUMMARY", "DTSTART;", "LOCATION")
SHOWN_LINES = 9
#: What the Open Referral feed is asked in the example, and how many lines of the answer are shown.
_ONE_ORGANISATION, MOST_LINES = "per_page=1", 16


@dataclass(frozen=True)
class DataExamples:
    """The list, the feed and the calendar of an area, and the output of commands that read our data."""

    area: Area
    line: str
    frame: str
    feed: str
    calendar: str
    command: str
    #: The first lines that it prints; none where no date is public.
    answer: list[str]
    #: The same of the Open Referral feed.
    organisation_command: str
    organisation_answer: str


def data_examples(request: HttpRequest) -> DataExamples | None:
    """Return the examples of the area with the most groups up to a limit; None if no area has a group."""
    counted = [area for region in all_areas().regions for area in region.inside if area.count.meeting]
    if not counted:
        return None
    area = Area.objects.get(pk=min(counted, key=_order).area.pk)
    frame = reverse("groups:area_embed", args=[area.slug])
    calendar = request.build_absolute_uri(reverse("groups:area_calendar", args=[area.slug]))
    url = request.build_absolute_uri(f"{reverse('open_referral:organization_list')}?{_ONE_ORGANISATION}")
    lines = render_calendar(feed_of_area(area), request.build_absolute_uri, timezone.localdate()).decode().splitlines()
    return DataExamples(
        area=area,
        line=embed_lines(frame, f"Groups in {area.name}", request.build_absolute_uri)[0],
        frame=frame,
        feed=request.build_absolute_uri(reverse("groups:area_feed", args=[area.slug])),
        calendar=calendar,
        command=f"curl --silent {calendar} | grep -E '^({'|'.join(_PROPERTIES)})' | head -n {SHOWN_LINES}",
        answer=[line for line in lines if line.startswith(_PROPERTIES)][:SHOWN_LINES],
        organisation_command=f"curl --silent '{url}' | python3 -m json.tool --indent 2 | head -n {MOST_LINES}",
        organisation_answer="\n".join(_first_organisation().splitlines()[:MOST_LINES]),
    )


def _first_organisation() -> str:
    """Return what the Open Referral feed answers to the query of the example, as `json.tool` prints it."""
    listing = organization_listing(wanted(QueryDict(_ONE_ORGANISATION)), Versions())
    return json.dumps(json.loads(listing.page(1, 1)), indent=2)


def _order(counted: CountedArea) -> tuple[int, str]:
    meeting = counted.count.meeting
    return -meeting if meeting <= MOST_GROUPS else meeting, counted.area.name
