"""Reports are closed as put right where something was changed, or after somebody was asked: singly and in lists."""

import pytest
from django.urls import reverse

from groups.choices import ReportPart
from groups.feedback.models.report import Report
from groups.feedback.reports import record_report
from tests.factories import days_ago, make_group
from tests.staff.closing import ADDRESS, AGAIN, PUT_RIGHT, RIGHT_NOW, carried, change_times, is_asking
from tests.staff.forms import form_as_it_stands
from tests.staff.test_proposals import page
from tests.staff.test_venue_pages import sentence

pytestmark = pytest.mark.django_db

LIST = reverse("admin:groups_report_changelist")


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1")


@pytest.fixture
def report(group) -> Report:
    return record_report(group, ReportPart.TIME, "At 7pm.", ADDRESS)


def test_page_of_a_report_asks_before_it_is_put_right_with_nothing_changed(admin_client, group, report, sent):
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done", "staff_note": "Rang them."}

    asking, before = sent(lambda: admin_client.post(page(report), typed))
    state = Report.objects.get().state
    _, after = sent(lambda: admin_client.post(page(report), carried(asking)))

    report.refresh_from_db()
    assert (is_asking(asking), state, before) == (True, "open", [])
    assert (report.state, report.staff_note) == ("done", "Rang them.")
    assert [RIGHT_NOW in body for body in after] == [True]


def test_page_of_a_report_says_first_what_is_wrong_with_its_form(admin_client, report):
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done", "part": "colour"}

    answer = admin_client.post(page(report), typed)

    assert (is_asking(answer), "part" in answer.context["adminform"].form.errors) == (False, True)


def test_report_that_was_declined_is_not_made_put_right_without_asking(admin_client, report):
    typed = form_as_it_stands(admin_client.get(page(report)))
    admin_client.post(page(report), typed | {"state": "declined"})

    answer = admin_client.post(page(report), typed | {"state": "done"})

    assert (is_asking(answer), Report.objects.get().state) == (True, "declined")


def test_report_that_is_opened_again_says_that_what_was_written_stays_so(admin_client, report, sent):
    typed = form_as_it_stands(admin_client.get(page(report)))
    admin_client.post(page(report), typed | {"state": "declined"})

    opened, none = sent(lambda: admin_client.post(page(report), typed | {"state": "open"}, follow=True))
    dates = Report.objects.values_list("state", "closed_on", "reopened_on").get()
    _, letters = sent(lambda: admin_client.post(page(report), typed | {"state": "declined"}))

    assert sentence(opened, "warning") == [
        "It is open again. If somebody was written to when it was closed, that cannot be taken back."
    ]
    assert (dates, none) == (("open", None, days_ago(0)), [])
    assert [AGAIN in body for body in letters] == [True]


@pytest.fixture
def reports(report, group) -> list[Report]:
    """Two reports of which nothing was changed, and one of a group whose time was."""
    place = record_report(group, ReportPart.PLACE, "The library.")
    other = make_group(name="Example swimmers")
    put_right = record_report(other, ReportPart.TIME, "At 8pm.", "other@example.org")
    change_times(other)
    return [report, place, put_right]


def chosen(reports: list[Report], **more) -> dict:
    return {"action": "put_right", "_selected_action": [report.pk for report in reports], **more}


def states() -> list[str]:
    return list(Report.objects.order_by("pk").values_list("state", flat=True))


def test_many_reports_are_asked_about_before_any_is_closed(admin_client, reports, sent):
    asking, letters = sent(lambda: admin_client.post(LIST, chosen(reports)))

    assert (is_asking(asking), states(), letters) == (True, ["open"] * 3, [])
    assert [case.row for case in asking.context["cases"]] == [reports[1], reports[0]]
    assert "Close only the 1 with a change" in asking.text


@pytest.mark.parametrize(
    "button, closed, written",
    [
        ("_close_changed", ["open", "open", "done"], [PUT_RIGHT]),
        ("_close_all", ["done"] * 3, [RIGHT_NOW, PUT_RIGHT]),
    ],
)
def test_many_reports_are_closed_as_was_answered(admin_client, reports, sent, button, closed, written):
    asking = admin_client.post(LIST, chosen(reports))

    _, letters = sent(lambda: admin_client.post(LIST, carried(asking, button)))

    assert states() == closed
    assert sorted(next(row for row in (PUT_RIGHT, RIGHT_NOW) if row in body) for body in letters) == sorted(written)


def test_many_reports_with_a_change_are_closed_at_once(admin_client, reports, group):
    change_times(group)

    answer = admin_client.post(LIST, chosen([reports[0], reports[2]]), follow=True)

    assert (states(), sentence(answer, "success")) == (["done", "open", "done"], ["2 reports closed."])


def test_more_reports_than_anybody_reads_are_not_closed_at_once(admin_client, reports, monkeypatch):
    monkeypatch.setattr("groups.feedback.admin.report.MOST_CONFIRMED", 1)

    answer = admin_client.post(LIST, chosen(reports), follow=True)

    assert (states(), sentence(answer, "error")) == (
        ["open"] * 3,
        ["Nothing was closed: nothing was changed for 2 of these. Choose fewer at once."],
    )


def test_report_that_came_since_the_question_is_asked_about_itself(admin_client, reports):
    asking = admin_client.post(LIST, chosen(reports[:1]))

    answer = admin_client.post(LIST, carried(asking) | {"_selected_action": [report.pk for report in reports[:2]]})

    assert (is_asking(answer), states()) == (True, ["open"] * 3)
