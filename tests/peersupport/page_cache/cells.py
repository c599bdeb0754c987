"""Which effect each path of writing has, and why it cannot have the others."""

from collections.abc import Callable
from functools import partial

from django.test import Client

from groups.spreadsheets.row_state import AGREED
from organisations.models import Contact
from tests.peersupport.page_cache.scene import Scene
from tests.peersupport.page_cache.write_paths import (
    CONTACT,
    EFFECTS,
    GROUP,
    GROUP_CLOSED,
    LINK,
    ORGANISATION,
    ROLE,
    VENUE,
    Effect,
    Write,
    action,
    bulk_update,
    delete_page,
    load,
    loaded,
    merge_page,
    merge_undone,
    page,
    page_without_contact,
    proposal_taken,
    raw_sql,
    save,
    sheet,
    shown_by_a_merge,
    sql,
    take_back_and_show_again,
    update,
    version_put_back,
)

_LINKS = "groups_supportgroup_contacts"
_NO_OTHER_END = "Only a link has another end."
_NO_ACTION = "No action on rows of a list writes it."
_NO_PUBLICATION = "Whether a row is public is in no version that is put back, and in no proposal, sheet or file."
_IN_USE = "What a group belongs to, or meets at, cannot be deleted."
_PUBLIC_ONCE = "Only drafts are deleted by a page: what was public once is withdrawn."
_OF_GROUPS = "It is of groups and their contacts."
_OF_FIELDS = "It is of a listing's own fields."
_STAYS = "What is merged goes on under the name, the links and the publication of the row that stays."
_GONE = "A group that is deleted is not closed: it is gone."

#: By path and effect, what writes it; or, as a string, why that cannot be.
CELLS: dict[str, dict[str, Write | str]] = {
    "save": {name: partial(save, effect) for name, effect in EFFECTS.items()}
    | {LINK: lambda it, staff: it.group.contacts.remove(it.other_contact)},
    "update": {name: partial(update, effect) for name, effect in EFFECTS.items()}
    | {LINK: lambda it, staff: type(it.group).contacts.through.objects.filter(contact=it.other_contact).delete()},
    "bulk_update": {name: partial(bulk_update, effect) for name, effect in EFFECTS.items()}
    | {LINK: lambda it, staff: it.group.contacts.set([it.contact])},
    "raw SQL": {name: partial(raw_sql, effect) for name, effect in EFFECTS.items()}
    | {LINK: lambda it, staff: sql(f"DELETE FROM {_LINKS} WHERE contact_id = %s", it.other_contact.pk)},
    "from the other end": dict.fromkeys(EFFECTS, _NO_OTHER_END)
    | {LINK: lambda it, staff: it.other_contact.groups.clear()},
    "delete": {
        CONTACT: lambda it, staff: Contact.objects.filter(pk=it.contact.pk).delete(),
        LINK: lambda it, staff: it.other_contact.delete(),
        VENUE: _IN_USE,
        GROUP_CLOSED: _GONE,
        GROUP: lambda it, staff: it.group.delete(),
        ORGANISATION: _IN_USE,
        ROLE: lambda it, staff: it.role.delete(),
    },
    "change": {name: partial(page, effect) for name, effect in EFFECTS.items()} | {LINK: page_without_contact},
    "withdraw": dict.fromkeys(EFFECTS, _NO_ACTION)
    | {name: partial(action, EFFECTS[name]) for name in (GROUP, ORGANISATION, ROLE)},
    "delete_page": {
        CONTACT: partial(delete_page, EFFECTS[CONTACT]),
        LINK: _OF_FIELDS,
        VENUE: _IN_USE,
        GROUP_CLOSED: _GONE,
        **dict.fromkeys([GROUP, ORGANISATION, ROLE], _PUBLIC_ONCE),
    },
    "version": {
        **{name: partial(version_put_back, EFFECTS[name]) for name in (CONTACT, LINK, VENUE, GROUP_CLOSED)},
        **dict.fromkeys([GROUP, ORGANISATION, ROLE], _NO_PUBLICATION),
    },
    "merge": dict.fromkeys(EFFECTS, _STAYS)
    | {name: partial(merge_page, EFFECTS[name]) for name in (CONTACT, VENUE, GROUP_CLOSED)},
    "unmerge": dict.fromkeys(EFFECTS, _STAYS)
    | {name: partial(merge_undone, EFFECTS[name]) for name in (CONTACT, VENUE, GROUP_CLOSED)},
    "import": {
        CONTACT: partial(sheet, {AGREED: "–"}),
        LINK: partial(sheet, {"contacts": "–"}),
        VENUE: "A sheet does not change a venue.",
        GROUP_CLOSED: partial(sheet, {"joining": "closed"}),
        **dict.fromkeys([GROUP, ORGANISATION, ROLE], _NO_PUBLICATION),
    },
    "proposal": {
        **dict.fromkeys([CONTACT, LINK, VENUE], _OF_FIELDS),
        GROUP_CLOSED: proposal_taken,
        **dict.fromkeys([GROUP, ORGANISATION, ROLE], _NO_PUBLICATION),
    },
    "load_directory": {
        CONTACT: lambda it, staff: load(it, released=False),
        LINK: lambda it, staff: load(it, linked=False),
        VENUE: "Venues are in no file.",
        GROUP_CLOSED: lambda it, staff: load(it, closed=True),
        **dict.fromkeys([GROUP, ORGANISATION, ROLE], _NO_PUBLICATION),
    },
}
#: What has to be there first, of some paths.
ARRANGED: dict[str, Callable[[Effect, Scene, Client], object]] = {
    "version": take_back_and_show_again,
    "unmerge": shown_by_a_merge,
    "load_directory": loaded,
}
