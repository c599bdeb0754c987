"""One organisation with all that may be taken back, in a town of its own, and the pages on which it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from groups.models import SupportGroup, Venue
from groups.open_referral.catalogue import feed_groups, feed_organisations
from groups.open_referral.encoded_services import encode_services
from groups.open_referral.parameters import PER_PAGE
from organisations.models import Contact, Organisation, PeerRole
from places.models import Town
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_role, make_schedule, make_venue
from tests.peersupport.page_cache.other_process import OtherProcess, pages


@dataclass
class Scene:
    """What is listed, and the address of each kind of page that shows some of it."""

    town: Town
    organisation: Organisation
    group: SupportGroup
    #: Without a role, so that columns of a sheet hold it: of the group and of the peer role.
    contact: Contact
    #: Of the group alone.
    other_contact: Contact
    venue: Venue | None = None
    role: PeerRole | None = None
    neighbour: SupportGroup | None = None

    @property
    def addresses(self) -> dict[str, str]:
        """Of each kind of page that may show any of it."""
        near, codes = f"?{urlencode({'near': str(self.town)})}", f"?list={self.group.code}"
        rows = {"group": self.group, "organisation": self.organisation, "venue": self.venue, "role": self.role}
        found = {kind: row.get_absolute_url() for kind, row in (rows | {"neighbour": self.neighbour}).items() if row}
        searches = {"search": "group_list", "map": "group_list_map", "search feed": "search_feed"}
        searches |= {"search in a frame": "search_embed", "week of a search": "group_week"}
        found |= {kind: reverse(f"groups:{name}") + near for kind, name in searches.items()}
        areas = {"area": "detail", "week": "week", "area printed": "print", "area feed": "feed"}
        areas |= {"area in a frame": "embed", "area calendar": "calendar"}
        slug = self.town.district.slug
        found |= {kind: reverse(f"groups:area_{name}", args=[slug]) for kind, name in areas.items()}
        found |= {f"area {kind}": reverse("groups:area_file", args=[slug, kind]) for kind in ("csv", "txt")}
        found |= {f"list {kind}": reverse("groups:list_file", args=[kind]) + codes for kind in ("csv", "ics")}
        found |= {f"list {name}": reverse(f"groups:list_{name}") + codes for name in ("own", "print")}
        found["search by choices"] = f"{reverse('groups:group_list')}?area={slug}&near=&q=&sort=name"
        found["group calendar"] = reverse("groups:group_calendar", args=[self.group.slug])
        found["organisation calendar"] = reverse("groups:organisation_calendar", args=[self.organisation.slug])
        found |= {
            f"sitemap of {kind}": reverse("sitemap", args=[kind]) for kind in ("groups", "organisations", "roles")
        }
        found["service"] = reverse("open_referral:service_detail", args=[self.group.public_id])
        found["services"] = _page_of("service_list", feed_groups(days_ago(0)), self.group)
        found["organizations"] = _page_of("organization_list", feed_organisations(), self.organisation)
        found["roles"] = reverse("organisations:role_list") + near
        found["help to start"] = reverse("groups:start_a_group_contacts") + near
        found["organisations"] = f"{reverse('organisations:organisation_list')}?q={self.organisation.name.split()[-1]}"
        return found


def _page_of(name: str, rows: Any, row: Any) -> str:
    """Return the address of the page of a list of the feed that has a row, as it is cached: with its number alone."""
    before = rows.filter(name__lt=row.name).count()
    return f"{reverse(f'open_referral:{name}')}?page={1 + before // PER_PAGE}"


@cache
def _towns() -> list[int]:
    """Return towns of as many districts, so that the pages of an area show one scene alone."""
    towns = Town.objects.filter(population__gte=9000, district__part_of__isnull=False).order_by("district", "pk")
    return list({district: pk for pk, district in towns.values_list("pk", "district")}.values())


def make_scene(number: int) -> Scene:
    """Return the scene of a number: every name and contact of it has the number, and no other scene's."""
    town = Town.objects.select_related("district").get(pk=_towns()[number])
    organisation = make_organisation(name=f"Example houseword{number:03}", areas=[town.district.name])
    contact = make_contact(
        organisation=organisation,
        role_title="",
        email=f"plainword{number:03}@contact.example",
        purpose="starting a group",
        release_agreed_by="The co-ordinator",
    )
    other = make_contact(organisation=organisation, email=f"deskword{number:03}@contact.example", purpose="joining")
    venue = make_venue(name=f"Example hallword{number:03}", town=town)
    name = f"Example groupword{number:03}"
    group = make_group(name=name, organisation=organisation, venue=venue, contacts=[contact, other])
    make_schedule(group)
    role = make_role(
        title=f"Example roleword{number:03}",
        organisation=organisation,
        contacts=[contact],
        areas=[town.district.name],
        one_to_one="yes",
    )
    neighbour = make_group(name=f"Example neighbourword{number:03}", venue=make_venue(town=town))
    list(encode_services())
    return Scene(town, organisation, group, contact, other, venue, role, neighbour)


def showing(
    texts: list[str], addresses: dict[str, str], process: OtherProcess, how: Callable[[Iterable[bool]], bool]
) -> set[str]:
    """Return the kinds of pages that show any of some texts: in any of two processes, this and another, or in all."""
    found = pages(Client(), [*addresses.values()]), process.pages([*addresses.values()])
    return {
        kind
        for kind, address in addresses.items()
        # A page that says that there is none has its own address.
        if how(any(text in answers[address].replace(address, "") for text in texts) for answers in found)
    }
