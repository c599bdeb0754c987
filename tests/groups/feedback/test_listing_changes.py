"""Whether a listing was changed since somebody told us, in the very part that they spoke of."""

import pytest

from groups.choices import ReportPart
from groups.feedback.listing_changes import ASPECTS, has_changed_since, is_put_right
from groups.feedback.proposals import propose_from
from groups.feedback.reports import record_report
from groups.models import Schedule, SupportGroup
from organisations.models import Organisation, PeerRole, Training, single_revision
from tests.factories import (
    area,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)

pytestmark = pytest.mark.django_db

PARTS = [ReportPart.TIME, ReportPart.PLACE, ReportPart.CONTACT, ReportPart.CLOSED, ReportPart.ENDED, ReportPart.ELSE]


@pytest.fixture
def group():
    contact = make_contact()
    group = make_group(organisation=contact.organisation, venue=make_venue(), contacts=[contact])
    with single_revision(group):
        group.save()
        make_schedule(group, venue=make_venue(name="Example library"))
    return group


def another_time(group):
    with single_revision(group):
        group.save()
        Schedule.objects.update(starts_at="20:00")


def day_off(group):
    with single_revision(group):
        group.save()
        make_change(group)


def another_room(group):
    with single_revision(group):
        group.save()
        Schedule.objects.update(venue=make_venue())


def another_venue(group):
    group.venue = make_venue()
    with single_revision(group):
        group.save()


def venue_itself(group):
    group.venue.address = "2 Example Street"
    with single_revision(group.venue):
        group.venue.save()


def venue_of_a_schedule(group):
    venue = group.schedules.get().venue
    venue.name = "Example hall"
    with single_revision(venue):
        venue.save()


def contact_itself(group):
    contact = group.contacts.get()
    contact.phone = "01632 960002"
    with single_revision(contact):
        contact.save()


def another_contact(group):
    with single_revision(group):
        group.save()
        group.contacts.set([make_contact()])


def closed(group):
    group.joining = "closed"
    with single_revision(group):
        group.save()


def other_words(group):
    group.summary = "Quite other words."
    with single_revision(group):
        group.save()


def ended(group):
    group.stage = "ended"
    with single_revision(group):
        group.save()


def withdrawn(group):
    group.publication = "withdrawn"
    with single_revision(group):
        group.save()


def saved_as_it_was(group):
    with single_revision(group):
        group.save()


def there_and_back(group):
    for words in ("Other words.", group.summary):
        group.summary = words
        with single_revision(group):
            group.save()


def checked(group):
    group.checks.create(checked_on="2026-01-01", checked_by="phone")


@pytest.mark.parametrize(
    "change, answers",
    [
        (another_time, {ReportPart.TIME}),
        (day_off, {ReportPart.TIME, ReportPart.PLACE}),
        (another_room, {ReportPart.PLACE}),
        (another_venue, {ReportPart.PLACE}),
        (venue_itself, {ReportPart.PLACE}),
        (venue_of_a_schedule, {ReportPart.PLACE}),
        (contact_itself, {ReportPart.CONTACT}),
        (another_contact, {ReportPart.CONTACT}),
        (closed, {ReportPart.CLOSED}),
        (other_words, set()),
        (ended, set(PARTS)),
        (withdrawn, set(PARTS)),
        (saved_as_it_was, None),
        (there_and_back, None),
        (checked, None),
    ],
)
def test_change_of_a_group_answers_reports_about_what_it_changes(group, change, answers):
    reports = [record_report(group, part, "It is otherwise.") for part in PARTS]
    before = [is_put_right(report) for report in reports]

    change(group)

    now = {report.part for report in reports if is_put_right(report)}
    # Whatever it is, it answers one about something else.
    assert now == (set() if answers is None else answers | {ReportPart.ELSE})
    assert before == [False] * len(reports)


@pytest.mark.parametrize("make", [make_group, make_organisation, make_role, make_training])
def test_listing_of_any_kind_is_changed_by_what_was_saved_since(make):
    listing = make()
    report = record_report(listing, ReportPart.ABOUT, "It is otherwise.")

    before = is_put_right(report)
    listing.summary = "Other words."
    with single_revision(listing):
        listing.save()

    assert (before, is_put_right(report)) == (False, True)


def test_new_contact_of_an_organisation_answers_a_report_about_its_contact():
    organisation = make_organisation()
    report = record_report(organisation, ReportPart.CONTACT, "Another number.")

    before = is_put_right(report)
    make_contact(organisation=organisation)

    assert (before, is_put_right(report)) == (False, True)


def test_area_of_an_organisation_answers_a_report_about_where_it_works():
    organisation = make_organisation()
    report = record_report(organisation, ReportPart.AREA, "In Kent, too.")

    organisation.areas_served.add(area("Kent"))

    assert is_put_right(report) is True


def test_change_before_the_report_came_answers_nothing(group):
    another_time(group)

    assert is_put_right(record_report(group, ReportPart.TIME, "At 7pm.")) is False


def test_proposal_of_a_report_is_answered_as_the_report_is(group):
    proposal = propose_from(record_report(group, ReportPart.TIME, "At 7pm."))

    other_words(group)
    before = is_put_right(proposal)
    another_time(group)

    assert (before, is_put_right(proposal)) == (False, True)
    assert has_changed_since(group, proposal.created_at) is True


def test_every_part_names_only_what_listings_have():
    models = (SupportGroup, Organisation, PeerRole, Training)
    there = {field.name for model in models for field in model._meta.get_fields()}

    assert {name for aspect in ASPECTS.values() for name in aspect.names} - there == set()
