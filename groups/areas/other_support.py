"""Alternatives to the groups of an area: one-to-one support, and organisations."""

from dataclasses import dataclass
from sys import getsizeof
from typing import NamedTuple

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


@dataclass(frozen=True)
class OtherSupport:
    """Peer support in an area other than groups: one-to-one roles, and organisations to ask."""

    area: Area
    roles: list[PeerRole]
    organisations: list[Organisation]
    has_more_roles: bool = False
    has_more_organisations: bool = False

    @property
    def html(self) -> SafeString:
        """The rendered component, the same on every page about the area; "" for none."""
        if not (self.roles or self.organisations):
            return SafeString("")
        return render_jinja("components/other_support.jinja", area=self.area, other=self)


def other_support(area: Area, snapshot: DirectorySnapshot) -> OtherSupport:
    """Return the one-to-one peer roles that serve an area, and its organisations without a listed group."""
    return _read(area, *_keys(area, snapshot))


def _keys(area: Area, snapshot: DirectorySnapshot) -> tuple[list[int], list[int]]:
    """Return the keys of roles and of organisations. One more than is shown tells whether there are more."""
    table = support_table(snapshot)
    return table.roles(area.pk, MOST_ROLES + 1), table.organisations(area.pk, snapshot, MOST_ORGANISATIONS + 1)


def _read(area: Area, roles: list[int], organisations: list[int]) -> OtherSupport:
    """Return what is shown of some keys, of which the last is that of one more."""
    role_rows = {role.pk: role for role in rows_of(_roles, roles[:MOST_ROLES])}
    rows = {organisation.pk: organisation for organisation in rows_of(_organisations, organisations)}
    return OtherSupport(
        area,
        [role_rows[key] for key in roles[:MOST_ROLES] if key in role_rows],
        [rows[key] for key in organisations[:MOST_ORGANISATIONS] if key in rows],
        len(roles) > MOST_ROLES,
        len(organisations) > MOST_ORGANISATIONS,
    )


class RenderedSupport(NamedTuple):
    """Other support as pages show it. The instances would be 20 times as large."""

    #: "" for none.
    html: SafeString = SafeString("")
    #: The keys of the organisations that it names.
    organisations: frozenset[int] = frozenset()


def cached_support(area: Area, snapshot: DirectorySnapshot) -> RenderedSupport:
    """Return `other_support` rendered, from the cache of this process while the same is shown.

    An edit of a group changes it only if its organisation has none or one.
    """
    roles, organisations = _keys(area, snapshot)
    if not (roles or organisations):
        return RenderedSupport()

    def render() -> RenderedSupport:
        support = _read(area, roles, organisations)
        owners = [role.organisation_id for role in support.roles] + [row.pk for row in support.organisations]
        return RenderedSupport(support.html, frozenset(owners))

    version = state_of_request().support
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
    return Organisation.objects.published().filter(pk__in=keys).only("name", "slug", "summary").order_by()
