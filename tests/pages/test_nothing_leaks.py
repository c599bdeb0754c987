"""What must not be public is on no public page, whatever page it is: the sweep reads them all."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import Joining, Weekday
from groups.models import SupportGroup
from groups.search.query import MILES
from organisations.choices import Permission, Publication
from organisations.models import EventSeries, Membership, Resource, Statement
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
    town,
)
from tests.pages.addresses import addresses_and_searches, calendars, files_of_lists, maps, posters
from tests.pages.sweep import OPENED, SECRET, leaks_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything_public(client):
    """All that the public can read: every page, calendar and file, for what is listed when it is asked for."""

    def read(*more: str) -> dict[str, str]:
        searches = [
            *addresses_and_searches(),
            *(calendars() + maps()),
            *(files_of_lists() + posters()),
            *(f"{reverse('groups:group_list')}?near={place}&within=50" for place in ("Chard", "Margate", "TA20")),
            f"{reverse('groups:group_list')}?q={SECRET}",
            f"{reverse('organisations:organisation_list')}?q={SECRET}",
            *(
                f"/areas/{slug}/{page}"
                for slug in ("south-west", "thanet", "swale")
                for page in ("", "week/", "print/")
            ),
            *more,
        ]
        return {address: OPENED.sub("", text_of(client.get(address))) for address in searches}

    return read


def test_draft_is_on_no_page(everything_public):
    shown = make_organisation(areas=["Somerset"])
    make_group(name=f"{SECRET} group", organisation=shown, town="Chard", draft=True, summary=SECRET)
    make_role(title=f"{SECRET} role", organisation=shown, areas=["Somerset"], draft=True)
    make_training(title=f"{SECRET} course", organisation=shown, draft=True)
    make_organisation(name=f"{SECRET} organisation", areas=["Somerset"], draft=True)

    assert leaks_in(everything_public(), SECRET) == {}


def test_what_belongs_to_a_withdrawn_organisation_is_on_no_page(everything_public, client):
    withdrawn = make_organisation(name=f"{SECRET} house", areas=["Somerset"])
    withdrawn.publication = Publication.WITHDRAWN
    withdrawn.save()
    network = make_organisation(areas=["Somerset"])
    Membership.objects.create(network=network, member=withdrawn)
    group = make_group(name=f"{SECRET} group", organisation=withdrawn, town="Chard")
    role = make_role(title=f"{SECRET} role", organisation=withdrawn, areas=["Somerset"], support_route="contact us")
    make_training(title=f"{SECRET} course", organisation=withdrawn, kind="starting a group")
    make_event(name=f"{SECRET} day", organisation=withdrawn)
    make_quotation(words=f"{SECRET} words", organisation=withdrawn, explains_peer_support=True)
    Statement.objects.create(
        organisation=withdrawn, theme="what", heading=SECRET, text=SECRET, explains_peer_support=True
    )
    make_contact(organisation=withdrawn, role_title=f"{SECRET} lead", purpose="starting a group")

    leaks = leaks_in(everything_public(), SECRET)
    statuses = [client.get(row.get_absolute_url()).status_code for row in (withdrawn, group, role)]
    statuses.append(client.get(reverse("groups:group_short", args=[group.code])).status_code)

    # The pages of one group and one role are asked for by their own addresses above: they are not there.
    assert {address for address in leaks if group.slug not in address and role.slug not in address} == set()
    assert statuses == [404, 404, 404, 404]


@pytest.mark.parametrize("role_title", ["Example lead", f"{SECRET} lead"], ids=["of a role", "of a person"])
def test_unreleased_contact_is_on_no_page(everything_public, role_title):
    """One that is a person's own is not even named."""
    organisation = make_organisation(areas=["Somerset"])
    contact = make_contact(
        organisation=organisation,
        released=False,
        role_title=role_title,
        belongs_to_person=SECRET in role_title,
        email=f"{SECRET}@example.org",
        phone="01632 960 117",
        text_number="07700 900 117",
        hours=f"{SECRET} o'clock",
        staff_note=SECRET,
        purpose="starting a group",
    )
    make_group(organisation=organisation, town="Chard", contacts=[contact])
    make_role(organisation=organisation, contacts=[contact])
    make_training(organisation=organisation, contacts=[contact], kind="starting a group")

    assert leaks_in(everything_public(), SECRET, "01632 960", "01632960", "07700 900", "07700900") == {}


