"""What was taken back is on no page asked for next, in whichever process, however it was written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from groups.models import SupportGroup, Venue
from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import make_token
from organisations.models import Contact, Organisation, PeerRole
from tests.factories import as_example, days_ago, make_contact, make_group, make_organisation, make_venue
from tests.groups.feedback.posting import FROM_OUR_PAGE
from tests.groups.spreadsheets.files import import_rows
from tests.peersupport.content_versions.everything import make_everything
from tests.peersupport.html import parse
from tests.peersupport.page_cache.other_process import OtherProcess, other_process, pages
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_manager, sign_in
from tests.template_database import database_url


@dataclass
class Listed:
    """What the pages of one organisation show, and the addresses of all pages that show any of it."""

    organisation: Organisation
    group: SupportGroup
    contact: Contact
    venue: Venue
    role: PeerRole

    @property
    def addresses(self) -> list[str]:
        """Of pages that show some of it."""
        search = reverse("groups:group_list") + "?near=Chard"
        rows = (self.group, self.organisation, self.venue)
        return [search, *(row.get_absolute_url() for row in rows)]

    @property
    def neighbour(self) -> SupportGroup:
        """Another organisation's group, on whose page this one's is near by."""
        return SupportGroup.objects.get(name="Example neighbour")


@pytest.fixture
def process(transactional_db) -> Iterator[OtherProcess]:
    with other_process(database_url()) as process:
        yield process


def listed() -> Listed:
    organisation = make_everything("Example withdrawn")
    make_group(name="Example neighbour", organisation=make_organisation(), venue=make_venue(town="Chard"))
    group = organisation.groups.get()
    return Listed(organisation, group, organisation.contacts.get(), group.venue, organisation.roles.get())


def showing(text: str, addresses: list[str], process: OtherProcess) -> set[str]:
    """The addresses whose pages have a text, in either process."""
    found = pages(Client(), addresses), process.pages(addresses)
    return {address for texts in found for address, page in texts.items() if text in page}


def raw(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def saved(row: Any, **fields: Any) -> None:
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def bulk(row: Any, **fields: Any) -> None:
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    type(row).objects.bulk_update([row], list(fields))


def written(row: Any, **fields: Any) -> None:
    """The same by raw SQL."""
    for name, value in fields.items():
        raw(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", value, row.pk)


def updated(row: Any, **fields: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


WAYS: tuple[Callable[..., None], ...] = (saved, updated, bulk, written)
DRAFT, PUBLISHED = {"publication": "draft"}, {"publication": "published"}


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_on_no_page_asked_for_next(process):
    it = listed()
    group, organisation, role = (row.get_absolute_url() for row in (it.group, it.organisation, it.role))
    neighbour, venue = it.neighbour.get_absolute_url(), it.venue.get_absolute_url()
    search, area = reverse("groups:group_list") + "?near=Chard", reverse("groups:area_detail", args=["somerset"])
    words, events = reverse("organisations:peer_support"), reverse("organisations:event_list")
    hidden, shown = {"address_is_confidential": True}, {"address_is_confidential": False}
    closed, running = {"joining": "closed"}, {"joining": it.group.joining}
    #: The row, how it is written, what takes it back and what undoes that, the text that is gone, and the pages of it.
    cases = [
        *((it.contact, way, {"is_released": False}, {"is_released": True}, it.contact.email) for way in WAYS),
        *((it.venue, way, hidden, shown, it.venue.name) for way in WAYS),
        *((it.group, way, closed, running, it.venue.name) for way in (bulk, written)),
        *((it.group, way, DRAFT, PUBLISHED, it.group.name) for way in (saved, updated)),
        *((it.role, way, DRAFT, PUBLISHED, it.role.title) for way in (saved, bulk, written)),
        *((it.organisation, way, DRAFT, PUBLISHED, it.organisation.name) for way in (updated, written)),
    ]
    pages_of = {
        it.contact.email: {group, organisation, role},
        it.venue.name: {group, organisation, neighbour, venue, search, area},
        it.group.name: {group, organisation, neighbour, venue, search, area},
        it.role.title: {role, organisation},
        it.organisation.name: {group, role, organisation, words, events},
    }
    before, after = [], []
    for row, write, change, undo, text in cases:
        addresses = sorted(pages_of[text])
        before.append(showing(text, addresses, process) == pages_of[text])
        write(row, **change)
        after.append(showing(text, addresses, process))
        write(row, **undo)

    assert (before, after) == ([True] * len(cases), [set()] * len(cases))


@pytest.mark.django_db(transaction=True)
def test_contact_taken_off_a_group_is_not_on_its_page(process):
    it = listed()
    links = SupportGroup.contacts.through.objects
    ways: dict[str, Callable[[], object]] = {
        "remove": lambda: it.group.contacts.remove(it.contact),
        "clear": lambda: it.group.contacts.clear(),
        "set": lambda: it.group.contacts.set([]),
        "from the contact": lambda: it.contact.groups.remove(it.group),
        "links deleted": lambda: links.filter(contact=it.contact).delete(),
        "raw SQL": lambda: raw("DELETE FROM groups_supportgroup_contacts"),
        "contact deleted": lambda: Contact.objects.filter(pk=it.contact.pk).delete(),
    }
    page, found = [it.group.get_absolute_url()], {}
    for name, take_off in ways.items():
        before = showing(it.contact.email, page, process)
        take_off()
        found[name] = before, showing(it.contact.email, page, process)
        if Contact.objects.filter(pk=it.contact.pk).exists():
            it.group.contacts.add(it.contact)

    assert found == dict.fromkeys(ways, ({*page}, set()))


@pytest.mark.django_db(transaction=True)
def test_what_the_desk_a_sheet_a_signed_link_and_a_command_write_is_on_the_next_page(process, mailoutbox):
    it, staff = listed(), sign_in(Client(), make_manager())
    updated(it.group, summary="Example old words.")
    as_example(it.group)
    # The link in a message to the contact of an organisation, about a group that is due.
    house = make_organisation(name="Example house", checked=days_ago(5))
    make_contact(organisation=house, purpose="general", email="desk@house.example", released=False)
    due = make_group(name="Example due", organisation=house, town="Chard")
    list(send_check_requests(days_ago(0)))
    link = f"/check/?t={make_token(CheckRequest.objects.get(organisation=house))}"

    def by_the_desk(row: Any, **fields: Any) -> None:
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        form = {**form_as_it_stands(staff.get(address)), **fields}
        response = staff.post(address, {name: value for name, value in form.items() if value is not None})
        assert response.status_code == 302, response.context["errors"]

    def by_the_link() -> None:
        boxes = parse(Client().get(link)).iterfind(".//section//input[@name='shown']")
        Client().post(link, {"shown": [box.get("value") for box in boxes]}, **FROM_OUR_PAGE)

    def by_a_sheet(**cells: str) -> None:
        row = {"code": it.group.code, "name": it.group.name, "organisation": it.organisation.name}
        import_rows(staff, row | cells)

    hall, email, page = it.venue.name, it.contact.email, [it.group.get_absolute_url()]
    role, house_page = [it.role.get_absolute_url()], [it.organisation.get_absolute_url()]
    withdrawn, found = {"publication": "withdrawn"}, {}
    never_checked = "Nobody has checked"
    for name, text, addresses, write in (
        ("desk: contact off the group", email, page, lambda: by_the_desk(it.group, contacts=None)),
        ("desk: contact", email, it.addresses, lambda: by_the_desk(it.contact, is_released=None)),
        ("sheet: group", "Example old", page, lambda: by_a_sheet(summary="Example new.")),
        ("sheet: group closed", hall, it.addresses, lambda: by_a_sheet(joining="closed")),
        ("desk: group open", "Closed to new people", page, lambda: by_the_desk(it.group, joining="just come")),
        ("desk: group closed", hall, it.addresses, lambda: by_the_desk(it.group, joining="closed")),
        ("update: group open", "Closed to new people", page, lambda: updated(it.group, joining="just come")),
        ("desk: role", it.role.title, role, lambda: by_the_desk(it.role, **withdrawn)),
        ("desk: venue", hall, it.addresses, lambda: by_the_desk(it.venue, address_is_confidential="on")),
        ("link: check", never_checked, [due.get_absolute_url()], by_the_link),
        ("command", it.group.name, it.addresses, lambda: call_command("make_examples", remove=True, verbosity=0)),
        ("desk: organisation", it.organisation.name, house_page, lambda: by_the_desk(it.organisation, **withdrawn)),
    ):
        before = showing(text, addresses, process)
        write()
        found[name] = bool(before), showing(text, addresses, process)

    assert found == dict.fromkeys(found, (True, set()))
