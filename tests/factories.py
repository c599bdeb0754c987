"""A valid, published thing from nothing. A test says only what matters to it: `make_group(closed=True)`.

Nothing surprises: every name begins with "Example", everything optional is empty, and places are the real ones, by
name ("Chard", "East Kent"), from the small gazetteer that every test has.
"""

import datetime
import random
from itertools import count

from django.utils import timezone
from model_bakery import baker

from groups.choices import ChangeKind, Frequency, Joining, Stage, Weekday
from groups.models import (
    Activity,
    Audience,
    GroupCheck,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)
from groups.sample_data.identity import SOURCE, example_id
from organisations.choices import CheckedBy, Permission, Publication
from organisations.models import (
    Contact,
    Event,
    Listing,
    Organisation,
    OrganisationCheck,
    PeerRole,
    PeerRoleCheck,
    Quotation,
    Training,
    TrainingCheck,
    single_revision,
)
from places.models import Area, Town

_numbers = count(1)
_CHECKS = {
    Organisation: OrganisationCheck,
    PeerRole: PeerRoleCheck,
    SupportGroup: GroupCheck,
    Training: TrainingCheck,
}


def days_ago(days: int) -> datetime.date:
    """The day that number of days ago; a negative number is in the future."""
    return timezone.localdate() - datetime.timedelta(days=days)


def area(name: str) -> Area:
    """A real area: "East Kent"."""
    return Area.objects.get(name=name)


def town(name: str) -> Town:
    """A real town: "Chard"; where there are several, with its district: "Newport, Newport"."""
    name, _, district = name.partition(", ")
    towns = Town.objects.filter(name=name)
    return towns.get(district__name=district) if district else towns.get()


def make_organisation(
    *, name: str = "", areas: list[str] = (), checked: datetime.date | None = None, draft: bool = False, **fields
) -> Organisation:
    """A published organisation that nobody has checked."""
    organisation = baker.make(
        Organisation,
        name=name or _name("organisation"),
        summary=fields.pop("summary", "An example of an organisation."),
        **(_listing(draft) | fields),
    )
    _relate(organisation, areas_served=_areas(areas))
    return _checked(organisation, checked)


def as_example(listing: Listing) -> Listing:
    """A listing made a generated example, as `make_examples` makes them."""
    identity = example_id(random.Random(listing.pk))
    type(listing).objects.filter(pk=listing.pk).update(public_id=identity, source_name=SOURCE)
    listing.refresh_from_db()
    return listing


def make_group(
    *,
    name: str = "",
    organisation: Organisation | None = None,
    town: str | Town | None = None,
    venue: Venue | None = None,
    areas: list[str] = (),
    topics: list[str] = (),
    activities: list[str] = (),
    audiences: list[str] = (),
    contacts: list[Contact] = (),
    checked: datetime.date | None = None,
    closed: bool = False,
    forming: bool = False,
    paused: bool = False,
    ended: bool = False,
    confidential: bool = False,
    online: bool = False,
    draft: bool = False,
    **fields,
) -> SupportGroup:
    """A published, running group that nobody has checked.

    With a town it meets somewhere there, no venue known; `confidential` gives it a confidential venue in the town
    (Chard, if none is said), which does not stand where the town's own point is. `online` meets online only.
    """
    stage = Stage.FORMING if forming else Stage.PAUSED if paused else Stage.ENDED if ended else Stage.RUNNING
    if confidential:
        venue = venue or make_venue(town=town or "Chard", confidential=True)
        town = None
    if closed:
        fields.setdefault("joining", Joining.CLOSED)
    if online:
        fields = {"meets_online": True, "meets_in_person": False} | fields
    group = baker.make(
        SupportGroup,
        name=name or _name("group"),
        organisation=organisation or make_organisation(),
        summary=fields.pop("summary", "An example of a group."),
        stage=fields.pop("stage", stage),
        town=_town(town),
        venue=venue,
        **(_listing(draft) | fields),
    )
    _relate(
        group,
        areas_served=_areas(areas),
        topics=make_terms(Topic, topics),
        activities=make_terms(Activity, activities),
        audiences=make_terms(Audience, audiences),
        contacts=contacts,
    )
    return _checked(group, checked)


