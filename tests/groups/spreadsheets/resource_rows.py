"""A row of each resource in which every column says something, much of it awkward; and what a user sends of it."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from groups.models import Venue
from groups.models.venue import AccessFeature
from groups.spreadsheets.resources.base import SheetResource
from groups.spreadsheets.resources.contacts import CONTACTS
from groups.spreadsheets.resources.offers import ROLES, TRAINING
from groups.spreadsheets.resources.organisations import ORGANISATIONS
from groups.spreadsheets.resources.registry import RESOURCES
from groups.spreadsheets.resources.venues import VENUES
from organisations.models import Contact, Organisation, PeerRole, Training
from tests import factories
from tests.groups.spreadsheets.files import Row, csv_file, rows_of, wrong_in

#: All but groups, which have tests of their own.
OTHERS: tuple[SheetResource, ...] = RESOURCES[1:]
_SOURCE = {"source_name": "A leaflet", "source_url": "https://example.org/a?b=c", "source_dated": "July 2026"}
_AWKWARD = "=1+1; “so”,\n\n- and -\nmore."


def address(resource: SheetResource, page: str) -> str:
    """The address of a page of the spreadsheets of a resource."""
    return reverse(f"admin:{resource.model._meta.app_label}_{resource.key}_{page}")


def exported(client: Client, resource: SheetResource, kind: str = "csv") -> bytes:
    """The file of all rows that somebody may see."""
    return client.post(address(resource, "export"), {"kind": kind}).getvalue()


def rows_exported(client: Client, resource: SheetResource) -> list[dict[str, str]]:
    return rows_of(exported(client, resource))


def send(client: Client, resource: SheetResource, *rows: Row, chosen: str = ""):
    """Send rows to the page of a resource, to be looked at."""
    file = SimpleUploadedFile("rows.csv", csv_file(*rows))
    return client.post(address(resource, "import"), {"file": file, "resource": chosen}, follow=True)


def import_rows(client: Client, resource: SheetResource, *rows: Row):
    """Send rows, and say yes."""
    looked_at = send(client, resource, *rows)
    assert looked_at.context["word"], looked_at.text
    return say_yes(client, looked_at, resource)


def say_yes(client: Client, looked_at, resource: SheetResource):
    """Press the button below what a file of a resource would change."""
    confirmed = {name: looked_at.context[name] for name in ("word", "mark")}
    return client.post(address(resource, "process_import"), confirmed, follow=True)


def wrong(looked_at) -> list[tuple[str, str]]:
    """What a page says is wrong with one row: column and sentence."""
    assert looked_at.context["word"] == ""
    return [(title, sentence) for _, title, sentence in wrong_in(looked_at)]


def make_full(resource: SheetResource, ours: Organisation) -> Model:
    """A row of a resource of an organisation of which there is something to say in every column."""
    makers = {
        ORGANISATIONS: _organisation,
        VENUES: _venue,
        CONTACTS: _contact,
        ROLES: _role,
        TRAINING: _training,
    }
    return makers[resource](ours)


def _organisation(ours: Organisation) -> Organisation:
    values = {
        "former_names": ["'Ours", "Theirs; once"],
        "former_names_note": "In 2020.",
        "kind": "charity",
        "charity_number": "EX12345",
        "user_led": "yes",
        "user_led_note": _AWKWARD,
        "summary": "@home, and more.",
        "what_it_does": _AWKWARD,
        "approach": _AWKWARD,
        "recognises": _AWKWARD,
        "website": "https://example.org/",
        "address": "1 Road\nBack door",
        "town": factories.town("Chard"),
        "postcode": "TA20 1PP",
        "opening_hours": "Monday to Friday, 9am to 5pm",
        "ended_on": datetime.date(2026, 9, 30),
        "what_became_of_it": "- It closed.",
        **_SOURCE,
    }
    for name, value in values.items():
        setattr(ours, name, value)
    ours.save()
    ours.areas_served.set([factories.area("Kent"), factories.area("East Kent")])
    return ours


def _venue(ours: Organisation) -> Venue:
    venue = factories.make_venue(
        name="'=The Hall",
        address="1 Fore Street\nBack door",
        postcode="TA20 1PP",
        opening_hours="Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm",
        getting_there=_AWKWARD,
        access_note=_AWKWARD,
    )
    venue.access_features.set(factories.make_terms(AccessFeature, ["Hearing loop", "Step-free entrance"]))
    return venue


def _contact(ours: Organisation) -> Contact:
    return factories.make_contact(
        organisation=ours,
        role_title="Peer Lead; (all)",
        purpose="joining",
        email="us@example.org",
        phone="+44 1632 960001",
        text_number="07700 900001",
        takes_whatsapp=True,
        hours="9am - 5pm",
        belongs_to_person=True,
        release_agreed_by="The lead herself",
        release_agreed_on=datetime.date(2026, 2, 28),
        is_asked_for_checks=True,
    )


def _role(ours: Organisation) -> PeerRole:
    texts = ("what_they_do", "how_they_work", "support_note", "becoming_one", "training_given", "leads_to")
    return factories.make_role(
        organisation=ours,
        title="=Peer; mentor",
        areas=["Kent"],
        contacts=[factories.make_contact(organisation=ours, role_title="Peer Lead")],
        where_they_work=["One place", "- another"],
        one_to_one="yes",
        support_route="contact us",
        recruiting="was",
        lived_experience="welcome",
        pay="either",
        pay_note="£2; more.",
        hours="Two days",
        **dict.fromkeys(texts, _AWKWARD),
        **_SOURCE,
    )


def _training(ours: Organisation) -> Training:
    return factories.make_training(
        organisation=ours,
        title="=Peer; course",
        areas=["Kent"],
        contacts=[factories.make_contact(organisation=ours, role_title="Peer Lead")],
        kind="work",
        description=_AWKWARD,
        is_free="no",
        price="£40",
        starts_on=datetime.date(2027, 1, 5),
        ends_on=datetime.date(2027, 2, 9),
        session_count=6,
        when_and_where=_AWKWARD,
        **_SOURCE,
    )