def test_staff_note_of_a_released_contact_is_on_no_page(everything_public):
    """Nor who agreed that it is public."""
    agreed = {"belongs_to_person": True, "release_agreed_by": SECRET, "release_agreed_on": timezone.localdate()}
    contact = make_contact(staff_note=SECRET, **agreed)
    make_group(organisation=contact.organisation, town="Chard", contacts=[contact])

    assert leaks_in(everything_public(), SECRET) == {}


def test_confidential_venue_is_on_no_page(everything_public):
    venue = make_venue(
        name=f"{SECRET} House",
        address=f"1 {SECRET} Street",
        town="Chard",
        postcode="TA20 1AA",
        confidential=True,
        getting_there=f"{SECRET} bus",
        access_note=f"{SECRET} ramp",
    )
    make_group(venue=venue)

    pages = everything_public()
    assert leaks_in(pages, SECRET, "TA20 1AA", "TA201AA", str(venue.latitude), str(venue.longitude)) == {}


def test_confidential_venue_is_found_at_its_town_and_not_where_it_is(client):
    chard = town("Chard")
    make_group(
        name="Example hidden",
        venue=make_venue(town=chard, at=(chard.latitude + 0.1, chard.longitude), confidential=True),
    )

    page = client.get(reverse("groups:group_list"), {"near": "Chard", "within": "1"}).content.decode()

    assert "Example hidden" in page
    assert "Chard · close by" in page


@pytest.mark.parametrize(
    "hiding", [{"confidential": True}, {"closed": True}, {"ended": True}], ids=["confidential", "closed", "ended"]
)
def test_pages_are_the_same_wherever_in_its_town_a_hidden_venue_stands(everything_public, hiding):
    """However many searches somebody makes, from however many places, they learn nothing: there is nothing in them."""
    hall = {"town": "Chard", "confidential": hiding.pop("confidential", False)}
    snapshot = make_venue(name="Example one", postcode="TA20 1AA", address="1 Street", **hall)
    there = make_venue(
        name="Example two", at=(50.95, -2.7), address="2 Street", getting_there="By bus", access_note="A ramp", **hall
    )
    group = make_group(name="Example hidden", venue=snapshot, **hiding)
    make_group(name="Example open", town="Ilminster")
    rings = [
        f"{reverse('groups:group_list')}?near={place}&within={miles}"
        for place in ("Chard", "TA20", "Ilminster", "Yeovil")
        for miles in MILES
    ]

    before = everything_public(*rings)
    SupportGroup.objects.filter(pk=group.pk).update(venue=there)
    after = everything_public(*rings)

    assert [address for address in after if after[address] != before[address]] == []


def test_closed_group_shows_no_venue_time_or_contact(everything_public):
    organisation = make_organisation(areas=["Somerset"])
    contact = make_contact(
        organisation=organisation,
        role_title=f"{SECRET} lead",
        email=f"{SECRET}@example.org",
        phone="01632 960 118",
        purpose="starting a group",
    )
    venue = make_venue(name=f"{SECRET} Hall", address=f"1 {SECRET} Street", town="Chard", getting_there=SECRET)
    group = make_group(
        organisation=organisation,
        venue=venue,
        closed=True,
        contacts=[contact],
        meets_online=True,
        online_link=f"https://{SECRET}.example.org/",
        how_to_take_part_from_home=f"{SECRET} link",
        who_meets_you=f"{SECRET} at the door",
    )
    make_schedule(group, starts_at=datetime.time(17, 43), note=f"{SECRET} time")
    make_change(group, starts_at=datetime.time(17, 43), words=f"{SECRET} day")

    leaks = leaks_in(
        everything_public(), SECRET, "5.43pm", "17:43", "T174300", "BEGIN:VEVENT", "01632 960 118", "01632960118"
    )
    assert leaks == {}


