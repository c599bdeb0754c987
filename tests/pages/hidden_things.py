"""Everything that must not be public, each thing with a secret of its own; and one that is public, to be found."""

import datetime
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.choices import Joining, Weekday
from groups.models import SupportGroup, Venue
from organisations.choices import Permission, Publication
from organisations.models import EventSeries, Membership, PeerRole, Resource, Statement
from tests.factories import (
    make_change,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)
from tests.pages.sweep import SECRET

#: How to plant each thing, with its secret in it, by a name for it. What is returned is what its test asks about.
PLANTED: dict[str, Callable[[str], Any]] = {}


def planted(plant: Callable[[str], Any]) -> Callable[[str], Any]:
    PLANTED[plant.__name__] = plant
    return plant


def secret_of(plant: Callable[[str], Any]) -> str:
    """The secret of what is planted: no other holds it."""
    return SECRET + plant.__name__.replace("_", "")


@planted
def draft(secret: str) -> None:
    shown = make_organisation(areas=["Somerset"])
    make_group(name=f"{secret} group", organisation=shown, town="Chard", draft=True, summary=secret)
    make_role(title=f"{secret} role", organisation=shown, areas=["Somerset"], draft=True)
    make_training(title=f"{secret} course", organisation=shown, draft=True)
    make_organisation(name=f"{secret} organisation", areas=["Somerset"], draft=True)


@planted
def withdrawn(secret: str) -> tuple[SupportGroup, PeerRole, list[int]]:
    withdrawn = make_organisation(name=f"{secret} house", areas=["Somerset"])
    withdrawn.publication = Publication.WITHDRAWN
    withdrawn.save()
    network = make_organisation(areas=["Somerset"])
    Membership.objects.create(network=network, member=withdrawn)
    group = make_group(name=f"{secret} group", organisation=withdrawn, town="Chard")
    role = make_role(title=f"{secret} role", organisation=withdrawn, areas=["Somerset"], support_route="contact us")
    make_training(title=f"{secret} course", organisation=withdrawn, kind="starting a group")
    make_event(name=f"{secret} day", organisation=withdrawn)
    make_quotation(words=f"{secret} words", organisation=withdrawn, explains_peer_support=True)
    Statement.objects.create(
        organisation=withdrawn, theme="what", heading=secret, text=secret, explains_peer_support=True
    )
    make_contact(organisation=withdrawn, role_title=f"{secret} lead", purpose="starting a group")
    addresses = [row.get_absolute_url() for row in (withdrawn, group, role)]
    addresses.append(reverse("groups:group_short", args=[group.code]))
    return group, role, [Client().get(address).status_code for address in addresses]


def _unreleased(secret: str, phone: str, text_number: str, **fields: Any) -> None:
    organisation = make_organisation(areas=["Somerset"])
    contact = make_contact(
        organisation=organisation,
        released=False,
        email=f"{secret}@example.org",
        phone=phone,
        text_number=text_number,
        hours=f"{secret} o'clock",
        staff_note=secret,
        purpose="starting a group",
        **fields,
    )
    make_group(organisation=organisation, town="Chard", contacts=[contact])
    make_role(organisation=organisation, contacts=[contact])
    make_training(organisation=organisation, contacts=[contact], kind="starting a group")


@planted
def of_a_role(secret: str) -> None:
    _unreleased(secret, "01632 960 116", "07700 900 116", role_title="Example lead")


@planted
def of_a_person(secret: str) -> None:
    _unreleased(secret, "01632 960 117", "07700 900 117", role_title=f"{secret} lead", belongs_to_person=True)


@planted
def staff_note(secret: str) -> None:
    agreed = {"belongs_to_person": True, "release_agreed_by": secret, "release_agreed_on": timezone.localdate()}
    contact = make_contact(staff_note=secret, **agreed)
    make_group(organisation=contact.organisation, town="Chard", contacts=[contact])


@planted
def confidential(secret: str) -> Venue:
    venue = make_venue(
        name=f"{secret} House",
        address=f"1 {secret} Street",
        town="Chard",
        postcode="TA20 1AA",
        confidential=True,
        getting_there=f"{secret} bus",
        access_note=f"{secret} ramp",
    )
    make_group(venue=venue)
    return venue


@planted
def closed(secret: str) -> SupportGroup:
    organisation = make_organisation(areas=["Somerset"])
    contact = make_contact(
        organisation=organisation,
        role_title=f"{secret} lead",
        email=f"{secret}@example.org",
        phone="01632 960 118",
        purpose="starting a group",
    )
    venue = make_venue(name=f"{secret} Hall", address=f"1 {secret} Street", town="Chard", getting_there=secret)
    group = make_group(
        name="Example closed to others",
        organisation=organisation,
        venue=venue,
        closed=True,
        website=f"https://example.org/{secret}",
        contacts=[contact],
        meets_online=True,
        online_link=f"https://{secret}.example.org/",
        how_to_take_part_from_home=f"{secret} link",
        who_meets_you=f"{secret} at the door",
    )
    make_schedule(group, starts_at=datetime.time(17, 43), note=f"{secret} time")
    make_change(group, starts_at=datetime.time(17, 43), words=f"{secret} day")
    return group


@planted
def ended(secret: str) -> SupportGroup:
    contact = make_contact(email=f"{secret}@example.org", role_title=f"{secret} lead")
    group = make_group(
        name="Example ended today",
        organisation=contact.organisation,
        venue=make_venue(name=f"{secret} Hall"),
        ended=True,
        ended_on=timezone.localdate(),
        contacts=[contact],
    )
    make_schedule(group, starts_at=datetime.time(17, 44))
    return group


@planted
def online(secret: str) -> None:
    make_group(online=True, online_link=f"https://{secret}.example.org/room", staff_note=f"Ask {secret}.")


def withheld_day() -> Weekday:
    """Return the day of `withheld`, on which nothing else here meets: most do on Thursdays, and `one_day` tomorrow."""
    is_tuesday = timezone.localdate().weekday() == Weekday.TUESDAY
    return Weekday.TUESDAY if is_tuesday else Weekday.WEDNESDAY


@planted
def withheld(secret: str) -> SupportGroup:
    group = make_group(name="Example at times untold", town="Chard", times_are_withheld=True)
    make_schedule(group, weekday=withheld_day(), starts_at=datetime.time(17, 46))
    make_change(group, starts_at=datetime.time(17, 46), words=secret)
    return group


@planted
def one_day(secret: str) -> tuple[SupportGroup, Venue]:
    group = make_group(town="Chard")
    venue = make_venue(name=f"{secret} House", address=f"1 {secret} Street", postcode="TA20 1AA", confidential=True)
    make_schedule(group, venue=venue)
    make_change(group, venue=venue)
    return group, venue


@planted
def quotation(secret: str) -> None:
    make_quotation(words=f"{secret} words", permission=Permission.NONE, explains_peer_support=True)


@planted
def public(secret: str) -> SupportGroup:
    organisation = make_organisation(name=f"{secret} house", areas=["Somerset"])
    contact = make_contact(organisation=organisation, phone="01632 960 119")
    group = make_group(
        name=f"{secret} group",
        organisation=organisation,
        venue=make_venue(name=f"{secret} Hall", town="Chard"),
        contacts=[contact],
        joining=Joining.JUST_COME,
    )
    weekday = Weekday((timezone.localdate().weekday() + 1) % 7)
    make_schedule(group, weekday=weekday, starts_at=datetime.time(17, 49))
    Resource.objects.create(organisation=organisation, name=f"{secret} films")
    EventSeries.objects.create(organisation=organisation, name="Example week")
    return group
