"""What is answered while every slot is held: a page that says what to do, and everything else as ever."""

import signal
import subprocess
from contextlib import ExitStack
from dataclasses import replace

import pytest
from django.urls import reverse

from common.slots import FILES, PASSWORDS, capacity_of, slot
from groups.models import SupportGroup
from groups.printing.layouts import LAYOUTS
from groups.printing.pdf import compiler
from groups.shortlist import MOST
from places.models import Area
from tests.factories import make_group, make_organisation
from tests.staff.people import make_editor
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_signing_in import log_in

pytestmark = pytest.mark.django_db

#: The forms of spreadsheets, which need a slot when they are sent.
FORMS = ("import", "process_import", "export")


@pytest.fixture
def group() -> SupportGroup:
    return make_group(town="Chard")


@pytest.fixture
def files_are_busy():
    with ExitStack() as held:
        for _ in range(capacity_of(FILES)):
            held.enter_context(slot(FILES))
        yield


def costly_addresses(group: SupportGroup) -> dict[str, str]:
    """Each address that needs a slot, with the lighter page that is offered instead."""
    area, listed = "/areas/somerset/", f"list={group.code}"
    kinds = ("pdf", "csv", "xlsx", "txt", "ics")
    own = f"/lists/list.pdf?{listed}&layout=large"
    return {
        **{f"{area}print/list.{kind}": area for kind in kinds},
        f"{area}print/": area,
        f"{area}calendar.ics": area,
        f"/organisations/{group.organisation.slug}/calendar.ics": f"/organisations/{group.organisation.slug}/",
        own: f"/lists/print/?{listed}&layout=large",
    }


def test_costly_addresses_are_refused_with_what_to_do_while_slots_are_held(client, group, files_are_busy):
    for address, page in costly_addresses(group).items():
        answer = client.get(address)

        assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
            503,
            "60",
            "no-store",
        ), address
        assert (f'href="{page.replace("&", "&amp;")}"' in answer.text, reverse("help_now") in answer.text) == (
            True,
            True,
        ), address
        assert client.get(page).status_code == 200, page


def test_costly_addresses_answer_when_slots_are_free(client, group):
    statuses = {address: client.get(address).status_code for address in costly_addresses(group)}

    assert set(statuses.values()) == {200}, statuses


def test_pages_and_light_files_answer_while_slots_are_held(client, group, files_are_busy):
    light = [f"/lists/list.{kind}?list={group.code}" for kind in ("csv", "xlsx", "txt", "ics")]
    light += [f"/lists/print/?list={group.code}", f"/lists/?list={group.code}", "/help-now/", "/areas/somerset/week/"]

    assert {address: client.get(address).status_code for address in light} == dict.fromkeys(light, 200)


def test_slot_is_free_again_after_each_file(client, group):
    for _ in range(2 * capacity_of(FILES) + 1):
        assert client.get("/areas/somerset/print/list.txt").status_code == 200


def test_pdf_that_takes_too_long_is_refused_like_one_that_was_not_begun(client, group, monkeypatch):
    started, popen = [], subprocess.Popen
    monkeypatch.setattr(compiler, "TOO_LONG", 0)
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **options: started.append(popen(*args, **options)) or started[-1]
    )

    answers = [client.get(path) for path in ("/areas/somerset/print/list.pdf", f"/groups/{group.slug}/poster.pdf")]

    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in answers] == [(503, "60")] * 2
    assert [process.returncode for process in started] == [-signal.SIGKILL] * 2, "It runs on."


def test_staff_spreadsheets_are_refused_on_a_staff_page(admin_client, group, files_are_busy):
    export = admin_client.post(f"{admin_url(SupportGroup, 'changelist')}export/", {"kind": "csv"})
    chosen = {"action": "export_chosen", "_selected_action": [group.pk]}
    action = admin_client.post(admin_url(SupportGroup, "changelist"), chosen)
    written = admin_client.post(reverse("admin:groups_supportgroup_process_import"), {"word": "x"})

    assert [answer.status_code for answer in (export, action, written)] == [503] * 3
    assert ["Wait a minute" in answer.text for answer in (export, action, written)] == [True] * 3


def test_password_is_not_looked_at_while_another_is_hashed(client):
    editor = make_editor(make_organisation())

    with slot(PASSWORDS):
        busy = log_in(client, editor)

    assert (busy.status_code, busy.headers["Retry-After"], "not looked at" in busy.text) == (503, "5", True)
    assert log_in(client, editor).status_code == 302


def test_what_is_sent_is_refused_without_a_query(admin_client, group, files_are_busy, django_assert_num_queries):
    addresses = [reverse(f"admin:{name}") for name in ("login", *(f"groups_supportgroup_{name}" for name in FORMS))]

    with slot(PASSWORDS), django_assert_num_queries(0):
        answers = [admin_client.post(address, {"username": "x", "password": "x"}) for address in addresses]
        answers.append(admin_client.get("/areas/somerset/print/list.pdf"))

    assert [answer.status_code for answer in answers] == [503] * 5


def test_slot_of_what_is_sent_is_free_again_after_each_answer(client):
    posts = [("login", PASSWORDS), *((f"groups_supportgroup_{name}", FILES) for name in FORMS)]

    for name, pool in posts:
        statuses = {client.post(reverse(f"admin:{name}")).status_code for _ in range(capacity_of(pool) + 1)}

        assert 503 not in statuses, name


def test_too_long_a_pdf_is_refused_before_it_is_begun_with_what_to_do(client, group, monkeypatch):
    make_group(town="Chard")
    monkeypatch.setitem(LAYOUTS, "easy", replace(LAYOUTS["easy"], most_in_pdf=1))
    monkeypatch.setattr("groups.printing.pdf.pdf.compile_pdf", lambda *args: pytest.fail("It was begun."))

    refused = client.get("/areas/somerset/print/list.pdf?layout=easy")
    page = client.get("/areas/somerset/print/")

    children = [area.name for area in Area.objects.get(slug="somerset").children.all()]
    assert (refused.status_code, "Somerset has 2" in refused.text) == (404, True)
    assert [name for name in children if name not in refused.text] == []
    assert (
        'href="/areas/somerset/print/list.pdf"' in refused.text,
        "list.pdf?layout=easy" in refused.text,
        "list.pdf?layout=easy" in page.text,
        "A PDF like this can have 1 groups at most." in page.text,
    ) == (True, False, False, True)


def test_list_of_ones_own_is_within_the_bound_of_every_layout():
    assert min(layout.most_in_pdf for layout in LAYOUTS.values()) >= MOST