def test_ended_group_shows_no_venue_time_or_contact(everything_public):
    contact = make_contact(email=f"{SECRET}@example.org", role_title=f"{SECRET} lead")
    group = make_group(
        organisation=contact.organisation,
        venue=make_venue(name=f"{SECRET} Hall"),
        ended=True,
        ended_on=timezone.localdate(),
        contacts=[contact],
    )
    make_schedule(group, starts_at=datetime.time(17, 43))

    assert leaks_in(everything_public(), SECRET, "5.43pm") == {}


def test_link_to_an_online_meeting_is_on_no_page(everything_public):
    make_group(online=True, online_link=f"https://{SECRET}.example.org/room")

    assert leaks_in(everything_public(), SECRET) == {}


def test_withheld_times_are_on_no_page(everything_public):
    group = make_group(town="Chard", times_are_withheld=True)
    make_schedule(group, starts_at=datetime.time(17, 43))
    make_change(group, starts_at=datetime.time(17, 43), words=SECRET)

    assert leaks_in(everything_public(), SECRET, "5.43pm", "T174300", "Every Thursday", "BEGIN:VEVENT") == {}


def test_confidential_venue_of_one_day_is_on_no_page(everything_public):
    group = make_group(town="Chard")
    venue = make_venue(name=f"{SECRET} House", address=f"1 {SECRET} Street", postcode="TA20 1AA", confidential=True)
    make_schedule(group, venue=venue)
    make_change(group, venue=venue)

    pages = everything_public(group.get_absolute_url())

    assert leaks_in(pages, SECRET, "TA20 1AA", "TA201AA", str(venue.latitude), str(venue.longitude)) == {}
    assert "At Chard." in pages[group.get_absolute_url()]


def test_nobody_is_told_to_just_come_to_a_hidden_address(everything_public):
    """It is named where a search offers it, and where two pages explain it; it is said of no group."""
    group = make_group(confidential=True, joining=Joining.JUST_COME, joining_note=f"{SECRET}: say hello.")
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=datetime.time(17, 43))

    pages = everything_public(group.get_absolute_url())

    offered = re.compile(r'<label class="choice[^>]*>\s*<input[^>]*value="just-come".*?</label>', re.DOTALL)
    found = leaks_in({address: offered.sub("", text) for address, text in pages.items()}, "Just come along")
    assert set(found) == {reverse("about"), reverse("for_professionals")}
    assert SECRET in pages[group.get_absolute_url()]


def test_quotation_without_leave_is_on_no_page(everything_public):
    make_quotation(words=f"{SECRET} words", permission=Permission.NONE, explains_peer_support=True)

    assert leaks_in(everything_public(), SECRET) == {}


def test_what_may_be_read_is_read_by_the_same_sweep(everything_public):
    """The sweep finds what is there: without this, a sweep of empty pages would be green."""
    organisation = make_organisation(name=f"{SECRET} house", areas=["Somerset"])
    contact = make_contact(organisation=organisation, phone="01632 960 119")
    group = make_group(
        name=f"{SECRET} group",
        organisation=organisation,
        venue=make_venue(name=f"{SECRET} Hall", town="Chard"),
        contacts=[contact],
        joining=Joining.JUST_COME,
    )
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=datetime.time(17, 43))
    Resource.objects.create(organisation=organisation, name=f"{SECRET} films")
    EventSeries.objects.create(organisation=organisation, name="Example week")

    leaks = leaks_in(everything_public(group.get_absolute_url()), "5.43pm", "01632 960 119", f"{SECRET} Hall")

    assert leaks[group.get_absolute_url()] == ["5.43pm", "01632 960 119", f"{SECRET} Hall"]
    assert leaks[reverse("groups:group_calendar", args=[group.slug])] == ["5.43pm", f"{SECRET} Hall"]
    assert leaks[reverse("groups:area_week", args=["somerset"])] == ["5.43pm", f"{SECRET} Hall"]
