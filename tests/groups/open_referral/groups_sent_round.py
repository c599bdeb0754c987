"""Groups of each kind, to be sent round by the feed and an import of it."""

from groups.choices import ChangeKind, Focus, Frequency, Joining, LedBy, Route, Weekday, Wellbeing
from groups.models import AccessFeature, JoiningRoute, Language
from organisations.choices import OrganisationKind, Purpose, YesNo
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
    """The groups that do not come back as they were."""
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
