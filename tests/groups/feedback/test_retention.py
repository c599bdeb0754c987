"""What is erased, and when; and that nothing of it is kept anywhere else."""

import datetime

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from model_bakery import baker

from common.emails import send_waiting
from common.models import RateLimitCount, RateLimitDay
from groups.choices import ReportPart
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.rate_limit import allow_submission
from groups.feedback.reports import close_report, record_report
from groups.feedback.retention import tidy_up
from organisations.models import has_revisions
from tests.factories import days_ago, make_group
from tests.pages.addresses import addresses

pytestmark = pytest.mark.django_db

ADDRESS = "zyx@example.org"


def everywhere() -> list[str]:
    """Every table that holds the address, versions and logs of the admin included."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for values in model._base_manager.values_list():
            if any(ADDRESS in str(value) for value in values):
                found.append(model.__name__)
    return sorted(set(found))


@pytest.fixture
def message():
    """One closed report, proposal and suggestion, of somebody who wanted to hear back."""
    group = make_group()
    close_report(record_report(group, ReportPart.TIME, "At 7pm.", ADDRESS), "declined", days_ago(0))
    closed = {"email": ADDRESS, "closed_on": days_ago(0)}
    baker.make(Proposal, group=group, source="link", note="More.", state="refused", **closed)
    baker.make(Suggestion, name="Example", what="x", state="declined", **closed)
    send_waiting(timezone.now())


@pytest.mark.parametrize("days, left", [(89, ["Proposal", "Report", "Suggestion"]), (90, [])])
def test_address_goes_ninety_days_after_what_it_was_left_for_is_closed(message, days, left):
    tidy_up(days_ago(-days))

    assert everywhere() == left


def test_address_of_what_is_open_stays(message):
    record_report(make_group(), ReportPart.TIME, "At 8pm.", "open@example.org")

    tidy_up(days_ago(-900))

    assert sorted(Report.objects.values_list("email", flat=True)) == ["", "open@example.org"]


@pytest.mark.parametrize("model", [Report, Proposal, Suggestion])
def test_what_people_tell_us_has_no_history(model):
    assert not has_revisions(model)


def test_address_is_on_no_public_page(message, client):
    record_report(Report.objects.get().group, ReportPart.PLACE, "At the hall.", ADDRESS)

    assert [address for address in addresses() if ADDRESS in client.get(address).text] == []


def test_marks_of_who_sent_a_form_are_gone_after_the_daily_command():
    allow_submission("192.0.2.1", "group 1", days_ago(0))

    tidy_up(days_ago(0))

    assert (RateLimitCount.objects.count(), RateLimitDay.objects.count()) == (0, 0)


def test_what_was_set_aside_goes_after_ninety_days(message):
    record_report(make_group(), ReportPart.ELSE, "Pills http://a http://b")

    stored = [tidy_up(days_ago(-days))["Reports set aside"] for days in (89, 90)]

    assert (stored, Report.objects.count()) == ([0, 1], 1)


@pytest.mark.parametrize("model, kind", [(Suggestion, "Suggestions set aside"), (Need, "Needs set aside")])
def test_suggestion_and_need_set_aside_go_after_ninety_days_and_others_stay(model, kind):
    for is_set_aside in (True, False):
        baker.make(model, what="A walk", is_set_aside=is_set_aside)

    erased = [tidy_up(days_ago(-days))[kind] for days in (89, 90)]

    assert (erased, list(model.objects.values_list("is_set_aside", flat=True))) == ([0, 1], [False])


def test_mark_of_a_wrong_password_goes_once_it_shuts_nobody_out():
    for minutes in (14, 16):
        token = baker.make(AccessAttempt, username=f"{minutes} minutes ago", failures_since_start=5)
        AccessAttempt.objects.filter(pk=token.pk).update(
            attempt_time=timezone.now() - datetime.timedelta(minutes=minutes)
        )

    call_command("tidy_up")

    assert [token.username for token in AccessAttempt.objects.all()] == ["14 minutes ago"]


def test_command_says_what_it_erased(capsys):
    call_command("tidy_up")

    assert capsys.readouterr().out.splitlines() == [
        "E-mail addresses: 0 erased.",
        "Reports set aside: 0 erased.",
        "Suggestions set aside: 0 erased.",
        "Needs set aside: 0 erased.",
        "Marks of who sent a form: 0 erased.",
        "Marks of wrong passwords: 0 erased.",
        "Spreadsheets: 0 erased.",
        "Imports of them: 0 erased.",
        "Exports of them: 0 erased.",
        "E-mails that could not be sent: 0 erased.",
    ]
