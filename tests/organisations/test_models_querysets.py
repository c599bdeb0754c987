"""The words of querysets: each leaves in what it names, and nothing else."""

import datetime

import pytest

from common.statistics import analyse
from organisations.choices import OrganisationKind, Permission, SupportRoute, TrainingKind, YesNo
from organisations.models import Contact, Event, Organisation, PeerRole, Quotation, Training
from places.choices import AreaKind
from places.models import Area, AreaPart
from tests.factories import (
    area,
    make_check,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_training,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)
#: The first days of being due, overdue and lapsed, counted back from TODAY, with the day before each.
LAST_DAY_LISTED, FIRST_DAY_LAPSED = datetime.date(2025, 8, 21), datetime.date(2025, 8, 20)
LAST_DAY_FRESH_ENOUGH, FIRST_DAY_STALE = datetime.date(2026, 2, 21), datetime.date(2026, 2, 20)


def names(queryset) -> list[str]:
    return sorted(queryset.values_list("name", flat=True))


def test_published_leaves_out_drafts_and_what_was_withdrawn():
    shown = make_organisation()
    make_organisation(draft=True)
    make_organisation(publication="withdrawn")

    assert list(Organisation.objects.published()) == [shown]


@pytest.mark.parametrize(
    "checked, is_in_lists", [(None, True), (TODAY, True), (LAST_DAY_LISTED, True), (FIRST_DAY_LAPSED, False)]
)
def test_not_lapsed_by_the_day_of_the_last_check(checked, is_in_lists):
    make_organisation(checked=checked)

    assert Organisation.objects.not_lapsed(TODAY).exists() is is_in_lists


def test_not_lapsed_looks_at_the_newest_check_only():
    organisation = make_organisation(checked=FIRST_DAY_LAPSED)
    make_check(organisation, LAST_DAY_LISTED)

    assert list(Organisation.objects.not_lapsed(TODAY)) == [organisation]


@pytest.mark.parametrize("make, model", [(make_role, PeerRole), (make_training, Training)])
def test_listed_leaves_out_drafts_lapsed_ones_and_those_of_unpublished_organisations(make, model):
    listed = make()
    make(draft=True)
    make(checked=FIRST_DAY_LAPSED)
    make(organisation=make_organisation(draft=True))

    assert list(model.objects.listed(TODAY)) == [listed]


def test_still_here_leaves_out_organisations_that_ended():
    page = make_organisation()
    make_organisation(ended_on=TODAY)

    assert list(Organisation.objects.not_ended()) == [page]


def test_user_led_leaves_in_those_that_say_so():
    led = make_organisation(user_led=YesNo.YES)
    make_organisation(user_led=YesNo.NO)
    make_organisation(kind=OrganisationKind.CHARITY)

    assert list(Organisation.objects.user_led()) == [led]
    assert Organisation.objects.user_led(only=False).count() == 3


@pytest.mark.parametrize(
    "route, gives",
    [
        (SupportRoute.CARE_COORDINATOR, True),
        (SupportRoute.CONTACT_US, True),
        (SupportRoute.NONE, False),
        (SupportRoute.NOT_SAID, False),
    ],
)
def test_giving_support_by_the_route_to_it(route, gives):
    make_role(support_route=route)

    assert PeerRole.objects.giving_support().exists() is gives


def test_giving_support_one_to_one_by_a_route_that_nobody_has_told_us():
    make_role(one_to_one=YesNo.NO)
    mentor = make_role(one_to_one=YesNo.YES)

    assert list(PeerRole.objects.giving_support()) == [mentor]


def test_training_towards_starting_a_group():
    for kind in TrainingKind:
        make_training(kind=kind)

    kinds = Training.objects.towards_starting_a_group().values_list("kind", flat=True)

    assert set(kinds) == {TrainingKind.STARTING, TrainingKind.PEER_SUPPORT}


@pytest.mark.parametrize(
    "starts_on, ends_on, to_come",
    [
        ("2026-11-21", None, True),
        ("2026-11-20", None, False),
        ("2026-11-20", "2026-11-21", True),
        ("2026-11-19", "2026-11-20", False),
        ("2026-12-01", "2026-12-02", True),
    ],
)
def test_event_is_to_come_until_its_last_day_is_over(starts_on, ends_on, to_come):
    event = make_event(starts_on=starts_on, ends_on=ends_on)

    assert list(Event.objects.upcoming(TODAY)) == ([event] if to_come else [])


