"""The boxes for times of day take what people type, and guess nothing."""

import datetime

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import TimeField

from groups.admin.clock_field import ClockField
from groups.models import Schedule, ScheduleChange, SupportGroup
from tests.factories import days_ago, make_group, make_schedule
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url

# How Django's pages are drawn and their boxes read: no row decides it.
pytestmark = pytest.mark.one_database

INSTEAD = "Write it like 6.30pm or 18:30."


@pytest.mark.parametrize(
    "typed, hour, minute",
    [
        ("6pm", 18, 0),
        ("6 PM", 18, 0),
        ("6p.m.", 18, 0),
        ("6.30pm", 18, 30),
        ("6:30 pm", 18, 30),
        ("6.30 p.m.", 18, 30),
        (" 6.30pm ", 18, 30),
        ("6\u00a0pm", 18, 0),
        ("7am", 7, 0),
        ("7 o'clock am", 7, 0),
        ("12pm", 12, 0),
        ("12am", 0, 0),
        ("12.30pm", 12, 30),
        ("noon", 12, 0),
        ("12 noon", 12, 0),
        ("Midday", 12, 0),
        ("midnight", 0, 0),
        ("18:00", 18, 0),
        ("18.00", 18, 0),
        ("1830", 18, 30),
        ("18", 18, 0),
        ("10:30", 10, 30),
        ("06:30", 6, 30),
        ("06:30:00", 6, 30),
        ("12:00", 12, 0),
        ("00:00", 0, 0),
    ],
)
def test_clock_field_reads_what_people_type(typed, hour, minute):
    assert ClockField().clean(typed) == datetime.time(hour, minute)


@pytest.mark.parametrize("typed", ["7", "7.30", "6:30", "10", "10.30", "7 o'clock", "1"])
def test_clock_field_guesses_no_half_of_the_day(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [f"“{typed}” could be morning or evening. Write “{typed}am” or “{typed}pm”."]


@pytest.mark.parametrize("typed", ["12", "12.00"])
def test_clock_field_does_not_guess_at_twelve(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [f"“{typed}” could be noon or midnight. Write “noon” or “midnight”."]


@pytest.mark.parametrize(
    "typed", ["tea", "25:00", "18:60", "18:00pm", "13pm", "0pm", "6pmish", "half past six", "6..30pm", "-6pm"]
)
def test_clock_field_says_how_to_write_what_it_cannot_read(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [f"We cannot read “{typed}” as a time. {INSTEAD}"]


@pytest.mark.parametrize("typed", ["7-9pm", "7pm to 9pm", "7 – 9", "18:00 until 20:00"])
def test_clock_field_takes_one_time_in_each_box(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [
        "Write one time in each box: when it starts in the first, when it ends in the second."
    ]


def test_clock_field_says_a_long_text_back_to_nobody():
    with pytest.raises(ValidationError) as refused:
        ClockField().clean("tea " * 5000)

    assert refused.value.messages == [f"We cannot read this time. {INSTEAD}"]


@pytest.mark.parametrize("empty", ["", " ", None])
def test_clock_field_may_be_left_empty(empty):
    assert ClockField(required=False).clean(empty) is None


def test_every_box_for_a_time_in_the_staff_pages_is_a_clock_field(rf, admin_user):
    request = rf.get("/staff/")
    request.user = admin_user
    found = {}
    for page in admin.site._registry.values():
        for part in (page, *page.get_inline_instances(request)):
            for field in part.model._meta.fields:
                box = part.formfield_for_dbfield(field, request) if isinstance(field, TimeField) else None
                if box is not None:
                    found[f"{part.model._meta.model_name}.{field.name}"] = type(box)

    assert found == {
        f"{model}.{field}": ClockField for model in ("schedule", "schedulechange") for field in ("starts_at", "ends_at")
    }


@pytest.mark.django_db
def test_times_are_typed_into_the_page_of_a_group(admin_client):
    group = make_group()
    make_schedule(group, starts_at=datetime.time(10, 30), ends_at=datetime.time(12, 30))
    url = admin_url(SupportGroup, "change", group.pk)
    as_it_stands = form_as_it_stands(admin_client.get(url))
    change = {"kind": "extra", "date": days_ago(-3), "starts_at": "noon", "ends_at": "1.30pm"}
    typed = {f"schedule_changes-0-{name}": value for name, value in change.items()}
    typed |= {"schedule_changes-TOTAL_FORMS": 1, "schedules-0-starts_at": "6pm", "schedules-0-ends_at": "7.30 p.m."}

    untouched = admin_client.post(url, as_it_stands)
    assert untouched.status_code == 302
    assert Schedule.objects.values_list("starts_at", "ends_at").get() == (datetime.time(10, 30), datetime.time(12, 30))
    refused = admin_client.post(url, form_as_it_stands(admin_client.get(url)) | typed | {"schedules-0-ends_at": "8"})
    assert "“8” could be morning or evening. Write “8am” or “8pm”." in refused.content.decode()
    saved = admin_client.post(url, form_as_it_stands(admin_client.get(url)) | typed)

    assert saved.status_code == 302
    assert Schedule.objects.values_list("starts_at", "ends_at").get() == (datetime.time(18), datetime.time(19, 30))
    extra = ScheduleChange.objects.get()
    assert (extra.starts_at, extra.ends_at) == (datetime.time(12), datetime.time(13, 30))
