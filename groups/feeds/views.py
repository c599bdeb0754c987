"""Atom feeds of an area and of a search: new groups, changes of time or place, groups that ended."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from sys import getsizeof

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe
from markupsafe import escape

from common.bounded_cache import CACHE
from common.cached_urls import cached_reverse
from common.rendering import render_format
from common.structured_data import site_url
from places.models import Area

from ..group_reader import read_entries
from ..models import SupportGroup
from ..search.active_filters import query_without
from ..search.forms import GroupSearchForm
from .changes import Change, beginning, latest_changes
from .selection import MOST, FeedGroups, groups_of_area, groups_of_search

#: Control characters, which no XML document may have.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class FeedPage:
    """A feed: the title and URL of its page, and its own URL."""

    title: str
    page: str
    address: str


class AtomFeed(Atom1Feed):
    """An Atom feed of entries that are encoded already; it is the same while they are.

    Without entries, it was last updated when its period began.
    """

    entries: Sequence[str] = ()
    changed_at: datetime.datetime | None = None

    def latest_post_date(self) -> datetime.datetime:
        if self.changed_at is not None:
            return self.changed_at
        return beginning(timezone.localdate())

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        for entry in self.entries:
            # The entries are XML already: this is the only method of the handler that does not escape.
            handler.ignorableWhitespace(entry)


def _new_feed(page: FeedPage, request: HttpRequest) -> AtomFeed:
    """Return a feed without entries."""
    site = site_url(request)
    return AtomFeed(
        title=f"{page.title}: changes | {settings.SITE_NAME}",
        link=f"{site}{page.page}",
        description="",
        subtitle="New groups, changes of time or place, and groups that ended.",
        language=settings.LANGUAGE_CODE,
        feed_url=f"{site}{page.address}",
        author_name=str(settings.SITE_NAME),
    )


def encode_entry(group: SupportGroup, change: Change, site: str) -> str:
    """Return the entry of the latest change of a group, which is shown as it is now."""
    lines = [group.summary, group.stage_flag, *group.when, group.where]
    if group.can_be_visited:
        lines.append(f"{group.joining_label}.")
    paragraphs = str(escape("\n".join(filter(None, lines)))).replace("\n", "</p><p>")
    at = rfc3339_date(change.at)
    texts = {
        "title": f"{change.kind}: {group.page_title}",
        "link": f"{site}{group.get_absolute_url()}",
        "at": at,
        # An id for each change, so that readers show it: many skip a known id even if the entry is newer.
        "id": f"{group.public_id.urn}:{at[:19].replace('-', '').replace(':', '')}Z",
        "summary": f"<p>{paragraphs}</p>",
    }
    entry = render_format("groups/feeds/entry.jinja", texts, ()).strip()
    return entry if entry.isprintable() else _NOT_XML.sub("", entry)


@require_safe
@conditional_page
def area_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the feed of an area: of the groups that meet there or serve it."""
    area = get_object_or_404(Area, slug=slug)
    page = FeedPage(f"Groups in {area.name}", reverse("groups:area_detail", args=[slug]), request.path)
    return _answer(request, page, groups_of_area(area))


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of a search, which links itself by sector; 404 for an ambiguous place."""
    form = GroupSearchForm(request.GET)
    if form.query.place is None and form.candidates is not None:
        raise Http404("Several places have this name.")
    query = query_without(form, "page", "sort", "list")
    page, url = (f"{cached_reverse(name)}?{query}" for name in ("groups:group_list", "groups:search_feed"))
    return _answer(request, FeedPage(form.query.heading, page, url), groups_of_search(form))


def _answer(request: HttpRequest, page: FeedPage, groups: FeedGroups) -> HttpResponse:
    today, snapshot = timezone.localdate(), groups.snapshot
    changes = latest_changes(groups, groups.newest(MOST), today, MOST)
    # An entry shows what a card shows, so it is as old as the group in the snapshot.
    origin = request.scheme, request.get_host()
    keys = {change.group: ("entry", *origin, today, *snapshot.reading(change.group), *change) for change in changes}
    # While the snapshot is reloaded, it is unknown which entries are stale.
    cached = {group: CACHE.get(key) for group, key in keys.items()} if snapshot.is_current else {}
    encoded = {group: entry for group, entry in cached.items() if entry is not None}
    rows = read_entries([group for group in keys if group not in encoded])
    site = site_url(request)
    for change in changes:
        group = rows.get(change.group)
        if group is not None:
            text = encoded[group.pk] = encode_entry(group, change, site)
            if snapshot.is_current:
                CACHE.put(keys[group.pk], text, getsizeof(text))
    feed = _new_feed(page, request)
    shown = [change for change in changes if change.group in encoded]
    feed.entries = [encoded[change.group] for change in shown]
    feed.changed_at = shown[0].at if shown else None
    return HttpResponse(feed.writeString("utf-8"), content_type=AtomFeed.content_type)
