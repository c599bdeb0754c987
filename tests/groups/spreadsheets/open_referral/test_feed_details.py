"""What a sheet of groups has no columns for: it fills in what the import adds, and changes nothing that is here."""

import pytest

from groups.models import ScheduleChange, SupportGroup, Venue
from groups.spreadsheets.open_referral.report import report
from organisations.models import Contact, Organisation
from tests.factories import make_contact, make_group, make_organisation, make_venue
from tests.groups.spreadsheets.open_referral.feeds import key, make_attribute, make_place, make_schedule, make_service
from tests.groups.spreadsheets.open_referral.feeds import make_organisation as theirs
from tests.groups.spreadsheets.open_referral.imports import imported, outcome, prepare

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = {"attributes": [make_attribute("status-running", "Running")]}


def contact(title: str, phone: str = "", **fields) -> dict:
    phones = [{"id": key(phone), "number": phone, "type": "voice"}] if phone else []
    return {"id": key(title), "title": title, "phones": phones} | fields


def test_venue_that_is_here_is_shown_and_not_changed():
    make_venue(name="Example Hall", address="1 Example Street", postcode="TA20 1AA", getting_there="By bus.")

    found = imported(make_service(service_at_locations=[make_place(transportation="By train.")], **OURS))

    assert SupportGroup.objects.get().venue == Venue.objects.get()
    assert Venue.objects.get().getting_there == "By bus."
    assert "  Example Hall, TA20 1AA, Getting there: By train." in report(found)


def test_feature_that_we_have_not_is_a_sentence_about_access():
    features = [{"id": key(words), "accessibility": words} for words in ("Example ramp", "Example lift")]
    place = make_place(accessibility=[*features, {"id": key("wide"), "description": "Wide."}])

    imported(make_service(service_at_locations=[place], **OURS))

    assert Venue.objects.get().access_note == "Example ramp\nExample lift\nWide."


def test_far_position_is_not_taken():
    imported(make_service(service_at_locations=[make_place(latitude=55.0, longitude=-3.0)], **OURS))

    assert not Venue.objects.get().position_is_by_hand


def test_contacts_are_public_by_somebodys_word_but_for_mobile_numbers():
    contacts = [contact("Example lead", "+44 1632 960001"), contact("Example helper", "+44 7700 900001")]
    service = make_service(contacts=contacts, service_at_locations=None, **OURS)

    imported(service, agreed_by="They say so.")

    rows = Contact.objects.order_by("role_title").values_list("role_title", "phone", "is_released")
    assert [*rows] == [("Example helper", "07700 900001", False), ("Example lead", "01632 960001", True)]


def test_contacts_are_for_staff_only_where_nobody_agreed():
    imported(make_service(contacts=[contact("Example lead", "+44 1632 960001")], service_at_locations=None, **OURS))

    assert [each.is_released for each in Contact.objects.all()] == [False]


def test_contact_that_is_here_is_linked_and_not_changed():
    known = make_contact(
        organisation=make_organisation(name="Example Walkers"), role_title="Example lead", email="us@walks.example"
    )
    theirs_of_it = contact("Example lead", email="other@walks.example")

    imported(make_service(contacts=[theirs_of_it], service_at_locations=None, **OURS), agreed_by="They say so.")

    assert [*SupportGroup.objects.get().contacts.values_list("pk", "email")] == [(known.pk, "us@walks.example")]


def test_contacts_that_were_changed_here_stay():
    service = make_service(
        contacts=[contact("Example lead", email="a@walks.example")], service_at_locations=None, **OURS
    )
    imported(service)
    SupportGroup.objects.get().contacts.set([])

    again = prepare(service | {"contacts": [contact("Example chair", email="a@walks.example")]})

    assert outcome(again) == {"local": [("Contacts", "", "Example chair (Questions of any kind)")]}


def test_organisation_that_is_here_keeps_its_former_names():
    make_group(organisation=make_organisation(name="Example Walkers", former_names=["Example Ramblers"]))

    imported(make_service(organization=theirs(alternate_name="Example Strollers"), service_at_locations=None))

    assert Organisation.objects.get().former_names == ["Example Ramblers"]


def test_dates_of_a_group_that_is_here_are_asked_about_once():
    service = make_service(service_at_locations=None, alert="No meeting on 7 December 2026.", **OURS)
    imported(service)

    changed = service | {"alert": "No meeting on 8 December 2026."}
    asked = [[question.words for question in prepare(each).questions] for each in (service, changed)]

    assert asked == [[], ["No meeting on 8 December 2026.", "No meeting on 7 December 2026."]]
    assert [str(each) for each in ScheduleChange.objects.all()] == ["Off on a date: 2026-12-07"]


def _at_two_places(time: str = "18:30") -> dict:
    places = [make_place(), make_place("Example Mill")]
    at_own = make_schedule(opens_at=time, service_at_location_id=places[0]["id"])
    at_mill = make_schedule(byday="MO", opens_at="18:30", service_at_location_id=places[1]["id"])
    return make_service(schedules=[at_own, at_mill], service_at_locations=places, **OURS)


def _times() -> list[tuple]:
    rows = SupportGroup.objects.get().schedules.order_by("weekday")
    return [(row.weekday, row.starts_at.hour, row.venue and row.venue.name) for row in rows]


def test_times_at_another_venue_stay_where_those_at_its_own_change():
    imported(_at_two_places())
    before = _times()

    imported(_at_two_places("19:30"))

    assert (before, _times()) == (
        [(0, 18, "Example Mill"), (3, 18, None)],
        [(0, 18, "Example Mill"), (3, 19, None)],
    )


def test_times_at_another_venue_are_asked_about_of_a_group_that_is_here():
    alone = make_service(**OURS)
    imported(alone)

    found = imported(_at_two_places())

    assert (_times(), [question.words for question in found.questions]) == (
        [(3, 18, None)],
        ["It meets at Example Mill, TA20 1AA: Every Monday, 6.30pm to 8pm."],
    )


def test_place_that_nobody_knows_is_left_to_staff_with_its_times():
    service = _at_two_places()
    address = service["service_at_locations"][1]["location"]["addresses"][0]
    service["service_at_locations"][1]["location"]["addresses"] = [
        address | {"postal_code": "ZZ99 9ZZ", "city": "Nowhere"}
    ]

    imported(service)

    assert _times() == [(3, 18, None)]
    assert SupportGroup.objects.get().staff_note == "Also at Example Mill, ZZ99 9ZZ: Every Monday, 6.30pm to 8pm."
