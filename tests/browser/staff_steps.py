"""What an editor comes to by doing something on the staff pages, rather than by an address."""

from collections.abc import Iterator

from django.urls import reverse
from playwright.sync_api import Page

from groups.models import SupportGroup
from organisations.models import one_version


def steps(page: Page, site: str, group: SupportGroup) -> Iterator[str]:
    """The names of what is on the page, one after the other. The last of them have signed the editor out.

    `group` meets at a venue; nothing of it is saved but a note on its stage.
    """
    change = site + reverse("admin:groups_supportgroup_change", args=[group.pk])
    page.goto(site + reverse("admin:groups_supportgroup_add"))
    _press(page, "Save and continue editing")
    yield "with_faults"
    page.goto(change)
    _press(page, "Show the dates")
    yield "preview"
    page.goto(change)
    with one_version(group, "Told by the organiser"):
        group.stage_note = f"Said by somebody else meanwhile, {group.history.count()}."
        group.save()
    _press(page, "Save and continue editing")
    yield "conflict"
    page.goto(site + reverse("admin:groups_venue_close", args=[group.venue_id]))
    _press(page, "Show what this means")
    yield "closing"
    for name, rows in (("sheet_shown", _good_rows(group)), ("sheet_wrong", _BAD_ROWS)):
        page.goto(site + reverse("admin:groups_supportgroup_import"))
        page.locator("#id_file").set_input_files({"name": "groups.csv", "mimeType": "text/csv", "buffer": rows})
        _press(page, "Show what it would change")
        yield name
    page.goto(site + reverse("admin:groups_topic_changelist"))
    for box in page.locator("#result_list tbody .action-select").all()[:2]:
        box.check()
    page.locator("select[name=action]").select_option("delete_selected")
    _press(page, "Go")
    yield "delete_selected"
    page.goto(site + reverse("admin:index"))
    _press(page, "Log out")
    yield "logged_out"
    page.goto(site + reverse("admin:login"))
    page.locator("#id_username").fill("nobody")
    page.locator("#id_password").fill("not the password")
    _press(page, "Log in")
    yield "login_refused"


_BAD_ROWS = b"Code,When,Focus\nzzzzz,,\nnew,now and then,Talkin\n"


def _good_rows(group: SupportGroup) -> bytes:
    """One group with other words, and one that is new."""
    titles = "Code,Organisation,Name,Summary,When,Venue,Town"
    changed = f"{group.code},,,Quite other words than before.,,,"
    new = f"new,{group.organisation.name},A group from a sheet,Words for lists.,Friday 7-9pm,The Pier,Margate"
    return "\n".join((titles, changed, new)).encode()


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()
