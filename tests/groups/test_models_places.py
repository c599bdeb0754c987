"""Where groups are, and how much of it anybody may know."""

import pytest
from django.core.exceptions import ValidationError

from groups.models import SupportGroup, Venue
from places.models import Postcode
from tests.factories import area, make_contact, make_group, make_venue, town
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def point(place) -> tuple[float, float]:
    return (place.latitude, place.longitude)


def shown_point(group) -> tuple[float, float]:
    group = SupportGroup.objects.with_place().get(pk=group.pk)
    return (group.place_latitude, group.place_longitude)


def redcar_venue(**fields) -> Venue:
    """A venue in the district of Redcar and Cleveland, at a real postcode of Loftus, TS13."""
    return make_venue(town=fields.pop("town", None), postcode="TS13 4AA", **fields)


# Venues


@pytest.mark.parametrize("typed", ["TA20 1AA", "ta201aa", " ta20  1aa "])
def test_venue_is_looked_up_from_its_postcode(typed):
    venue = make_venue(town=None, postcode=typed)

    found = Postcode.objects.get(pk="TA201AA")
    assert (venue.postcode, venue.outward_code) == ("TA20 1AA", "TA20")
    assert (point(venue), venue.district) == (point(found), area("Somerset"))


def test_venue_without_a_postcode_stands_where_its_town_does():
    venue = make_venue(town="Chard")

    assert (point(venue), venue.district, venue.outward_code) == (point(town("Chard")), area("Somerset"), "")


def test_venue_with_a_postcode_that_nobody_knows_stands_where_its_town_does():
    venue = make_venue(town="Chard", postcode="TA20 9ZZ")

    assert (point(venue), venue.district, venue.outward_code) == (point(town("Chard")), area("Somerset"), "TA20")


def test_venue_of_which_only_the_district_is_known_has_no_point():
    venue = make_venue(town=None, district=area("Thanet"))

    assert (point(venue), venue.district) == ((None, None), area("Thanet"))


def test_venue_moves_with_its_postcode():
    venue = make_venue(town=None, postcode="TA20 1AA")

    venue.postcode = "CT9 1AE"
    venue.save()

    assert (point(venue), venue.district) == (point(Postcode.objects.get(pk="CT91AE")), area("Thanet"))


def test_venue_moves_when_only_its_postcode_is_saved():
    venue = make_venue(town=None, postcode="TA20 1AA")

    Venue.objects.update_or_create(pk=venue.pk, defaults={"postcode": "CT9 1AE"})

    venue.refresh_from_db()
    assert (venue.outward_code, venue.district) == ("CT9", area("Thanet"))


def test_venue_position_by_hand_is_kept():
    venue = make_venue(town="Chard", postcode="TA20 1AA", at=(50.9, -2.9))

    venue.save()

    venue.refresh_from_db()
    assert point(venue) == (50.9, -2.9)


def test_venue_refuses_what_is_no_postcode():
    venue = make_venue()
    venue.postcode = "Chard"

    with pytest.raises(ValidationError) as refused:
        venue.full_clean()

    assert refused.value.message_dict == {"postcode": ["This does not look like a postcode. One looks like TA20 1AA."]}


def test_confidential_venue_says_its_town_and_nothing_else():
    venue = make_venue(name="Example House", town="Chard", postcode="TA20 1AA", address="1 Street", confidential=True)

    assert (venue.public_name, venue.address_lines, venue.place_name) == ("", [], "Chard")


@pytest.mark.parametrize("name", ["Chard", "Dover"])
def test_page_of_a_group_says_the_town_of_a_confidential_venue_once(client, name):
    group = make_group(name="Example hidden", venue=make_venue(town=name, confidential=True))

    panel = words(parse(client.get(group.get_absolute_url())).find(".//section[@class='panel next']"))

    assert (panel.count(name), "To keep people safe, the address is not shown." in panel) == (1, True)


def test_open_venue_says_its_name_and_address():
    venue = make_venue(name="Example House", town="Chard", postcode="TA20 1AA", address="1 Street\n\n Back door ")

    assert venue.public_name == "Example House"
    assert venue.address_lines == ["1 Street", "Back door", "Chard", "TA20 1AA"]


# The point that anybody may see


def test_group_with_a_venue_stands_where_the_venue_does():
    group = make_group(venue=redcar_venue(), town="Chard")

    assert shown_point(group) == point(group.venue)


def test_group_without_a_venue_stands_where_its_town_does():
    assert shown_point(make_group(town="Chard")) == point(town("Chard"))


def test_group_without_a_place_has_no_point():
    assert shown_point(make_group(areas=["East Kent"])) == (None, None)


