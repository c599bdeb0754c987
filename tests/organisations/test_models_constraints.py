"""Every constraint refuses what it is there to refuse, with the sentence that staff read."""

import datetime

import pytest
from model_bakery import baker

from organisations.choices import Theme
from organisations.models import EventSeries, Membership, Resource, Statement
from tests.factories import (
    days_ago,
    make_check,
    make_contact,
    make_event,
    make_organisation,
    make_quotation,
    make_role,
    make_training,
)
from tests.rules import Breaks, Repeats, assert_refused, constraints_of, without_sentence
from tests.staff.people import make_editor

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints_of("organisations")
LAST_CENTURY = datetime.date(1999, 12, 31)


def make_series():
    return baker.make(EventSeries, organisation=make_organisation(), name="Example week", starts_on=days_ago(-7))


def make_membership():
    return baker.make(Membership, network=make_organisation(), member=make_organisation())


def make_resource():
    return baker.make(Resource, organisation=make_organisation(), name="Example films")


def make_statement():
    return baker.make(Statement, organisation=make_organisation(), theme=Theme.WHY, heading="Example", text="Words.")


def make_editorship():
    return make_editor(make_organisation()).editorships.get()


BROKEN = {
    "contact_can_be_reached": [Breaks(make_contact, {"email": ""})],
    "contact_number_checked_only_if_there_is_one": [Breaks(make_contact, {"number_checked_on": days_ago(1)})],
    "contact_of_a_person_is_released_when_they_agreed": [
        Breaks(make_contact, {"belongs_to_person": True}),
        Breaks(make_contact, {"belongs_to_person": True, "release_agreed_by": "Example"}),
        Breaks(make_contact, {"belongs_to_person": True, "release_agreed_on": days_ago(1)}),
    ],
    "contact_once_per_role_and_purpose": [Repeats(make_contact)],
    "contact_without_role_once": [Repeats(lambda: make_contact(role_title=""))],
    "editorship_once": [Repeats(make_editorship)],
    "event_ends_after_it_starts": [Breaks(make_event, {"starts_on": days_ago(1), "ends_on": days_ago(2)})],
    "event_once_per_day": [Repeats(make_event)],
    "membership_once": [Repeats(make_membership)],
    "organisation_became_something_only_if_ended": [Breaks(make_organisation, {"what_became_of_it": "It merged."})],
    "organisation_point_is_in_the_united_kingdom": [
        Breaks(make_organisation, {"latitude": 48.9, "longitude": 2.3}),
        Breaks(make_organisation, {"latitude": 51.1, "longitude": None}),
    ],
    "organisation_name_once": [Repeats(make_organisation)],
    "organisationcheck_has_a_likely_date": [
        Breaks(lambda: make_check(make_organisation(), days_ago(1)), {"checked_on": LAST_CENTURY})
    ],
    "peerrolecheck_has_a_likely_date": [
        Breaks(lambda: make_check(make_role(), days_ago(1)), {"checked_on": LAST_CENTURY})
    ],
    "quotation_once_per_organisation": [Repeats(make_quotation)],
    "resource_once_per_organisation": [Repeats(make_resource)],
    "role_once_per_organisation": [Repeats(make_role)],
    "series_ends_after_it_starts": [
        Breaks(make_series, {"starts_on": days_ago(1), "ends_on": days_ago(2)}),
        Breaks(make_series, {"starts_on": None, "ends_on": days_ago(2)}),
    ],
    "series_once_per_organisation": [Repeats(make_series)],
    "statement_heading_once_per_organisation": [Repeats(make_statement)],
    "training_ends_after_it_starts": [
        Breaks(make_training, {"starts_on": days_ago(1), "ends_on": days_ago(2)}),
        Breaks(make_training, {"ends_on": days_ago(2)}),
    ],
    "training_has_no_price_if_free": [Breaks(make_training, {"is_free": "yes", "price": "£40"})],
    "training_has_sessions": [Breaks(make_training, {"session_count": 0})],
    "training_once_per_organisation": [Repeats(make_training)],
    "trainingcheck_has_a_likely_date": [
        Breaks(lambda: make_check(make_training(), days_ago(1)), {"checked_on": LAST_CENTURY})
    ],
}


def test_every_constraint_is_tried():
    assert sorted({*BROKEN, "membership_of_another"}) == sorted(CONSTRAINTS)


def test_every_constraint_has_a_sentence():
    assert without_sentence(CONSTRAINTS) == []


@pytest.mark.parametrize("name, broken", [(name, broken) for name, ways in BROKEN.items() for broken in ways])
def test_constraint_refuses(name, broken):
    assert_refused(CONSTRAINTS[name], broken)


def test_membership_of_itself_is_refused():
    """Apart from the others, because what is wrong is not a value but that two are the same."""
    membership = make_membership()

    assert_refused(CONSTRAINTS["membership_of_another"], Breaks(lambda: membership, {"network": membership.member}))
