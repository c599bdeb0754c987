"""The feed of some groups, imported into an empty directory and published, is the same feed but for what is listed."""

import re
from pathlib import Path

import pytest

from groups.choices import ChangeKind, Focus, Frequency, Joining, LedBy, Route, Weekday, Wellbeing
from groups.models import AccessFeature, JoiningRoute, Language, SourceRecord, SupportGroup, Venue
from groups.open_referral.catalogue import Versions
from groups.open_referral.reader import read_whole
from groups.open_referral.services import Context, encode_service
from groups.spreadsheets.open_referral.documents import Feed
from groups.spreadsheets.open_referral.feed_import import ImportOptions, prepare_feed, vocabulary, write_feed
from groups.spreadsheets.open_referral.service_rows import ReadingOptions
from organisations.choices import OrganisationKind, Publication, Purpose, YesNo
from organisations.models import Contact, Organisation
from tests.factories import (
    area,
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_terms,
    make_venue,
    town,
)
from tests.groups.open_referral.feed import items, record_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DOCUMENT = Path(__file__).parents[3] / "docs/open-referral.md"
#: Ids, addresses of pages and dates of checks are new after each import.
_MASKED = re.compile(r"(?:^|_)id$|^ur[li]$|^term_uri$|^schedule_link$|^last_modified$|^assur")
#: What the standard cannot carry, as the table of the document names it, by the group that has it: its fields differ.
LOST = {
    "Example lapsed": ("Checks: when, by what means, by whom", {"alert", "status"}),
    "Example mobile": ("A contact with a mobile number", {"contacts", "email", "phones"}),
    "Example elsewhere": (
        "A time at a confidential venue that is not the group's",
        {"schedules", "service_at_locations"},
    ),
    "Example unchecked": ("A contact that has a number alone, which nobody has checked", {"contacts"}),
    "Example ended": ("A group that has ended", None),
}