@pytest.mark.parametrize("town_name, shown", [("Loftus", "Loftus"), (None, "Redcar and Cleveland")])
@pytest.mark.parametrize(
    "confidential, hiding",
    [(True, {}), (False, {"closed": True}), (True, {"closed": True}), (False, {"ended": True})],
    ids=["confidential", "closed", "both", "ended"],
)
def test_hidden_venue_gives_its_towns_point_or_its_districts_never_its_own(confidential, hiding, town_name, shown):
    venue = redcar_venue(town=town_name, confidential=confidential)
    group = SupportGroup.objects.with_place().get(pk=make_group(venue=venue, **hiding).pk)

    place = town(shown) if town_name else area(shown)
    assert (group.place_latitude, group.place_longitude) == point(place)
    assert group.place_latitude != venue.latitude
    assert group.place_longitude != venue.longitude
    assert group.place_outward_code == (place.sector.outward_code if town_name else None)
    assert group.place_is_about


def test_open_venue_is_not_about_a_place_but_at_it():
    make_group(venue=redcar_venue())

    assert not SupportGroup.objects.with_place().get().place_is_about


# Where a group is counted


def is_in(group, name: str) -> bool:
    return SupportGroup.objects.located_in(area(name)).filter(pk=group.pk).exists()


def areas_of(group, names: list[str]) -> list[str]:
    return [name for name in names if is_in(group, name)]


AROUND_LOFTUS = ["England", "North East", "Redcar and Cleveland", "East Cleveland", "Teesside", "Somerset", "Scotland"]
ALL_OF_THEM = ["England", "North East", "Redcar and Cleveland", "East Cleveland", "Teesside"]
ALL_BUT_THE_PART = ["England", "North East", "Redcar and Cleveland", "Teesside"]


@pytest.mark.parametrize(
    "make, areas",
    [
        (lambda: make_group(venue=redcar_venue()), ALL_OF_THEM),
        (lambda: make_group(town="Loftus"), ALL_OF_THEM),
        (lambda: make_group(town="Guisborough"), ALL_OF_THEM),
        (lambda: make_group(town="Redcar"), ALL_BUT_THE_PART),
        (lambda: make_group(venue=make_venue(town="Redcar", postcode="TS10 1AB")), ALL_BUT_THE_PART),
        # A hidden venue is where its town is, though its own postcode says otherwise.
        (lambda: make_group(venue=redcar_venue(town="Loftus", confidential=True)), ALL_OF_THEM),
        (lambda: make_group(venue=redcar_venue(town="Loftus"), closed=True), ALL_OF_THEM),
        (lambda: make_group(venue=redcar_venue(town="Redcar", confidential=True)), ALL_BUT_THE_PART),
        (lambda: make_group(venue=redcar_venue(town="Redcar"), closed=True), ALL_BUT_THE_PART),
        (lambda: make_group(venue=redcar_venue(confidential=True)), ALL_BUT_THE_PART),
        (lambda: make_group(online=True, areas=["East Cleveland"]), []),
    ],
    ids=[
        "venue",
        "town",
        "another town",
        "town in another part",
        "venue in another part",
        "confidential",
        "closed",
        "confidential, of a town in another part",
        "closed, of a town in another part",
        "confidential, of no town",
        "online",
    ],
)
def test_located_in_official_and_informal_areas(make, areas):
    group = make()

    assert areas_of(group, AROUND_LOFTUS) == areas


def test_located_in_an_area_gives_each_group_once():
    group = make_group(town="Loftus")

    assert list(SupportGroup.objects.located_in(area("Teesside"))) == [group]


# What a group says of itself to anybody


def test_group_that_is_open_gives_its_released_contacts_alone():
    released = make_contact()
    group = make_group(contacts=[released, make_contact(released=False)])

    assert group.released_contacts == [released]


@pytest.mark.parametrize("traits", [{"closed": True}, {"ended": True}], ids=["closed", "ended"])
def test_group_that_cannot_be_visited_gives_no_contact_venue_or_time(traits):
    group = make_group(contacts=[make_contact(), make_contact(released=False)], venue=make_venue(), **traits)

    assert (group.released_contacts, group.public_venue) == ([], None)
    assert group.when == []
    assert group.place_name == "Chard"


def test_group_whose_times_are_withheld_says_to_ask():
    assert make_group(times_are_withheld=True).when == ["Ask the group when it meets."]


def test_group_refuses_a_way_to_wellbeing_that_is_none_of_the_five():
    group = make_group(wellbeing=["connect", "give"])
    group.full_clean()
    group.wellbeing = ["connect", "rest"]

    with pytest.raises(ValidationError) as refused:
        group.full_clean()

    assert refused.value.message_dict == {
        "wellbeing": ["Choose from these five: be active, give, keep learning, take notice, connect."]
    }