def make_venue(
    *,
    name: str = "",
    town: str | Town | None = "Chard",
    postcode: str = "",
    at: tuple[float, float] | None = None,
    confidential: bool = False,
    **fields,
) -> Venue:
    """A venue in a town, or at a postcode of the small gazetteer. One that is confidential stands beside the town."""
    town = _town(town)
    if confidential and not postcode and at is None:
        at = (town.latitude + 0.01, town.longitude + 0.01)
    if at is not None:
        fields |= {
            "latitude": at[0],
            "longitude": at[1],
            "district": fields.get("district") or (town.district if town else None),
            "position_is_by_hand": True,
            "position_reason": "An example.",
        }
    return baker.make(
        Venue,
        name=name or _name("hall"),
        town=town,
        postcode=postcode,
        address_is_confidential=confidential,
        **fields,
    )


def make_schedule(group: SupportGroup, *, weekday: Weekday | None = Weekday.THURSDAY, **fields) -> Schedule:
    """A pattern for a group: every Thursday, at a time that nobody has told us."""
    fields.setdefault("frequency", Frequency.WEEKLY)
    return baker.make(Schedule, group=group, weekday=weekday, **fields)


def make_change(group: SupportGroup, **fields) -> ScheduleChange:
    """An extra date for a group, a week from today, at a time that nobody has told us."""
    fields = {"kind": ChangeKind.EXTRA, "date": days_ago(-7)} | fields
    return baker.make(ScheduleChange, group=group, **fields)


def make_contact(*, organisation: Organisation | None = None, released: bool = True, **fields) -> Contact:
    """A contact by e-mail, released to the public."""
    fields.setdefault("role_title", _name("co-ordinator"))
    if not any(fields.get(way) for way in ("email", "phone", "text_number")):
        fields["email"] = "hello@example.org"
    return baker.make(Contact, organisation=organisation or make_organisation(), is_released=released, **fields)


def make_role(**fields) -> PeerRole:
    """A published peer role of which nothing is said."""
    return _make_offer(PeerRole, "peer role", **fields)


def make_training(**fields) -> Training:
    """A published course."""
    return _make_offer(Training, "course", **fields)


def make_event(*, name: str = "", organisation: Organisation | None = None, **fields) -> Event:
    """An event a week from today."""
    fields.setdefault("starts_on", days_ago(-7))
    return baker.make(Event, name=name or _name("event"), organisation=organisation or make_organisation(), **fields)


def make_quotation(*, organisation: Organisation | None = None, **fields) -> Quotation:
    """Somebody's words, which may be shown."""
    return baker.make(
        Quotation,
        organisation=organisation or make_organisation(),
        words=fields.pop("words", _name("words")),
        attribution=fields.pop("attribution", "An example of a member"),
        permission=fields.pop("permission", Permission.PUBLISHED),
        **fields,
    )


def make_check(listing: Listing, on: datetime.date, **fields):
    """Somebody checked a listing on a day, by phone."""
    fields.setdefault("checked_by", CheckedBy.PHONE)
    return baker.make(_CHECKS[type(listing)], listing=listing, checked_on=on, **fields)


def make_terms(kind: type, names: list[str]) -> list:
    """Topics, activities or audiences of these names, made where there are none yet."""
    slug = str.maketrans(" ", "-")
    return [kind.objects.get_or_create(name=name, defaults={"slug": name.lower().translate(slug)})[0] for name in names]


def _name(noun: str) -> str:
    return f"Example {noun} {next(_numbers):04}"


def _make_offer(
    model: type[Listing],
    noun: str,
    *,
    title: str = "",
    organisation: Organisation | None = None,
    areas: list[str] = (),
    contacts: list[Contact] = (),
    checked: datetime.date | None = None,
    draft: bool = False,
    **fields,
) -> Listing:
    offer = baker.make(
        model,
        title=title or _name(noun),
        organisation=organisation or make_organisation(),
        summary=fields.pop("summary", f"An example of a {noun}."),
        **(_listing(draft) | fields),
    )
    _relate(offer, areas_served=_areas(areas), contacts=contacts)
    return _checked(offer, checked)


def _listing(draft: bool) -> dict[str, str]:
    # An empty slug is one that the listing makes for itself.
    return {"publication": Publication.DRAFT if draft else Publication.PUBLISHED, "slug": ""}


def _areas(names: list[str]) -> list[Area]:
    return [area(name) for name in names]


def _relate(listing: Listing, **relations: list) -> None:
    """Set what a new listing is related to, in one revision. Of an empty relation the database is not asked."""
    filled = {name: rows for name, rows in relations.items() if rows}
    if not filled:
        return
    with single_revision(listing):
        for name, rows in filled.items():
            getattr(listing, name).set(rows)


def _town(chosen: str | Town | None) -> Town | None:
    return town(chosen) if isinstance(chosen, str) else chosen


def _checked(listing: Listing, on: datetime.date | None):
    if on is not None:
        make_check(listing, on)
    return listing
