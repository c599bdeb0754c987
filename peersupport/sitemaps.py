"""Sitemaps for search engines, by kind: what is listed, each with the day on which it last changed."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from common.cached_urls import reverse_slug
from groups.models import SupportGroup
from groups.search.index.types import IndexQuery
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation, PeerRole

Row = dict[str, Any]
if TYPE_CHECKING:
    _SitemapOfPages = Sitemap[str]
    _SitemapOfRows = Sitemap[Row]
else:
    _SitemapOfPages = _SitemapOfRows = Sitemap

#: Pages that are one each, and no form.
PAGES = (
    *("home", "about", "for_professionals", "family_and_friends", "help_now", "contact", "listing_policy"),
    *("privacy", "accessibility", "data", "groups:group_list", "groups:area_list", "groups:start_a_group"),
    *("organisations:organisation_list", "organisations:role_list", "organisations:training_list"),
    *("organisations:event_list", "organisations:peer_support", "groups:term_list"),
)


class _Pages(_SitemapOfPages):
    def items(self) -> Sequence[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class _Rows(_SitemapOfRows):
    """Rows as {"slug", "updated_at"}; a file of it has few enough to be made within one answer."""

    limit = 2000
    view = ""

    def location(self, item: Row) -> str:
        return reverse_slug(self.view, item["slug"])

    def lastmod(self, item: Row) -> datetime.datetime | None:
        return item.get("updated_at")

    def rows(self) -> Any:
        """Return the queryset of what is listed; None of what is no row with a time of its last change."""
        return None

    def items(self) -> Any:
        return self.rows().order_by("pk").values("slug", "updated_at")

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Return when any last changed, for the index of sitemaps: Django would read all rows."""
        rows = self.rows()
        return None if rows is None else rows.aggregate(last=Max("updated_at"))["last"]


class _InFiles(Sequence[Row]):
    """Rows by key, of which the keys are in memory: the database need not count those before a file, nor all."""

    def __init__(self, rows: Any, keys: Sequence[int]) -> None:
        self._rows, self._keys = rows, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: Any) -> Any:
        """Return the rows of a slice of the keys, and any that has been added between them since."""
        keys = self._keys[part]
        return list(self._rows.filter(pk__gte=keys[0], pk__lte=keys[-1])) if keys else []


class _Groups(_Rows):
    view = "groups:group_detail"

    def rows(self) -> Any:
        return SupportGroup.objects.listed(timezone.localdate())

    def items(self) -> Sequence[Row]:
        index = current_snapshot().index
        return _InFiles(super().items(), sorted(index.pks(index.matching(IndexQuery(), timezone.now()))))


class _Organisations(_Rows):
    view = "organisations:organisation_detail"

    def rows(self) -> Any:
        return Organisation.objects.published()


class _Roles(_Rows):
    view = "organisations:role_detail"

    def rows(self) -> Any:
        return PeerRole.objects.listed(timezone.localdate())


class _Areas(_Rows):
    """The areas that have groups. When their pages last changed is not known."""

    view = "groups:area_detail"

    def items(self) -> Any:
        snapshot = current_snapshot()
        having = snapshot.index.areas()
        return [{"slug": area.slug} for area in snapshot.lookups.areas if area.pk in having]


SITEMAPS: dict[str, Any] = {
    "pages": _Pages,
    "areas": _Areas,
    "groups": _Groups,
    "organisations": _Organisations,
    "roles": _Roles,
}
