"""Alternatives to the groups of an area: one-to-one support, and organisations."""

from collections.abc import Callable
from dataclasses import dataclass
from sys import getsizeof
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from common.bounded_cache import CACHE
from common.compiled_queries import rows_of
from common.rendering import render_jinja
from organisations.models import Organisation, PeerRole
from places.models import Area

from ..search.snapshot.hot_queries import state_of_request
from ..search.snapshot.snapshot import DirectorySnapshot
from .support_table import support_table

#: The most roles, and the most organisations, that a page lists.
MOST_ROLES, MOST_ORGANISATIONS = 3, 3


class SupportItem(NamedTuple):
    """A role or an organisation, as other support of any area shows it."""

    html: SafeString
    #: The key of the organisation that it names.
    organisation: int


@dataclass(frozen=True)
class OtherSupport:
    """Peer support in an area other than groups: one-to-one roles, and organisations to ask."""

    area: Area
    roles: list[SupportItem]
    organisations: list[SupportItem]
    has_more_roles: bool = False
    has_more_organisations: bool = False

    @property
    def html(self) -> SafeString:
        """The rendered component, the same on every page about the area; "" for none."""
        if not (self.roles or self.organisations):
            return SafeString("")
        return render_jinja("components/other_support.jinja", area=self.area, other=self)


def _keys(area: Area, snapshot: DirectorySnapshot) -> tuple[list[int], list[int]]:
    """Return the keys of the one-to-one roles that serve an area, and of its organisations without a listed group.

    One more than is shown tells whether there are more.
    """
    table = support_table(snapshot)
    return table.roles(area.pk, MOST_ROLES + 1), table.organisations(area.pk, snapshot, MOST_ORGANISATIONS + 1)


def _read(area: Area, roles: list[int], organisations: list[int], version: int) -> OtherSupport:
    """Return what is shown of some keys, of which the last is that of one more."""
    return OtherSupport(
        area,
        _items("role", roles[:MOST_ROLES], version, _read_roles),
        _items("organisation", organisations[:MOST_ORGANISATIONS], version, _read_organisations),
        len(roles) > MOST_ROLES,
        len(organisations) > MOST_ORGANISATIONS,
    )


def _items(
    kind: str, keys: list[int], version: int, read: Callable[[list[int]], dict[int, SupportItem]]
) -> list[SupportItem]:
    """Return the published items among some keys, in their order. Items new in this version are read.

    A role or an organisation that serves a county is on the pages of each of its districts.
    """
    cached = {key: CACHE.get(("support item", kind, version, key)) for key in keys} if version else {}
    found: dict[int, SupportItem] = {key: item for key, item in cached.items() if item is not None}
    if missing := [key for key in keys if key not in found]:
        made = read(missing)
        found |= made
        for key, item in made.items() if version else ():
            CACHE.put(("support item", kind, version, key), item, getsizeof(item.html))
    return [found[key] for key in keys if key in found]


def _read_roles(keys: list[int]) -> dict[int, SupportItem]:
    return {
        role.pk: SupportItem(render_jinja("components/role_card.jinja", role=role, heading="h4"), role.organisation_id)
        for role in rows_of(_roles, keys)
    }


def _read_organisations(keys: list[int]) -> dict[int, SupportItem]:
    return {
        row.pk: SupportItem(render_jinja("components/organisation_to_ask.jinja", organisation=row), row.pk)
        for row in rows_of(_organisations, keys)
    }


class RenderedSupport(NamedTuple):
    """Other support, rendered: the instances would take 20 times the memory."""

    #: "" for none.
    html: SafeString = SafeString("")
    #: The keys of the organisations that it names.
    organisations: frozenset[int] = frozenset()


def organisations_serving(area: Area, snapshot: DirectorySnapshot) -> frozenset[int]:
    """Return the keys of the published organisations that serve an area."""
    return support_table(snapshot).serving(area.pk)


def cached_support(area: Area, snapshot: DirectorySnapshot) -> RenderedSupport:
    """Return the rendered other support of an area, cached while its contents are the same.

    An edit of a group changes it only if its organisation has none or one.
    """
    roles, organisations = _keys(area, snapshot)
    if not (roles or organisations):
        return RenderedSupport()

    # A database without triggers has no version. In DEBUG nothing is cached.
    version = 0 if settings.DEBUG else state_of_request().support

    def render() -> RenderedSupport:
        support = _read(area, roles, organisations, version)
        named = (item.organisation for item in (*support.roles, *support.organisations))
        return RenderedSupport(support.html, frozenset(named))

    if not version:
        return render()
    key = ("support", area.name, version, snapshot.index.today, *roles, None, *organisations)
    rendered: RenderedSupport = CACHE.get_or_make(
        key, render, lambda row: getsizeof(row.html) + getsizeof(row.organisations)
    )
    return rendered


def _roles(keys: list[int]) -> QuerySet[PeerRole]:
    roles: QuerySet[PeerRole] = PeerRole.objects.published().filter(pk__in=keys).select_related("organisation")
    return roles.only("title", "slug", "summary", "support_route", "recruiting", "pay", "organisation__name").order_by()


def _organisations(keys: list[int]) -> QuerySet[Organisation]:
    rows: QuerySet[Organisation] = Organisation.objects.published().not_ended().filter(pk__in=keys)
    return rows.only("name", "slug", "summary").order_by()
