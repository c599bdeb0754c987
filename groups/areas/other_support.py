"""Alternatives to the groups of an area: one-to-one support, and organisations."""

import datetime
from dataclasses import dataclass
from sys import getsizeof
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from common.bounded_cache import CACHE
from common.rendering import render_component
from organisations.models import Organisation, PeerRole
from places.models import Area

from ..models import SupportGroup

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
        return render_component("components/other_support.html", area=self.area, other=self)


def other_support(area: Area, today: datetime.date) -> OtherSupport:
    """Return the one-to-one peer roles that serve an area, and its organisations without a listed group."""
    roles = PeerRole.objects.listed(today).giving_support().serving(area).select_related("organisation")
    has_groups = Exists(SupportGroup.objects.listed(today).filter(organisation=OuterRef("pk")))
    organisations = Organisation.objects.published().not_ended().serving(area).exclude(has_groups)
    # One more than is shown tells whether there are more.
    first_roles, first_organisations = list(roles[: MOST_ROLES + 1]), list(organisations[: MOST_ORGANISATIONS + 1])
    return OtherSupport(
        area,
        first_roles[:MOST_ROLES],
        first_organisations[:MOST_ORGANISATIONS],
        len(first_roles) > MOST_ROLES,
        len(first_organisations) > MOST_ORGANISATIONS,
    )


class RenderedSupport(NamedTuple):
    """Other support as pages show it. The instances would be 20 times as large."""

    #: "" for none.
    html: SafeString = SafeString("")
    #: The keys of the organisations that it names.
    organisations: frozenset[int] = frozenset()


def cached_support(area: Area, today: datetime.date, version: int) -> RenderedSupport:
    """Return `other_support` rendered, from the cache of this process where it has that of this version of the site."""

    def render() -> RenderedSupport:
        support = other_support(area, today)
        owners = [role.organisation_id for role in support.roles] + [row.pk for row in support.organisations]
        return RenderedSupport(support.html, frozenset(owners))

    rendered: RenderedSupport = CACHE.get_or_make(
        ("support", area.pk, today, version), render, lambda row: getsizeof(row.html) + getsizeof(row.organisations)
    )
    return rendered
