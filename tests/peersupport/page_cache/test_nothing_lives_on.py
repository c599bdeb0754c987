"""What was taken back is on no page asked for next, in whichever process, however it was written."""

import os
from collections.abc import Iterator
from io import StringIO
from itertools import count

import pytest
from django.contrib import admin
from django.core.management import call_command, get_commands
from django.test import Client
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

from groups.models import SupportGroup
from groups.spreadsheets.actions import FILE_ACTIONS
from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import make_token
from peersupport.backups.writing import write_backup
from tests.architecture.repository import APPS
from tests.factories import as_example, days_ago, make_contact, make_group, make_organisation
from tests.groups.feedback.posting import FROM_OUR_PAGE
from tests.peersupport.html import parse
from tests.peersupport.page_cache.cells import ARRANGED, CELLS
from tests.peersupport.page_cache.other_process import OtherProcess, other_process
from tests.peersupport.page_cache.scene import make_scene, showing
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
    page,
    save,
    sheet,
)
from tests.staff.people import make_manager, sign_in
from tests.staff.test_every_page import names as names_of
from tests.template_database import database_url

#: Every page of a cell is asked, which takes minutes, by `EVERY_PAGE=1 pytest` of this file. Else a few by turns: each
#: path is seen on some pages of each effect, and each page of an effect after some path.
STEP = 1 if os.environ.get("EVERY_PAGE") == "1" else 8

_LISTS = ["group", "area printed", "area csv", "area txt", "list csv", "list print", "service", "services"]
_MEETINGS = ["organisation", "venue", "neighbour", "search", "map", "search feed", "search in a frame", "area", "week"]
_MEETINGS += ["area feed", "area in a frame", "area calendar", "list ics", "list own", "group calendar"]
_MEETINGS += ["search by choices", "organisation calendar", "week of a search", *_LISTS]
#: The kinds of pages that show what each effect takes back: all others were looked at, and show none of it.
PAGES = {
    CONTACT: ["organisation", "organizations", "role", "help to start", *_LISTS],
    LINK: _LISTS,
    VENUE: _MEETINGS,
    GROUP_CLOSED: _MEETINGS,
    GROUP: ["sitemap of groups", *_MEETINGS],
    ORGANISATION: [
        *("organisation", "role", "search", "area", "organisation calendar", "roles", "help to start", "organisations"),
        *("search by choices", "sitemap of organisations", "sitemap of roles", "organizations", *_LISTS),
    ],
    ROLE: ["role", "organisation", "search", "search by choices", "area", "roles", "sitemap of roles"],
}
#: Commands, actions and pages of the staff that write nothing that pages show, or what `CELLS` does not have: they show
#: something, or write as another path does.
OTHERS = {
    **dict.fromkeys(["make_examples", "restore"], "take everything back at once, in a test of their own"),
    **dict.fromkeys(
        ["run_import", "process_import", "import_open_referral"], "write what `import` does, by the same function"
    ),
    "merge_selected": "leads to `merge`",
    "delete_selected": "deletes what `delete` may",
    "load_places": "writes places, which are of nobody",
    "forget_old_versions": "deletes versions, and none of a row as it is now",
    **dict.fromkeys(["publish", "reopen"], "show"),
    **dict.fromkeys(["close", "close_venue"], "add a change of times"),
    **{f"checked_{how}": "adds a check" for how in ("phone", "email", "visit", "website")},
    **dict.fromkeys(["put_right", "decline", "take_back", "set_aside", "tidy_up"], "write what strangers sent"),
    **dict.fromkeys(["send_check_requests", "mark_bounced"], "write messages, and whom they were sent to"),
    **dict.fromkeys(["send_emails", "send_chosen_again"], "write messages"),
    "encode_services": "writes records of the feed as they are",
    "refresh_directory": "writes a number, so that all is read again",
    **dict.fromkeys(["create_manager", "take_away_second_factor", "send_link", "deactivate"], "write accounts"),
    **dict.fromkeys(["backup", "doctor", "read_schedules", "serve_metrics"], "read"),
    **dict.fromkeys(["export", "export_progress", *FILE_ACTIONS, "template", "import_progress"], "read"),
    **dict.fromkeys(["add", "changelist", "history", "map"], "take nothing back"),
}


@pytest.fixture(scope="module")
def process(django_db_setup, django_db_blocker) -> Iterator[OtherProcess]:
    with django_db_blocker.unblock():
        address = database_url()
    with other_process(address) as process:
        yield process


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_on_no_page_asked_for_next(process):
    staff, numbers, found = sign_in(Client(), make_manager()), count(), {}
    for path, cells in CELLS.items():
        for turn, (effect, write) in enumerate(cells.items()):
            if isinstance(write, str):
                continue
            it, number = make_scene(next(numbers)), turn + len(found)
            if path in ARRANGED:
                ARRANGED[path](EFFECTS[effect], it, staff)
            texts, kinds = EFFECTS[effect].texts(it), _LISTS if it.venue is None else PAGES[effect]
            asked = {kind: it.addresses[kind] for kind in kinds[number % STEP :: STEP] or kinds[:1]}
            before = showing(texts, asked, process, all)
            write(it, staff)
            found[path, effect] = asked.keys() - before, showing(texts, asked, process, any)

    assert found == dict.fromkeys(found, (set(), set()))