def test_events_to_come_stand_first_and_soonest_first_then_past_ones_newest_first():
    days = ["2026-12-24", "2016-07-04", "2026-11-30", "2025-01-01"]
    for day in days:
        make_event(name=day, starts_on=day)

    in_order = Event.objects.upcoming_first(TODAY).values_list("name", flat=True)

    assert list(in_order) == ["2026-11-30", "2026-12-24", "2025-01-01", "2016-07-04"]


def test_permitted_leaves_out_words_without_leave():
    for permission in Permission:
        make_quotation(permission=permission)

    permissions = Quotation.objects.permitted().values_list("permission", flat=True)

    assert set(permissions) == {Permission.PUBLISHED, Permission.CONSENT}


@pytest.mark.parametrize(
    "make, out_of_sight",
    [
        (make_group, {"closed": True}),
        (make_group, {"ended": True}),
        (make_group, {"draft": True}),
        (make_role, {"draft": True}),
        (make_training, {"draft": True}),
    ],
)
def test_contact_is_in_sight_unless_all_that_names_it_is_hidden(make, out_of_sight):
    organisation = make_organisation()
    general = make_contact(organisation=organisation)
    hidden = make_contact(organisation=organisation)
    shared = make_contact(organisation=organisation)
    make(organisation=organisation, contacts=[hidden, shared], **out_of_sight)
    make_group(organisation=organisation, contacts=[shared])

    assert set(Contact.objects.publicly_visible()) == {general, shared}


@pytest.mark.parametrize("make", [make_group, make_role, make_training])
def test_contact_is_out_of_sight_with_a_withdrawn_organisation(make):
    contact = make_contact()
    make(organisation=make_organisation(draft=True), contacts=[contact])

    assert list(Contact.objects.publicly_visible()) == []


def test_contacts_in_sight_are_found_without_reading_every_listing():
    # As many as a directory has: of a few PostgreSQL asks one by one.
    organisation = make_organisation()
    Contact.objects.bulk_create(
        Contact(organisation=organisation, role_title=f"Worker {number}", phone="01632 960001", is_released=True)
        for number in range(2_000)
    )
    analyse()
    plan = Contact.objects.publicly_visible().explain()

    # By its index of what is published SQLite read every group again for each contact.
    assert "groups_supportgroup_publication" not in plan


def make_part_of_swale(outward_code: str) -> Area:
    """An informal area: the part of Swale with one outward code."""
    swale_part = Area(name=f"Example {outward_code}", slug=outward_code.lower(), kind=AreaKind.INFORMAL)
    swale_part.save()
    AreaPart.objects.create(area=swale_part, district=area("Swale"), outward_code=outward_code)
    return swale_part


@pytest.mark.parametrize(
    "served, searched, serves",
    [
        # The same, a part of it, more than it.
        ("Thanet", "Thanet", True),
        ("Kent", "Thanet", True),
        ("Thanet", "Kent", True),
        ("Thanet", "England", True),
        ("England", "Thanet", True),
        ("Thanet", "Canterbury", False),
        ("Thanet", "Wales", False),
        # East Kent is five districts, and the part of Swale with ME13.
        ("East Kent", "Thanet", True),
        ("Thanet", "East Kent", True),
        ("East Kent", "South East", True),
        ("East Kent", "Kent and Medway", True),
        ("East Kent", "Medway", False),
        ("Medway", "East Kent", False),
        ("East Kent", "Swale", True),
        ("Swale", "East Kent", True),
        ("East Kent", "Example ME13", True),
        ("Example ME13", "East Kent", True),
        ("East Kent", "Example ME12", False),
        ("Example ME12", "East Kent", False),
        ("Swale", "Example ME12", True),
        ("Example ME12", "Kent", True),
    ],
)
def test_serving_an_area_by_the_parts_they_share(served, searched, serves):
    make_part_of_swale("ME12")
    make_part_of_swale("ME13")
    organisation = make_organisation(areas=[served])
    make_organisation()

    assert list(Organisation.objects.serving(area(searched))) == ([organisation] if serves else [])


def test_serving_gives_an_organisation_once_however_many_parts_it_shares():
    organisation = make_organisation(areas=["Kent", "East Kent", "Thanet"])

    assert list(Organisation.objects.serving(area("Kent"))) == [organisation]
