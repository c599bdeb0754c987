"""What an editor comes to by doing something on the staff pages, rather than by an address."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page

from groups.models import SupportGroup
from organisations.models import single_revision
from peersupport.accounts.services import set_up_link
from tests.browser.navigation import press
from tests.staff.people import PASSWORD, make_manager


def steps(page: Page, site: str, group: SupportGroup) -> Iterator[str]:
    """The names of what is on the page, one after the other. The last of them have signed the editor out.

    `group` meets at a venue; nothing of it is saved but a note on its stage. A manager is made, to be let in.
    """
    change = site + reverse("admin:groups_supportgroup_change", args=[group.pk])
    page.goto(site + reverse("admin:groups_supportgroup_add"))
    press(page, "Save and continue editing")
    yield "with_faults"
    page.goto(change)
    press(page, "Show the dates")
    yield "preview"
    page.goto(change)
    with single_revision(group, "Told by the organiser"):
        group.stage_note = f"Said by somebody else meanwhile, {group.history.count()}."
        group.save()
    page.locator("#id_stage_note").fill("Typed here meanwhile.")
    press(page, "Save and continue editing")
    yield "conflict"
    page.goto(site + reverse("admin:groups_venue_close", args=[group.venue_id]))
    press(page, "Show what this means")
    yield "closing"
    sheets = {"sheet_shown": _good_rows(group), "sheet_wrong": _BAD_ROWS, "sheet_of_others": _ROWS_OF_OTHERS}
    for name, rows in sheets.items():
        page.goto(site + reverse("admin:groups_supportgroup_import"))
        page.locator("#id_file").set_input_files({"name": "groups.csv", "mimeType": "text/csv", "buffer": rows})
        press(page, "Show what it would change")
        yield name
    page.goto(site + reverse("admin:groups_topic_changelist"))
    for box in page.locator("#result_list tbody .action-select").all()[:2]:
        box.check()
    page.locator("select[name=action]").select_option("delete_selected")
    press(page, "Go")
    yield "delete_selected"
    page.goto(site + reverse("admin:recovery_codes"))
    press(page, "Show ten new codes")
    yield "codes_on_paper"
    page.goto(site + reverse("admin:index"))
    press(page, "Log out")
    yield "logged_out"
    page.goto(site + reverse("admin:login"))
    page.locator("#id_username").fill("nobody")
    page.locator("#id_password").fill("not the password")
    press(page, "Log in")
    yield "login_refused"
    yield from _being_let_in(page, site)


def _being_let_in(page: Page, site: str) -> Iterator[str]:
    """Somebody new chooses a password and owes a second factor; then somebody tries passwords in their name."""
    manager = make_manager()
    page.context.clear_cookies()
    page.goto(site + set_up_link(manager).removeprefix(settings.SITE_ADDRESS))
    yield "choose_password"
    for field in ("new_password1", "new_password2"):
        page.locator(f"#id_{field}").fill(PASSWORD)
    press(page, "Keep this password")
    yield "second_factor_owed"
    TOTPDevice.objects.filter(user=manager).update(confirmed=True)
    page.goto(site + reverse("admin:second_factor"))
    yield "second_factor"
    page.locator("#id_code").fill("no code")
    press(page, "Go on")
    yield "second_factor_wrong"
    press(page, "Log out")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        _log_in(page, site, manager, "not the password")
    yield "locked_out"


def _log_in(page: Page, site: str, user: User, password: str) -> None:
    page.goto(site + reverse("admin:login"))
    page.locator("#id_username").fill(user.get_username())
    page.locator("#id_password").fill(password)
    press(page, "Log in")


_ROWS_OF_OTHERS = b"Service name,Provider,Type,Post code\nExample tea,Example house,Peer group,TA20 1AA\n"
_BAD_ROWS = b"Code,When,Focus\nzzzzz,,\nnew,now and then,Talkin\n"


def _good_rows(group: SupportGroup) -> bytes:
    """One group with other words, and one that is new."""
    titles = "Code,Organisation,Name,Summary,When,Venue,Town"
    changed = f"{group.code},,,Quite other words than before.,,,"
    new = f"new,{group.organisation.name},A group from a sheet,Words for lists.,Friday 7-9pm,The Pier,Margate"
    return "\n".join((titles, changed, new)).encode()
