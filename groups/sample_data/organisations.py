"""Example organisations with contacts, network memberships, statements and quotations."""

import random
from dataclasses import dataclass

from django.utils.text import slugify

from groups.models import Venue
from organisations.choices import OrganisationKind, Permission, YesNo
from organisations.models import Contact, Membership, Organisation, Quotation, Resource, Statement
from places.models import Area

from .context import SampleContext
from .identity import WORD, example_id
from .locations import SampleLocation
from .phone_numbers import mobile, telephone
from .roles_and_training import make_offers
from .texts import load_texts, perhaps, weighted_choice, weighted_share

#: One organisation in this many is a network, which later organisations of its region may join.
_NETWORK_EVERY = 30


@dataclass
class Host:
    """An organisation that runs groups, with what the groups share: contacts, venues and areas."""

    organisation: Organisation
    location: SampleLocation
    district: Area
    works_in: Area
    contacts: list[Contact]
    venues: list[Venue]


class Organisations:
    """Makes organisations, and keeps the latest network of each region."""

    def __init__(self, context: SampleContext) -> None:
        self._context = context
        self._networks: dict[int, Organisation] = {}

    def make(self, number: int, rng: random.Random) -> Host | None:
        """Queue an organisation without its groups. Return its `Host`; None for a network, which runs no groups."""
        context = self._context
        location = context.locations.pick(rng)
        district, county, region = context.locations.surrounding_areas(location)
        is_network = number % _NETWORK_EVERY == 0
        works_in = county if is_network else rng.choices([district, county, region], [60, 30, 10])[0]
        place = {"town": location.town.name, "area": works_in.name}
        organisation = _organisation(context, rng, place, is_network)
        _give_address(context, organisation, location)
        context.writer.add(organisation)
        context.writer.link(organisation, "areas_served", [works_in])
        context.add_former_slug(
            rng, organisation, organisation.former_names[0] if organisation.former_names else "office"
        )
        context.add_checks(rng, organisation)
        contacts = _contacts(context, rng, organisation, in_london=region.name == "London")
        _words(context, rng, organisation)
        make_offers(context, rng, organisation, works_in, contacts, place, has_series=is_network)
        if is_network:
            self._networks[region.pk] = organisation
            return None
        if region.pk in self._networks and rng.random() < 0.45:
            _join(context, rng, organisation, self._networks[region.pk])
        return Host(organisation, location, district, works_in, contacts, venues=[])


def _organisation(context: SampleContext, rng: random.Random, place: dict[str, str], is_network: bool) -> Organisation:
    texts = load_texts("organisations")["texts"]
    kind = {"kind": OrganisationKind.NETWORK, "names": texts["network_names"]}
    if not is_network:
        kind = weighted_choice(rng, load_texts("organisations")["kinds"])
    name = context.unused_name(rng.choice(kind["names"]).format(**place), place["town"])
    organisation = Organisation(
        **context.provenance(rng),
        name=name,
        kind=kind["kind"],
        summary=rng.choice(texts["network_summary" if is_network else "summary"]).format(**place),
        what_it_does=perhaps(rng, 0.8, texts["what_it_does"]).format(**place),
        approach=perhaps(rng, 0.6, texts["approach"]),
        recognises=perhaps(rng, 0.3, texts["recognises"]),
        user_led=weighted_share(rng, {YesNo.YES: 4, YesNo.NO: 2, YesNo.NOT_SAID: 4}),
        # Not a number that a charity could have.
        charity_number=f"EX{rng.randrange(100_000):05}" if kind["kind"] == "charity" and rng.random() < 0.7 else "",
        website=f"https://www.{_domain(name)}/" if rng.random() < 0.6 else "",
        publication=context.publication(rng),
    )
    if organisation.user_led == YesNo.YES:
        organisation.user_led_note = perhaps(rng, 0.6, texts["user_led_note"])
    if rng.random() < 0.08:
        organisation.former_names = [f"{WORD} {rng.choice(texts['former']).format(**place)}"]
        organisation.former_names_note = rng.choice(texts["former_note"])
    if rng.random() < 0.01:
        organisation.ended_on = context.day(rng, -300, -20)
        organisation.what_became_of_it = rng.choice(texts["ended"])
    context.slugs.give(organisation)
    return organisation


