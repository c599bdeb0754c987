"""An editor's ten minutes a month, in a real browser: what needs me today, and all of it done."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from groups.choices import ReportState
from groups.feedback.models.report import Report
from groups.models import SupportGroup
from tests.browser.navigation import follow, press
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_schedule
from tests.staff.people import PASSWORD, make_editor

# What a box finds, and what is written, other tests of these pages read on both databases.
pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


def code_of(telephone: TOTPDevice) -> str:
    """What the telephone shows now."""
    totp = TOTP(telephone.bin_key, telephone.step, telephone.t0, telephone.digits, telephone.drift)
    totp.time = timezone.now().timestamp()
    return f"{totp.token():06}"


def tasks(page: Page) -> list[str]:
    return [" ".join(words.split()) for words in page.locator(".staff-to-do li").all_inner_texts()]


def test_an_editor_does_what_needs_them_in_one_sitting(page, live_server):
    ours = make_organisation(name="Example house", checked=days_ago(1))
    make_contact(organisation=ours)
    group = make_group(name="Example tea", organisation=ours, checked=days_ago(300))
    make_schedule(group, weekday=3, starts_at="14:00")
    Report.objects.create(group=group, part="time", what_is_right="It is at 3pm now.")
    make_group(name="Example of others", checked=days_ago(300))
    telephone = TOTPDevice.objects.create(user=make_editor(ours, name="bea"), name="telephone")

    # Log in, with a second factor.
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_label("E-mail address").fill("bea@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    page.get_by_label("Code").fill(code_of(telephone))
    press(page, "Go on")

    # See what needs me: of our own organisation, and nothing else.
    assert tasks(page) == ["1 report of something wrong to look into", "1 group whose check is overdue"]

    # Read the report; then fix the listing, and say that the rest of it was right on the telephone.
    follow(page.get_by_role("link", name="report of something wrong"))
    follow(page.locator("#result_list tbody th a"))
    expect(page.locator("body")).to_contain_text("It is at 3pm now.")
    report = page.url
    page.goto(live_server.url + reverse("admin:index"))
    follow(page.get_by_role("link", name="whose check is overdue"))
    follow(page.get_by_role("link", name="Example tea"))
    page.locator("#id_schedules-0-starts_at").fill("15:00")
    press(page, "Checked by phone")
    expect(page.locator(".messagelist .success").first).to_be_visible()

    # Answer the report.
    page.goto(report)
    page.locator("#id_state").select_option(ReportState.DONE)
    press(page, "Save")
    page.goto(live_server.url + reverse("admin:index"))
    assert tasks(page) == []

    # Import a sheet: first it is shown, and then it is so.
    page.goto(live_server.url + reverse("admin:groups_supportgroup_import"))
    rows = f"Code,Organisation,Name,Summary\n{group.code},,,Tea and cake.\nnew,Example house,Example art,Paint.\n"
    page.locator("#id_file").set_input_files({"name": "ours.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    press(page, "Show what it would change")
    assert SupportGroup.objects.count() == 2
    press(page, "Yes, import this")

    # What everybody sees now.
    page.goto(live_server.url + group.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Tea and cake.")
    expect(page.locator("main")).to_contain_text("Every Thursday, from 3pm.")
    group.refresh_from_db()
    assert group.checks.first().checked_on == timezone.localdate()
    assert Report.objects.get().state == ReportState.DONE
    assert SupportGroup.objects.get(name="Example art").publication == "draft"