def make_groups() -> None:
    """One group of each kind, and each choice once."""
    organisation = make_organisation(
        name="Example house",
        kind=OrganisationKind.CHARITY,
        charity_number="1234567",
        website="https://house.example/",
        what_it_does="A garden.\n\nA kitchen.",
        former_names=["Example hut", "Example shed"],
        former_names_note="It moved in 2019.",
        approach="We ask first.\n\nWe listen.",
        recognises="Poverty.",
        user_led=YesNo.YES,
        user_led_note="All of us.",
    )
    contacts = [
        make_contact(organisation=organisation, role_title=role, number_checked_on=days_ago(3), **fields)
        for role, fields in (
            ("Co-ordinator", {"purpose": Purpose.JOINING, "email": "join@house.example", "phone": "01632 960001"}),
            ("Co-ordinator", {"purpose": Purpose.TRAINING, "phone": "01632 960002", "hours": "Mondays"}),
            ("Helper", {"purpose": Purpose.STARTING, "text_number": "01632 960005", "takes_whatsapp": True}),
            ("", {"phone": "01632 960003", "hours": "Weekdays"}),
            ("", {"email": "office@house.example", "phone": "01632 960004"}),
        )
    ]
    hall = make_venue(
        name="Example hall",
        address="1 Example Street",
        postcode="CT9 1AE",
        town="Margate",
        at=(51.39, 1.38),
        getting_there="The bus stops outside.",
        access_note="The lift is small.",
        opening_hours="Monday to Friday, 9am to 5pm\nSunday, 10am to 1pm and 6pm to midnight\nClosed on bank holidays",
    )
    hall.access_features.set(make_terms(AccessFeature, ["Lift", "Hearing loop"]))
    walkers = make_group(
        name="Example walkers",
        organisation=organisation,
        venue=hall,
        contacts=contacts,
        what_it_is_like="Slowly.",
        eligible_by_place="living in Kent",
        age_from=18,
        age_to=25,
        is_free=YesNo.YES,
        topics=["Example topic"],
        activities=["Example activity"],
        audiences=["Example people"],
    )
    walkers.languages.set(make_terms(Language, ["Welsh"]))
    make_schedule(walkers, starts_at="18:30", ends_at="20:00", note="By the door.")
    make_schedule(walkers, frequency=Frequency.MONTHLY_BY_WEEKDAY, weekday=Weekday.MONDAY, ordinals="1,-1")
    choices = zip(Focus, LedBy, [each for each in Joining if each != Joining.CLOSED], strict=False)
    for focus, led_by, joining in choices:
        make_group(
            name=f"Example {focus}",
            organisation=organisation,
            town="Chard",
            focus=focus,
            led_by=led_by,
            joining=joining,
            joining_note="Ring first.",
        )
    make_group(
        name="Example said in full",
        organisation=organisation,
        town="Chard",
        website="https://house.example/full",
        who_meets_you="One of us.\n\nAt the door.",
        do_i_have_to_talk="No.",
        can_i_bring_someone="Yes.",
        accessibility="Come and go.",
        agreement="We are kind.\n\nWe come on time.",
        agreed_on=days_ago(40),
        how_it_came_about="Over tea.",
        what_it_is_like="Warm.",
        wellbeing=[Wellbeing.GIVE, Wellbeing.CONNECT],
        while_waiting=YesNo.YES,
        alongside_services=YesNo.YES,
        after_services=YesNo.NO,
        eligible_by_place="living in Kent",
        eligible_area=area("Kent"),
        stands_for_several=True,
        joining=Joining.WAITING_LIST,
        look_again_on=days_ago(-40),
    )
    referred = make_group(
        name="Example referred", organisation=organisation, joining=Joining.BY_REFERRAL, areas=["Kent"]
    )
    for route in Route:
        JoiningRoute.objects.create(group=referred, route=route, note="Ask: at the desk." if route == Route.GP else "")
    make_group(
        name="Example remote",
        organisation=organisation,
        online=True,
        meets_by_phone=True,
        how_to_take_part_from_home="Ask for the link.",
        is_free=YesNo.NO,
        cost_note="£2",
    )
    make_group(name="Example hidden", organisation=organisation, confidential=True, times_are_withheld=True)
    make_group(name="Example closed", organisation=organisation, town="Chard", closed=True)
    make_group(
        name="Example forming",
        organisation=organisation,
        town="Chard",
        forming=True,
        stage_note="Soon.",
        wants_members=True,
        wants_place=True,
    )
    make_group(
        name="Example resting",
        organisation=organisation,
        town="Chard",
        paused=True,
        paused_since=days_ago(10),
        paused_until=days_ago(-10),
        paused_because="We rest. We come back.",
        stage_note="Ring us.",
    )
    dates = make_group(name="Example dates", organisation=organisation, town="Chard")
    make_schedule(dates)
    make_change(dates, kind=ChangeKind.OFF, words="We rest.")
    make_change(dates, kind=ChangeKind.OFF_RANGE, date=days_ago(-20), until=days_ago(-30))
    make_change(dates, kind=ChangeKind.MOVED, date=days_ago(-8), new_date=days_ago(-9), words="A day later.")
    make_change(dates, kind=ChangeKind.MOVED, date=days_ago(-10), starts_at="11:00", ends_at="12:00")
    make_change(dates, kind=ChangeKind.ON, date=days_ago(-12), words="With cake.")
    make_change(dates, kind=ChangeKind.EXTRA, date=days_ago(-11), starts_at="11:00", words="A quiz.")


def make_groups_at_other_venues() -> None:
    """Groups with times and dates at another venue than their own, which of one is a town alone."""
    organisation = make_organisation(
        name="Example garden",
        address="2 Example Street\nBy the green",
        town=town("Margate"),
        postcode="CT9 1AE",
        opening_hours="Monday to Friday, 9am to 5pm",
    )
    yard = make_organisation(
        name="Example yard", address="4 Example Road", town=town("Chard"), opening_hours="Monday, 9am to noon"
    )
    make_group(name="Example yard group", organisation=yard, town="Chard")
    barn, mill = (
        make_venue(name=f"Example {name}", address="1 Example Road", postcode=postcode, town=town, opening_hours=hours)
        for name, postcode, town, hours in (
            ("barn", "CT9 1AE", "Margate", ""),
            ("mill", "TA20 1AA", "Chard", "Every day, 24 hours"),
        )
    )
    shed = make_venue(
        name="Example shed", address="3 Example Road\nAt the back", town="Chard", access_note="Through the garden."
    )
    make_group(name="Example venue without a postcode", organisation=organisation, venue=shed)
    for name, place in (("two venues", {"venue": barn}), ("town and venue", {"town": "Margate"})):
        group = make_group(name=f"Example {name}", organisation=organisation, **place)
        make_schedule(group)
        make_schedule(group, weekday=Weekday.MONDAY, venue=mill, note="By the door.")
        make_change(group, kind=ChangeKind.EXTRA, date=days_ago(-11), starts_at="11:00", venue=mill)
        make_change(group, kind=ChangeKind.MOVED, date=days_ago(-12), venue=mill)
        make_change(group, kind=ChangeKind.MOVED, date=days_ago(-13), venue=shed)