@pytest.mark.django_db(transaction=True)
def test_what_a_command_takes_back_at_once_is_on_no_page_asked_for_next(process, tmp_path):
    write_backup(tmp_path / "backup")
    # Printed lists of areas have no examples.
    kinds = {name: [kind for kind in PAGES[name] if not kind.startswith("area ")][:3] for name in EFFECTS}
    found = {}
    commands = {"make_examples": ["--remove"], "restore": [str(tmp_path / "backup"), "--yes"]}
    for number, (command, options) in enumerate(commands.items()):
        it = make_scene(number)
        for listing in (it.organisation, it.group, it.role, it.neighbour.organisation, it.neighbour):
            as_example(listing)
        texts = {effect: EFFECTS[effect].texts(it) for effect in EFFECTS}
        asked = {effect: {kind: it.addresses[kind] for kind in kinds[effect]} for effect in EFFECTS}
        lacking = {name: asked[name].keys() - showing(texts[name], asked[name], process, all) for name in asked}
        call_command(command, *options, verbosity=0, stdout=StringIO())
        after = {effect: showing(texts[effect], asked[effect], process, any) for effect in asked}
        found[command] = lacking, after

    nothing = dict.fromkeys(EFFECTS, set())
    assert found == dict.fromkeys(commands, (nothing, nothing))


@pytest.mark.one_database(reason="the names of commands and pages are the same on each")
def test_table_has_every_effect_of_every_path_that_the_site_has():
    pages = list(admin.site._registry.values())
    commands = {name for name, app in get_commands().items() if app in APPS}
    actions = {name for page in pages for _, name, _ in page._get_base_actions()} | {*FILE_ACTIONS}
    of_models = [f"{page.opts.app_label}_{page.opts.model_name}_" for page in pages]
    names = {
        name.removeprefix(model)
        for name in names_of(URLResolver(RegexPattern(""), admin.site.get_urls()))
        for model in of_models
        if name.startswith(model)
    }

    assert {path: cells.keys() ^ EFFECTS.keys() for path, cells in CELLS.items()} == dict.fromkeys(CELLS, set())
    assert {*commands, *actions, *names} - {*CELLS} == OTHERS.keys()


@pytest.mark.django_db(transaction=True)
def test_what_a_page_a_sheet_and_a_signed_link_add_is_on_the_next_page(process, mailoutbox):
    it, staff = make_scene(0), sign_in(Client(), make_manager())
    updated = SupportGroup.objects.filter(pk=it.group.pk).update
    updated(summary="Example old words.", joining="closed")
    # The link in a message to the contact of an organisation, about a group that is due.
    house = make_organisation(name="Example house", checked=days_ago(5))
    make_contact(organisation=house, purpose="general", email="desk@house.example", released=False)
    due = make_group(name="Example due", organisation=house, town="Chard")
    list(send_check_requests(days_ago(0)))
    link = f"/check/?t={make_token(CheckRequest.objects.get(organisation=house))}"

    def by_the_link() -> None:
        boxes = parse(Client().get(link)).iterfind(".//section//input[@name='shown']")
        Client().post(link, {"shown": [box.get("value") for box in boxes]}, **FROM_OUR_PAGE)

    search, renamed = {"search": it.addresses["search"]}, Effect("group", {"name": "Example renamed"}, list, {})
    is_open, is_closed = {"joining": "just come"}, "Closed to new people"
    address, found = {"group": it.group.get_absolute_url()}, {}
    for name, text, asked, write in (
        ("sheet", "Example old", address, lambda: sheet({"summary": "Example new."}, it, staff)),
        ("page", is_closed, address, lambda: page(Effect("group", {}, list, is_open), it, staff)),
        ("closed again", it.venue.name, address, lambda: updated(joining="closed")),
        ("update", is_closed, address, lambda: updated(**is_open)),
        ("link", "Nobody has checked", {"due": due.get_absolute_url()}, by_the_link),
        ("save", it.group.name, search, lambda: save(renamed, it, staff)),
    ):
        before = showing([text], asked, process, all)
        write()
        found[name] = before == asked.keys(), showing([text], asked, process, any)

    make_group(name="Example another", town=it.town)
    assert found == dict.fromkeys(found, (True, set()))
    names = "Example renamed", "Example another"
    assert [showing([name], search, process, all) for name in names] == [{"search"}, {"search"}]
