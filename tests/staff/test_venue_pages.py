"""The page of a venue, and of a group that meets in one: what is looked up, what is refused, what is warned of."""

import pytest

from groups.models import SupportGroup, Venue
from tests.factories import make_group, make_organisation, make_schedule, make_venue, town
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url

pytestmark = pytest.mark.django_db


def add_venue(client, **typed):
    url = admin_url(Venue, "add")
    return client.post(url, form_as_it_stands(client.get(url)) | {"name": "Example hall"} | typed, follow=True)


def sentence(response, level: str) -> list[str]:
    return [str(message) for message in response.context["messages"] if message.level_tag == level]


def save(client, row, **typed):
    url = admin_url(type(row), "change", row.pk)
    return client.post(url, form_as_it_stands(client.get(url)) | typed, follow=True)


def test_venue_is_placed_by_its_postcode(admin_client):
    add_venue(admin_client, postcode="ta201aa")

    venue = Venue.objects.get()
    assert (venue.postcode, venue.district.name, round(venue.latitude, 2)) == ("TA20 1AA", "Somerset", 50.88)


def test_unknown_postcode_alone_is_refused_with_what_to_do(admin_client):
    refused = add_venue(admin_client, postcode="BT1 1AA")

    errors = refused.context["adminform"].form.errors["postcode"]
    assert Venue.objects.count() == 0
    assert [error.split("?")[0] for error in errors] == ["We do not know this postcode. Is it typed right"]


def test_unknown_postcode_is_saved_with_a_town_and_the_editor_is_told(admin_client):
    saved = add_venue(admin_client, postcode="TA20 9ZZ", town=town("Chard").pk)

    assert sentence(saved, "warning") == [
        "We do not know the postcode TA20 9ZZ: “Example hall” is put in the middle of Chard, Somerset."
    ]
    assert Venue.objects.get().latitude == town("Chard").latitude


def test_unknown_postcode_is_saved_by_hand_with_the_reason(admin_client):
    add_venue(
        admin_client,
        postcode="BT1 1AA",
        position_is_by_hand="on",
        position_reason="From a map.",
        latitude="54.6",
        longitude="-5.93",
    )

    venue = Venue.objects.get()
    assert (venue.latitude, venue.longitude, venue.position_reason) == (54.6, -5.93, "From a map.")


def test_position_typed_without_the_tick_is_not_lost_in_silence(admin_client):
    venue = make_venue(postcode="TA20 1AA")

    refused = save(admin_client, venue, latitude="51.5")

    assert refused.context["adminform"].form.errors == {
        "position_is_by_hand": [
            "Tick this to keep the district and point that you typed. Otherwise they are looked up."
        ]
    }


def test_group_that_tells_of_its_confidential_venue_is_saved_with_a_warning(admin_client):
    venue = make_venue(name="Example refuge", confidential=True, address="14 Orchard Way")
    group = make_group(name="Example tea", venue=venue)
    schedule = make_schedule(group)

    saved = save(
        admin_client,
        group,
        what_it_is_like="We sit in Orchard Way.",
        **{"schedules-0-note": "At the Example Refuge, TA20 1AA."},
    )

    assert sentence(saved, "warning") == [
        "Example refuge is confidential, and “what it is like” of Example tea says “Orchard Way”. Everybody can read "
        "that.",
        "Example refuge is confidential, and “schedule” of Example tea says “TA20 1AA”, “Example refuge”. Everybody "
        "can read that.",
    ]
    schedule.refresh_from_db()
    assert schedule.note == "At the Example Refuge, TA20 1AA."
    page = admin_client.get(admin_url(SupportGroup, "change", group.pk))
    background = page.context["adminform"].form.fields["what_it_is_like"].help_text
    assert "Look again: the venue is confidential, and this says “Orchard Way”." in background


def test_venue_made_confidential_warns_of_what_its_groups_say(admin_client):
    venue = make_venue(name="Example refuge", getting_there="Bus to Example Refuge.")
    make_group(name="Example tea", venue=venue, summary="Tea at the Example Refuge.")

    saved = save(admin_client, venue, address_is_confidential="on")

    assert sentence(saved, "warning") == [
        "“Example refuge” is confidential, and “getting there” says “Example refuge”.",
        "Example refuge is confidential, and “summary” of Example tea says “Example refuge”. Everybody can read that.",
    ]


def test_venue_that_is_no_secret_warns_of_nothing(admin_client):
    venue = make_venue(name="Example hall", getting_there="Bus to Example Hall.")

    assert sentence(save(admin_client, venue, access_note="Steps."), "warning") == []


def test_opening_hours_in_words_are_stored_as_they_are_read_and_read_back(admin_client):
    saved = add_venue(admin_client, postcode="TA20 1AA", opening_hours="Mon to Fri 9am to 5pm, Sat 10 to 1")

    venue = Venue.objects.get()
    assert venue.opening_hours == "Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm"
    assert sentence(saved, "info") == [
        "Opening hours are read as: Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm."
    ]
    # What is stored is no change to it.
    assert sentence(save(admin_client, venue), "info") == []


def test_opening_hours_that_are_not_read_are_refused_with_what_to_write(admin_client):
    organisation = make_organisation()

    refused = save(admin_client, organisation, opening_hours="Mondays")

    assert refused.context["adminform"].form.errors["opening_hours"] == [
        "Say when it opens and when it closes. Write days and times, for example “Monday to Friday, 9am to 5pm; "
        "Saturday, 10am to 1pm”."
    ]
    organisation.refresh_from_db()
    assert organisation.opening_hours == ""