def make_groups_that_lose() -> None:
    """The groups of `LOST`."""
    organisation = make_organisation(name="Example loft", website="https://loft.example/")
    own = {"organisation": organisation}
    make_group(name="Example lapsed", town="Chard", checked=days_ago(900), **own)
    mobile = {"email": "one@loft.example", "phone": "07700 900001", "number_checked_on": days_ago(3)}
    make_group(name="Example mobile", town="Chard", contacts=[make_contact(**own, **mobile)], **own)
    barn = make_venue(name="Example barn", address="1 Example Road", postcode="CT9 1AE", town="Margate")
    elsewhere = make_group(name="Example elsewhere", venue=barn, **own)
    make_schedule(elsewhere)
    make_schedule(elsewhere, weekday=Weekday.MONDAY, venue=make_venue(town="Chard", confidential=True))
    make_group(
        name="Example unchecked", town="Chard", contacts=[make_contact(phone="01632 960009", email="", **own)], **own
    )
    make_group(name="Example ended", town="Chard", ended=True, ended_on=days_ago(9), **own)


def records() -> dict[str, dict]:
    """The records of all groups, and of their organisations by themselves but for contacts, by their names."""
    groups = {group.name: masked(record_of(group)) for group in SupportGroup.objects.order_by("name")}
    owners = {group["organization"]["name"] for group in groups.values()}
    organisations = [masked(record) for record in items("/organizations") if record["name"] in owners]
    return groups | {
        f"{record['name']} itself": {name: record[name] for name in record if name not in ("contacts", "email")}
        for record in organisations
    }


def masked(value):
    """A record without ids, addresses and dates of checks, and what is in no order in a set order."""
    if isinstance(value, dict):
        return {name: masked(each) for name, each in value.items() if not _MASKED.search(name)}
    if isinstance(value, list):
        terms = [each for each in value if not _code(each).startswith("checked-")]
        return sorted((masked(each) for each in terms), key=_code)
    return value


def _code(value) -> str:
    return value.get("taxonomy_term", {}).get("code", "") if isinstance(value, dict) else ""


def send_round() -> tuple[dict[str, dict], dict[str, dict]]:
    """The records of all groups, before and after an import into the directory without them, which is published."""
    before = records()
    feed = Feed()
    feed.add([record_of(group) for group in SupportGroup.objects.all()])
    feed.add(items("/organizations"))
    for model in (SupportGroup, Venue, Contact, Organisation):
        model.objects.all().delete()
    reading = ReadingOptions("Example feed", days_ago(0), vocabulary(), agreed_by="They say so.")
    write_feed(prepare_feed(feed, ImportOptions(reading)))
    for model in (SupportGroup, Organisation):
        model.objects.update(publication=Publication.PUBLISHED)
    Contact.objects.exclude(phone="", text_number="").update(number_checked_on=days_ago(0))
    assert SourceRecord.objects.filter(group=None).count() == 0
    return before, records()


def test_groups_of_each_kind_come_back_the_same():
    make_groups()
    make_groups_at_other_venues()

    before, after = send_round()

    assert after == before


def test_what_does_not_come_back_is_what_the_document_lists():
    make_groups_that_lose()

    before, after = send_round()

    groups = {name: record for name, record in before.items() if not name.endswith(" itself")}
    differing = {name: _differing(record, after.get(name)) for name, record in groups.items()}
    assert differing == {name: fields for name, (_, fields) in LOST.items()}
    rows = {line.split("|")[1].strip() for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")}
    assert {row for row, _ in LOST.values()} - rows == set()


def test_record_of_a_group_that_was_read_whole_takes_no_query_more(django_assert_num_queries):
    make_groups()
    make_groups_that_lose()
    versions = Versions()
    context = Context(versions.today, versions.vocabulary, versions.addresses)
    groups = read_whole(SupportGroup.objects.values_list("pk", flat=True))

    with django_assert_num_queries(0):
        found = [encode_service(group, context).name for group in groups.values()]

    assert sorted(found) == sorted(SupportGroup.objects.values_list("name", flat=True))


def _differing(before: dict, after: dict | None) -> set[str] | None:
    """The fields that differ; None if there is no record afterwards."""
    return None if after is None else {name for name in {*before, *after} if before.get(name) != after.get(name)}
