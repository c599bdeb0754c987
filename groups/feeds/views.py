"""Atom feeds of an area and of a search: new groups, changes of time or place, groups that ended."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.views.decorators.http import conditional_page, require_safe

from common.page_addresses import page_address
from places.models import Area

from ..group_reader import read_groups
from ..models import SupportGroup
from ..search.active_filters import query_without
from ..search.forms import GroupSearchForm
from .changes import DAYS, Change, latest_changes
from .found import groups_of_area, groups_of_search

#: The most entries of a feed.
MOST = 50


@dataclass(frozen=True)
class FeedPage:
    """What a feed is of: the title and address of its page, its own address, and the keys of its groups."""

    title: str
    page: str
    address: str
    groups: set[int]


@dataclass(frozen=True)
class Entry:
    """The latest change of a group, which is shown as it is now."""

    group: SupportGroup
    change: Change


if TYPE_CHECKING:
    _Feed = Feed[Entry, FeedPage]
else:
    _Feed = Feed


class SteadyAtomFeed(Atom1Feed):
    """An Atom feed that is the same while its entries are: without any, it was last changed when its days began."""

    def latest_post_date(self) -> datetime.datetime:
        if self.items:
            return super().latest_post_date()
        first = timezone.localdate() - datetime.timedelta(days=DAYS)
        return datetime.datetime.combine(first, datetime.time(), datetime.UTC)


class ChangesFeed(_Feed):
    """Changes of some groups, each group once: its entry is the same until it changes again."""

    feed_type = SteadyAtomFeed
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

    def items(self, page: FeedPage) -> list[Entry]:
        changes = latest_changes(page.groups, timezone.localdate(), MOST)
        groups = read_groups([change.group for change in changes])
        return [Entry(groups[change.group], change) for change in changes if change.group in groups]

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
        # Of the change, so that readers show it: many pass over an entry that they have, though it is newer.
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
    page = FeedPage(
        f"Groups in {area.name}", reverse("groups:area_detail", args=[slug]), request.path, groups_of_area(area)
    )
    return _answer(request, page)


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of a search, which links itself by sector; 404 for a place that may be several."""
    form = GroupSearchForm(request.GET)
    if form.query.place is None and form.candidates is not None:
        raise Http404("Several places have this name.")
    query = query_without(form, "page", "sort", "list")
    page, address = (f"{page_address(name)}?{query}" for name in ("groups:group_list", "groups:search_feed"))
    return _answer(request, FeedPage(form.query.heading, page, address, groups_of_search(form)))


def _answer(request: HttpRequest, page: FeedPage) -> HttpResponse:
    feed: Any = _feed.get_feed(page, request)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
