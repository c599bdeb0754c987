"""Every way in which something is written, and how it takes back each thing that pages show; or why it cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from groups.choices import ProposalSource
from groups.feedback.proposals import propose
from groups.models import SupportGroup
from organisations.admin.duplicates import merge_url
from tests.factories import make_contact, make_group, make_venue
from tests.groups.spreadsheets.files import import_rows
from tests.peersupport.page_cache.scene import Scene
from tests.staff.forms import form_as_it_stands


@dataclass(frozen=True)
class Effect:
    """What is taken back: the row of a scene, its fields as they are then, and the texts that no page may show."""

    row: str
    fields: dict[str, Any]
    texts: Callable[[Scene], list[str]]
    #: As a page of the staff has them; None for a box without its tick.
    posted: dict[str, Any]


def _of_closed(it: Scene) -> list[str]:
    return [it.other_contact.email, *([it.venue.name] if it.venue else [])]


def _named(row: Any) -> list[str]:
    return [getattr(row, "title", "") or row.name, row.get_absolute_url()]


def _of_organisation(it: Scene) -> list[str]:
    return [*_named(it.organisation), *([it.role.get_absolute_url()] if it.role else [])]


WITHDRAWN = {"publication": "withdrawn"}
CONFIDENTIAL, CLOSED = {"address_is_confidential": True}, {"joining": "closed"}
EFFECTS = {
    "contact not released": Effect(
        "contact", {"is_released": False}, lambda it: [it.contact.email], {"is_released": None}
    ),
    "contact off the group": Effect("group", {}, lambda it: [it.other_contact.email], {}),
    "venue confidential": Effect("venue", CONFIDENTIAL, lambda it: [it.venue.name], {"address_is_confidential": "on"}),
    "group closed": Effect("group", CLOSED, _of_closed, CLOSED),
    "group withdrawn": Effect("group", WITHDRAWN, lambda it: _named(it.group), WITHDRAWN),
    "organisation withdrawn": Effect("organisation", WITHDRAWN, _of_organisation, WITHDRAWN),
    "role ended": Effect("role", WITHDRAWN, lambda it: _named(it.role), WITHDRAWN),
}
CONTACT, LINK, VENUE, GROUP_CLOSED, GROUP, ORGANISATION, ROLE = EFFECTS
#: A way to write: given a scene and somebody of the staff, signed in.
Write = Callable[[Scene, Client], object]


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _row(it: Scene, effect: Effect) -> Any:
    row = getattr(it, effect.row)
    row.refresh_from_db()
    return row


def save(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    for name, value in effect.fields.items():
        setattr(row, name, value)
    row.save()


def bulk_update(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    for name, value in effect.fields.items():
        setattr(row, name, value)
    type(row).objects.bulk_update([row], list(effect.fields))


def update(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    type(row).objects.filter(pk=row.pk).update(**effect.fields)


def raw_sql(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    for name, value in effect.fields.items():
        sql(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", value, row.pk)


def url(row: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def post(staff: Client, address: str, data: dict[str, Any]) -> None:
    response = staff.post(address, {name: value for name, value in data.items() if value is not None})
    assert response.status_code == 302, (response.context or {}).get("errors", response.text)


def page(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    address = url(row, "change", row.pk)
    post(staff, address, form_as_it_stands(staff.get(address)) | effect.posted)


def page_without_contact(it: Scene, staff: Client) -> None:
    address = url(it.group, "change", it.group.pk)
    post(staff, address, form_as_it_stands(staff.get(address)) | {"contacts": [it.contact.pk]})


def action(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    post(staff, url(row, "changelist"), {"action": "withdraw", "_selected_action": [row.pk]})


def version_put_back(effect: Effect, it: Scene, staff: Client) -> None:
    """Put back the second version but one, in which what is shown now was taken back."""
    row = _row(it, effect)
    post(staff, url(row, "version", row.pk, row.history.all()[1].pk), {})


def take_back_and_show_again(effect: Effect, it: Scene, staff: Client) -> None:
    """Arrange that there is a version to be put back."""
    if not effect.fields:
        it.group.contacts.set([it.contact])
        it.group.contacts.set([it.contact, it.other_contact])
        return
    row = _row(it, effect)
    shown = {name: getattr(row, name) for name in effect.fields}
    for fields in (effect.fields, shown):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def delete_page(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    post(staff, url(row, "delete", row.pk), {"post": "yes"})


def merge(staff: Client, *rows: Any, **answers: Any) -> None:
    """Merge rows into the first, with other answers than the page proposes."""
    address = merge_url(type(rows[0]), rows, stays=rows[0])
    opened = staff.get(address)
    typed = dict(opened.context["versions"])
    typed |= {f"answer-{question.name}": question.chosen for question in opened.context["plan"].questions}
    post(staff, address, typed | {f"answer-{name}": str(row.pk) for name, row in answers.items()})


def other_row(effect: Effect, it: Scene) -> Any:
    """Return a row that is the same thing twice, and is taken back."""
    if effect.row == "contact":
        return make_contact(organisation=it.organisation, released=False, email="twin@contact.example", role_title="")
    if effect.row == "venue":
        return make_venue(name=it.venue.name, town=it.town, confidential=True)
    return make_group(name=it.group.name, organisation=it.organisation, town=it.town, closed=True)


def merge_page(effect: Effect, it: Scene, staff: Client) -> None:
    """Merge with a row that is taken back: what is most cautious is proposed."""
    merge(staff, _row(it, effect), other_row(effect, it))


def merge_undone(effect: Effect, it: Scene, staff: Client) -> None:
    row = _row(it, effect)
    post(staff, url(row, "unmerge", row.pk), {})


def shown_by_a_merge(effect: Effect, it: Scene, staff: Client) -> None:
    """Arrange that a row is shown because one that is shown was merged into it: `merge_undone` takes that back."""
    shown = other_row(effect, it)
    update(effect, it, staff)
    row, (field,) = _row(it, effect), effect.fields
    shown_values = {**effect.fields, "is_released": True, "address_is_confidential": False, "joining": "just come"}
    type(shown).objects.filter(pk=shown.pk).update(**{field: shown_values[field]})
    merge(staff, row, shown, **{field: shown})


def sheet(cells: dict[str, str], it: Scene, staff: Client) -> None:
    import_rows(staff, {"code": it.group.code, "name": it.group.name, "organisation": it.organisation.name} | cells)


def proposal_taken(it: Scene, staff: Client) -> None:
    proposal = propose(it.group, ProposalSource.LINK, {"joining": "closed"})
    post(staff, url(proposal, "change", proposal.pk), {"revision": it.group.revision, "_all": "1"})


def load(it: Scene, *, released: bool = True, linked: bool = True, closed: bool = False) -> None:
    """Load the file of an organisation in the town of a scene, with its contacts."""
    given = {"plain": (it.contact, "joining", released), "desk": (it.other_contact, "general", True)}
    named = [f'name = "{_loaded_name(it)}"', 'summary = "An example."']
    parts = ["[source]", 'name = "Example"', "[organisation]", *named]
    for name, (contact, purpose, is_released) in given.items():
        parts += [f"[contacts.{name}]", f'email = "{contact.email}"', f'purpose = "{purpose}"']
        parts += [f"is_released = {str(is_released).lower()}"]
    parts += ["[groups.only]", *named]
    joining = "closed" if closed else "just come"
    parts += [f'town = "{it.town.name}, {it.town.district.name}"', f'joining = "{joining}"']
    parts += [f"contacts = {list(given)[: 2 if linked else 1]}"]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "directory").mkdir()
        (folder / "vocabularies.toml").touch()
        (folder / f"directory/example_{it.town.pk}.toml").write_text("\n".join(parts))
        call_command("load_directory", folder=folder, verbosity=0, stdout=StringIO())


def _loaded_name(it: Scene) -> str:
    return f"Example loaded in {it.town.name}"


def loaded(effect: Effect, it: Scene, staff: Client) -> None:
    """Arrange that the scene is of what was loaded, with a town and no venue."""
    it.group.delete()
    it.role.delete()
    it.organisation.contacts.all().delete()
    load(it)
    it.group, it.venue, it.role = SupportGroup.objects.get(name=_loaded_name(it)), None, None
    it.organisation = it.group.organisation
    it.contact, it.other_contact = it.organisation.contacts.order_by("-email")