def _give_address(context: SampleContext, organisation: Organisation, location: SampleLocation) -> None:
    """Give half of them an address, by draws of its own."""
    rng = random.Random(str(organisation.public_id))
    if rng.random() < 0.5:
        organisation.address = f"{rng.randint(1, 180)} {rng.choice(load_texts('venues')['streets'])}"
        organisation.town, organisation.postcode = location.town, location.postcode
        organisation.district = context.locations.areas[location.district_id]
        organisation.latitude, organisation.longitude = location.latitude, location.longitude
        organisation.opening_hours = perhaps(rng, 0.4, load_texts("venues")["opening_hours"])


def _contacts(
    context: SampleContext, rng: random.Random, organisation: Organisation, *, in_london: bool
) -> list[Contact]:
    known = load_texts("organisations")["contacts"]
    notes = load_texts("organisations")["contact_notes"]
    domain = _domain(organisation.name)
    contacts = []
    # Every role in the file's order, the first ones likelier, so that most can say how to join.
    for role, likelihood in zip(known, (0.85, 0.7, 0.3, 0.2, 0.2, 0.25), strict=True):
        if rng.random() > likelihood:
            continue
        by = weighted_share(rng, {"email phone": 4, "email": 3, "phone": 2, "phone text": 1, "email text": 1})
        released = rng.random() < 0.72
        contact = Contact(
            public_id=example_id(rng),
            organisation=organisation,
            role_title=role["role"],
            purpose=role["purpose"],
            email=f"{role['mailbox']}@{domain}" if "email" in by else "",
            phone=telephone(rng, london=in_london) if "phone" in by else "",
            text_number=mobile(rng) if "text" in by else "",
            takes_whatsapp="text" in by and rng.random() < 0.5,
            hours=rng.choice(notes["hours"]),
            is_released=released,
            staff_note="" if released else rng.choice(notes["staff_note"]),
        )
        if by != "email" and rng.random() < 0.55:
            contact.number_checked_on = context.day(rng, -300, -1)
        contacts.append(context.writer.add(contact))
    return contacts


def _words(context: SampleContext, rng: random.Random, organisation: Organisation) -> None:
    """Queue its resources, statements and quotations."""
    texts = load_texts("organisations")
    for name, description in rng.sample(texts["texts"]["resources"], weighted_share(rng, {0: 7, 1: 2, 2: 1})):
        url = f"https://www.{_domain(organisation.name)}/{slugify(name)}/" if rng.random() < 0.7 else ""
        context.writer.add(Resource(organisation=organisation, name=name, description=description, url=url))
    for position, statement in enumerate(
        rng.sample(texts["statements"], weighted_share(rng, {0: 6, 1: 2, 2: 1, 4: 1}))
    ):
        context.writer.add(
            Statement(**context.provenance(rng), organisation=organisation, position=position, **statement)
        )
    quotations = rng.sample(texts["texts"]["quotations"], weighted_share(rng, {0: 5, 1: 3, 2: 2}))
    for position, quotation in enumerate(quotations):
        permission = weighted_share(rng, {Permission.PUBLISHED: 5, Permission.CONSENT: 4, Permission.NONE: 1})
        row = Quotation(**context.provenance(rng), organisation=organisation, words=quotation, position=position)
        row.attribution = rng.choice(texts["texts"]["quoted"])
        row.permission = permission
        row.permission_note = "By e-mail." if permission == Permission.CONSENT else ""
        context.writer.add(row)


def _join(context: SampleContext, rng: random.Random, member: Organisation, network: Organisation) -> None:
    texts = load_texts("organisations")["texts"]
    membership = Membership(network=network, member=member, words=rng.choice(texts["membership_words"]))
    membership.note = rng.choice(texts["membership_note"])
    context.writer.add(membership)


def _domain(name: str) -> str:
    """Return a domain under `.example`, which RFC 2606 reserves: it never resolves."""
    return f"{slugify(name)[:60].strip('-')}.example"
