"""The days on which a group meets, for who would rather look than read."""

import pytest

from groups.models import Schedule, SupportGroup
from groups.timetable.patterns import Frequency, Weekday
from tests.factories import make_group

pytestmark = pytest.mark.django_db


def days(group: SupportGroup) -> str:
    return "".join(letter if meets else "-" for letter, meets in group.week)


def on(group: SupportGroup, weekday: Weekday, **fields) -> None:
    Schedule.objects.create(group=group, frequency=Frequency.WEEKLY, weekday=weekday, **fields)


def test_week_has_every_day_on_which_it_regularly_meets():
    group = make_group()
    on(group, Weekday.TUESDAY)
    Schedule.objects.create(group=group, frequency=Frequency.MONTHLY_BY_WEEKDAY, weekday=Weekday.SUNDAY, ordinals="1")

    assert days(group) == "-T----S"


def test_week_is_empty_where_no_day_is_known():
    group = make_group()
    Schedule.objects.create(group=group, frequency=Frequency.MONTHLY_BY_DATE, day_of_month=5)

    assert days(group) == ""


def test_week_has_no_day_of_what_is_over():
    group = make_group()
    on(group, Weekday.MONDAY, last_date="2020-01-06")
    on(group, Weekday.FRIDAY)
    group = SupportGroup.objects.get(pk=group.pk)

    assert days(group) == "----F--"


@pytest.mark.parametrize("hidden", [{"closed": True}, {"ended": True}, {"times_are_withheld": True}])
def test_week_is_empty_where_nobody_may_know(hidden, client):
    group = make_group(**hidden)
    on(group, Weekday.FRIDAY)

    assert days(group) == ""
    assert b"week-strip" not in client.get(group.get_absolute_url()).content


def test_card_shows_the_week_to_the_eye_only(client):
    on(make_group(name="Fridays"), Weekday.FRIDAY)

    page = client.get("/groups/").content.decode()

    strip = '<dd class="week-strip" aria-hidden="true"><i>M</i><i>T</i><i>W</i><i>T</i><b>F</b><i>S</i><i>S</i></dd>'
    assert strip in page
    assert page.index("Every Friday") < page.index(strip)
