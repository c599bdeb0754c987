"""Atom feeds of an area and of a search: new groups, changes of time or place, groups that ended."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from sys import getsizeof
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from common.bounded_cache import CACHE
from common.page_addresses import page_address
from places.models import Area

from ..group_reader import read_entries
from ..models import SupportGroup
from ..search.active_filters import query_without
from ..search.forms import GroupSearchForm
from .changes import DAYS, Change, latest_changes
from .selection import MOST, FeedGroups, groups_of_area, groups_of_search


@dataclass(frozen=True)
class Entry:
    """The latest change of a group, shown with the group as it is now."""

    group: SupportGroup
    change: Change


@dataclass(frozen=True)
class FeedPage:
    """A feed: the title and URL of its page, its own URL, and its entries."""

    title: str
    page: str
    address: str
    entries: Sequence[Entry] = ()


if TYPE_CHECKING:
    _Feed = Feed[Entry, FeedPage]
else:
    _Feed = Feed


class AtomFeed(Atom1Feed):
    """An Atom feed of entries that are encoded already; it is the same while they are.

    Without entries, it was last updated when its period began.
    """

    entries: Sequence[str] = ()
    changed_at: datetime.datetime | None = None

    def latest_post_date(self) -> datetime.datetime:
        if self.changed_at is not None:
            return self.changed_at
        first = timezone.localdate() - datetime.timedelta(days=DAYS)
        return datetime.datetime.combine(first, datetime.time(), datetime.UTC)

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        for entry in self.entries:
            # The entries are XML already: this is the only method of the handler that does not escape.
            handler.ignorableWhitespace(entry)

    def encoded_items(self) -> list[str]:
        """Return the entries of its items, encoded."""
        return [self._encoded(item) for item in self.items]

    def _encoded(self, item: dict[str, Any]) -> str:
        out = StringIO()
        handler: Any = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        handler.startElement("entry", self.item_attributes(item))
        self.add_item_elements(handler, item)
        handler.endElement("entry")
        return out.getvalue()


class ChangesFeed(_Feed):
    """Changes of some groups, each group once: its entry is the same until it changes again."""

    feed_type = AtomFeed
    language = settings.LANGUAGE_CODE

    def title(self, page: FeedPage) -> str:
        return f"{page.title}: changes | {settings.SITE_NAME}"

    def subtitle(self, page: FeedPage) -> str:
        return "New groups, changes of time or place, and groups that ended."

    def link(self, page: FeedPage) -> str:
        return page.page

    def feed_url(self, page: FeedPage) -> str:
        return page.address

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def items(self, page: FeedPage) -> Sequence[Entry]:
        return page.entries

    def item_title(self, item: Entry) -> str:
        return f"{item.change.kind.value}: {item.group.page_title}"

    def item_description(self, item: Entry) -> str:
        group = item.group
        lines = [group.summary, *([group.stage_flag] if group.stage_flag else []), *group.when, group.where]
        if group.can_be_visited:
            lines.append(f"{group.joining_label}.")
        return format_html_join("", "<p>{}</p>", ([line] for line in lines if line))

    def item_link(self, item: Entry) -> str:
        return item.group.get_absolute_url()

    def item_guid(self, item: Entry) -> str:
        # An id for each change, so that readers show it: many skip a known id even if the entry is newer.
        return f"{item.group.public_id.urn}:{item.change.at:%Y%m%dT%H%M%SZ}"

    def item_pubdate(self, item: Entry) -> datetime.datetime:
        return item.change.at

    item_updateddate = item_pubdate


_feed = ChangesFeed()


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
    page, address = (f"{page_address(name)}?{query}" for name in ("groups:group_list", "groups:search_feed"))
    return _answer(request, FeedPage(form.query.heading, page, address), groups_of_search(form))


def _answer(request: HttpRequest, page: FeedPage, groups: FeedGroups) -> HttpResponse:
    today, snapshot = timezone.localdate(), groups.snapshot
    changes = latest_changes(groups.keys, groups.newest, today, MOST)
    # An entry shows what a card shows, so it is as old as the group in the snapshot.
    origin = request.scheme, request.get_host()
    keys = {change: ("entry", *origin, today, *snapshot.reading(change.group), change) for change in changes}
    # While the snapshot is reloaded, it is unknown which entries are stale.
    cached = {change: CACHE.get(key) for change, key in keys.items()} if snapshot.is_current else {}
    encoded = {change: entry for change, entry in cached.items() if entry is not None}
    rows = read_entries([change.group for change in changes if change not in encoded])
    made = [Entry(rows[change.group], change) for change in changes if change.group in rows]
    feed: Any = _feed.get_feed(replace(page, entries=made), request)
    for entry, text in zip(made, feed.encoded_items(), strict=True):
        encoded[entry.change] = text
        if snapshot.is_current:
            CACHE.put(keys[entry.change], text, getsizeof(text))
    shown = [change for change in changes if change in encoded]
    feed.entries = [encoded[change] for change in shown]
    feed.changed_at = shown[0].at if shown else None
    return HttpResponse(feed.writeString("utf-8"), content_type=AtomFeed.content_type)
