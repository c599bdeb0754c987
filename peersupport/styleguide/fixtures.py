"""Unsaved objects for the examples: rendering them makes no query."""

import datetime
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils import timezone

from groups.choices import ChangeKind, Focus, Frequency, Joining, Stage, Weekday
from groups.models import AccessFeature, Schedule, ScheduleChange, SupportGroup, Venue
from organisations.choices import OrganisationKind
from organisations.models import Contact, Event, EventSeries, Organisation, PeerRole, Training
from places.models import Area, Town

#: A text to cut to the longest name of a group, and a name wider than a phone.
LONGEST = (
    "Example group for everybody who has ever wondered whether a name could be as long as the longest name there is, "
    * 2
)
WELSH = "Grŵp Cefnogaeth Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"

_numbers = count(1)


def unsaved(model: type[Model], *, checked_days_ago: Any = None, **fields: Any) -> Any:
    """Return an unsaved object with a unique primary key and its relations prefetched: those given, else empty."""
    many = {str(field.get_accessor_name()) for field in model._meta.related_objects if field.multiple}
    many |= {field.name for field in model._meta.many_to_many}
    related = {name: fields.pop(name, []) for name in many}
    row: Any = model(pk=next(_numbers), **fields)
    row._prefetched_objects_cache = related
    row.last_checked_on = None if checked_days_ago is None else day(-checked_days_ago)
    return row


def day(days: int) -> datetime.date:
    """Return the date so many days from today; negative is past."""
    return timezone.localdate() + datetime.timedelta(days=days)


KENT = unsaved(Area, name="Kent", slug="kent", gss_code="E10000016")
THANET = unsaved(Area, name="Thanet", slug="thanet", gss_code="E07000114")
WALES = unsaved(Area, name="Wales", name_cy="Cymru", slug="wales", gss_code="W92000004")
MARGATE = unsaved(Town, name="Margate", district=THANET)

HOUSE = unsaved(
    Organisation,
    name="Example house",
    slug="example-house",
    publication="published",
    kind=OrganisationKind.CHARITY,
    user_led="yes",
    summary="It runs groups for talking and for doing.",
    website="https://www.example.org/a-long-address-that-no-phone-has-room-for",
    areas_served=[KENT, THANET],
)
HOUSE.group_count, HOUSE.programme_count = 3, 1

HALL = {
    "name": "Example hall",
    "address": "1 Example Street",
    "town": MARGATE,
    "district": THANET,
    "postcode": "CT9 1AE",
    "latitude": 51.388,
    "longitude": 1.383,
    "getting_there": "The bus stops outside.\n\nRing the bell of the side door.",
    "access_note": "The door is heavy. Somebody will hold it.",
}


def venue(**fields: Any) -> Venue:
    return unsaved(Venue, access_features=[AccessFeature(name="Step-free entrance")], **(HALL | fields))


def every_thursday(**fields: Any) -> Schedule:
    start = datetime.time(18, 30)
    usual = {
        "weekday": Weekday.THURSDAY,
        "starts_at": start,
        "ends_at": datetime.time(20),
        "frequency": Frequency.WEEKLY,
    }
    return unsaved(Schedule, **(usual | fields))


def group(name: str, **fields: Any) -> SupportGroup:
    """Return a group that meets at a hall on Thursdays, with other fields overridden."""
    usual = {
        "slug": "example",
        "code": "bcd23",
        "organisation": HOUSE,
        "summary": "We drink tea, and talk if we feel like it.",
        "focus": Focus.TALKING,
        "joining": Joining.JUST_COME,
        "venue": venue(),
        "schedules": [every_thursday()],
        "checked_days_ago": 10,
    }
    return unsaved(SupportGroup, name=name, **(usual | fields))


def groups() -> dict[str, SupportGroup]:
    """Return groups in every state of a card, by the name of the state."""
    moved = unsaved(
        ScheduleChange, kind=ChangeKind.EXTRA, date=day(1), starts_at=datetime.time(11), words="A walk by the sea."
    )
    several_days = [every_thursday(), every_thursday(weekday=Weekday.MONDAY, starts_at=None, ends_at=None)]
    return {
        "Open, checked": group("Example Thursday tea"),
        "Doing, get in touch first, two days, check is due": group(
            "Example painters",
            focus=Focus.DOING,
            joining=Joining.CONTACT_FIRST,
            schedules=several_days,
            checked_days_ago=220,
        ),
        "Both, by referral, an extra date, overdue": group(
            "Example walk and talk",
            focus=Focus.BOTH,
            joining=Joining.BY_REFERRAL,
            schedule_changes=[moved],
            checked_days_ago=300,
        ),
        "For members, lapsed": group("Example members", joining=Joining.MEMBERS, checked_days_ago=600),
        "Full": group("Example full house", joining=Joining.WAITING_LIST),
        "For the members to decide": group(
            "Example new circle", focus=Focus.MEMBERS_DECIDE, joining=Joining.MEMBERS_DECIDE, schedules=[]
        ),
        "Closed to new people": group("Example closed circle", joining=Joining.CLOSED),
        "Being set up": group("Example group to be", stage=Stage.FORMING),
        "Being set up, when we last heard": group("Example group to be", stage=Stage.FORMING, checked_days_ago=None),
        "Having a break": group("Example allotment", stage=Stage.PAUSED, paused_until=day(20)),
        "Ended": group("Example that was", stage=Stage.ENDED),
        "Stands for several": group(
            "Example groups across Kent", stands_for_several=True, venue=None, areas_served=[KENT], schedules=[]
        ),
        "Somewhere private, times on request": group(
            "Example safe place", venue=venue(address_is_confidential=True), times_are_withheld=True
        ),
        "Online": group("Example at home", venue=None, meets_in_person=False, meets_online=True),
        "A long Welsh name": group(WELSH),
        "The longest name there can be": group(LONGEST[:120]),
        "Nothing known but a name": unsaved(SupportGroup, name="Example name", slug="example", organisation=HOUSE),
    }


def contacts() -> dict[str, Contact]:
    """Return contacts in every state, by the name of the state."""
    usual = {"organisation": HOUSE, "role_title": "Peer group worker", "is_released": True}
    numbers = {"phone": "01632 960001", "text_number": "07700 900001", "email": "hello@example.org"}
    return {
        "Numbers tried, with hours": unsaved(
            Contact, **usual, **numbers, number_checked_on=day(-10), hours="Weekdays, 10am to 4pm"
        ),
        "Numbers that nobody has tried": unsaved(Contact, **usual, **numbers),
        "A plain telephone and mailbox": unsaved(Contact, **usual | numbers | {"role_title": ""}),
    }


ROLE = unsaved(PeerRole, title="Example peer worker", slug="example", organisation=HOUSE, summary="Walks beside you.")
COURSE = unsaved(
    Training,
    title="Example course",
    slug="example",
    organisation=HOUSE,
    summary="Five mornings about listening.",
    starts_on=day(7),
    ends_on=day(35),
    session_count=5,
    price="£40, or £20 if you are out of work",
    areas_served=[KENT],
    contacts=list(contacts().values())[:1],
)
SERIES = unsaved(EventSeries, name="Example festival", organisation=HOUSE)


def event(days: int) -> Event:
    return unsaved(
        Event, name="Example open day", organisation=HOUSE, starts_on=day(days), place="Example hall", series=SERIES
    )
