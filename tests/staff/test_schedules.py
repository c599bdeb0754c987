"""An editor writes when a group meets: told of the dates and the clashes before and after saving, in plain words."""

import datetime

import pytest
from django.utils import timezone

from groups.models import DirectoryChange, SupportGroup
from groups.timetable.cautions import day_caution
from groups.timetable.meetings import LONDON
from groups.timetable.sentences import format_day
from organisations.models import Organisation
from tests.factories import make_change, make_group, make_organisation, make_schedule, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python reads what is typed.

THURSDAY = 3


@pytest.fixture
def group() -> SupportGroup:
    group = make_group(name="Example tea", venue=make_venue(name="Example hall"))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    return group


def day_in(weeks: int, weekday: int = THURSDAY) -> datetime.date:
    """The weekday of the week so many weeks from now."""
    today = timezone.localdate()
    return today + datetime.timedelta(days=7 * weeks + weekday - today.weekday())


def in_words(*days: datetime.date, time: str = "6pm") -> list[str]:
    return [
        ", ".join(filter(None, [format_day(day, timezone.localdate()), time, day_caution(day)])) + "." for day in days
    ]


def row(kind: str, number: int, /, **typed) -> dict[str, object]:
    """A row added below a page, as it is posted: the count of all rows, and what is typed."""
    return {f"{kind}-TOTAL_FORMS": number + 1} | {f"{kind}-{number}-{name}": value for name, value in typed.items()}


def post(client, group: SupportGroup, button: str, **typed):
    url = admin_url(SupportGroup, "change", group.pk)
    posted = form_as_it_stands(client.get(url)) | typed | {button: "1"}
    return client.post(url, posted, follow=True)


def stored(group: SupportGroup) -> tuple:
    """All that saving would leave a trace in."""
    found = SupportGroup.objects.get(pk=group.pk)
    rows = (found.schedules, found.schedule_changes, found.history, DirectoryChange.objects)
    return found.revision, found.updated_at, *(each.count() for each in rows)


def test_dates_are_shown_of_what_is_typed(admin_client, group):
    off, moved = day_in(2), day_in(3)
    typed = {
        "schedules-0-starts_at": "19:30",
        "schedules-0-ends_at": "21:00",
        **row("schedule_changes", 0, kind="off", date=off, words="The hall is let."),
    }
    typed |= row("schedule_changes", 1, kind="moved", date=moved, venue=make_venue(name="Example library").pk)

    shown = post(admin_client, group, "_preview", **typed).context["preview"]

    days = [day for day in map(day_in, range(9)) if day != off]
    # On a Thursday the first of them is today, until it has begun.
    begins = {day: datetime.datetime.combine(day, datetime.time(19, 30), LONDON) for day in days}
    dates = [day for day in days if begins[day] > timezone.now()][:6]
    expected = in_words(*dates, time="7.30pm")
    at = dates.index(moved)
    # Of the day that is moved the group has spoken: nobody need ask, be it at Christmas.
    expected[at] = f"{format_day(moved, timezone.localdate())}, 7.30pm. At Example library, Chard."
    assert shown.sentences == ["Every Thursday, 7.30pm to 9pm."]
    assert shown.dates == expected
    assert shown.days_off == [f"No meeting on {format_day(off, timezone.localdate())}. The hall is let."]
    assert shown.clash_sentences == []


def test_dates_are_shown_and_nothing_is_saved(admin_client, group):
    before = stored(group)

    page = post(
        admin_client,
        group,
        "_preview",
        name="Example coffee",
        **row("schedules", 1, frequency="weekly", weekday="0", interval="1"),
    )

    form = page.context["adminform"].form
    assert stored(group) == before
    assert (page.status_code, form["name"].value(), form.errors) == (200, "Example coffee", {})
    assert page.context["preview"].sentences == ["Every Thursday, 6pm to 8pm.", "Every Monday. Ask for the time."]
    assert "What you have typed, not saved yet" in page.text
    assert "Everybody can see it." not in page.text


def test_dates_leave_out_a_pattern_that_is_ticked_to_be_deleted(admin_client, group):
    shown = post(admin_client, group, "_preview", **{"schedules-0-DELETE": "on"}).context["preview"]

    assert (shown.sentences, shown.dates) == ([], [])
    assert group.schedules.count() == 1


def test_dates_are_shown_before_a_group_is_first_saved(admin_client):
    url = admin_url(SupportGroup, "add")
    typed = {"name": "Example tea", "organisation": make_organisation().pk, "summary": "Tea.", "_preview": "1"}
    typed |= row("schedules", 0, frequency="weekly", weekday=THURSDAY, interval="1", starts_at="23:59")

    page = admin_client.post(url, form_as_it_stands(admin_client.get(url)) | typed)

    days = [day for day in map(day_in, range(8)) if day >= timezone.localdate()]
    assert page.context["preview"].sentences == ["Every Thursday, from 11.59pm."]
    assert page.context["preview"].dates == in_words(*days[:6], time="11.59pm")
    assert (SupportGroup.objects.count(), Organisation.objects.count()) == (0, 1)


def test_dates_are_shown_though_something_else_is_wrong(admin_client, group):
    page = post(admin_client, group, "_preview", name="")

    assert page.context["preview"].sentences == ["Every Thursday, 6pm to 8pm."]
    assert page.context["adminform"].form.errors == {"name": ["This field is required."]}


def test_end_before_the_start_is_marked_instead_of_dates(admin_client, group):
    page = post(admin_client, group, "_preview", **{"schedules-0-ends_at": "17:00"})

    rows = page.context["inline_admin_formsets"][0].formset
    assert rows.errors == [{"__all__": ["A meeting must end after it starts."]}]
    assert "Put right what is marked in the rows above, and the dates can be shown." in page.text


def test_clashes_are_told_of_before_saving(admin_client, group):
    typed = row("schedules", 1, frequency="weekly", weekday=THURSDAY, interval="1", starts_at="19:00")
    typed |= row("schedule_changes", 0, kind="off", date=day_in(2, 0))

    shown = post(admin_client, group, "_preview", **typed).context["preview"]

    assert shown.clash_sentences == clashes_of_thursdays_and(day_in(2, 0))


def test_clashes_are_told_of_after_saving(admin_client, group):
    make_change(group, kind="off", date=day_in(2, 0))
    typed = row("schedules", 1, frequency="weekly", weekday=THURSDAY, interval="1", starts_at="19:00")

    saved = post(admin_client, group, "_continue", **typed)

    assert group.schedules.count() == 2
    assert sentence(saved, "warning") == [
        f"Look again at when it meets. {sentence}" for sentence in clashes_of_thursdays_and(day_in(2, 0))
    ]


def test_saving_what_fits_together_warns_of_nothing(admin_client, group):
    saved = post(admin_client, group, "_continue", **row("schedule_changes", 0, kind="off", date=day_in(2)))

    assert (group.schedule_changes.count(), sentence(saved, "warning")) == (1, [])


def clashes_of_thursdays_and(monday: datetime.date) -> list[str]:
    today = timezone.localdate()
    first = next(day for day in map(day_in, range(2)) if day >= today)
    return [
        f"Two regular times fall on one day, first on {first:%A} {first.day} {first:%B %Y}. Visitors see both.",
        f"Off on {monday:%A} {monday.day} {monday:%B %Y}: it would not meet that day anyhow.",
    ]


def test_second_and_last_thursday_not_in_august_is_set_with_ticks(admin_client, group):
    typed = {
        "schedules-0-frequency": "monthly by weekday",
        "schedules-0-ordinals": ["-1", "2"],
        "schedules-0-months_off": ["8"],
        "schedules-0-day_of_month": "13",
        "schedules-0-interval": "",
    }

    post(admin_client, group, "_continue", **typed)

    schedule = group.schedules.get()
    assert schedule.sentence == "The second and last Thursday of the month, 6pm to 8pm, not in August."
    assert (schedule.day_of_month, schedule.interval) == (None, 1)


def test_what_belongs_to_another_kind_of_pattern_is_forgotten(admin_client, group):
    typed = {"schedules-0-ordinals": ["1"], "schedules-0-day_of_month": "13", "schedules-0-interval": ""}

    post(admin_client, group, "_continue", **typed)

    schedule = group.schedules.get()
    assert (schedule.ordinals, schedule.day_of_month, schedule.interval) == ("", None, 1)


@pytest.mark.parametrize(
    "typed, error",
    [
        ({"weekday": ""}, "Choose the day of the week."),
        ({"frequency": "monthly by weekday"}, "Say which ones in the month: the first, the third, the last."),
        ({"frequency": "monthly by date"}, "Give the day of the month, from 1 to 31, or -1 for the last."),
    ],
)
def test_saved_schedule_that_is_made_incomplete_is_shown_again_with_what_is_missing(admin_client, group, typed, error):
    page = post(admin_client, group, "_continue", **{f"schedules-0-{name}": value for name, value in typed.items()})

    assert error in page.text
    assert "Regular time, not complete" in page.text
    assert group.schedules.get().sentence == "Every Thursday, 6pm to 8pm."


def test_what_is_not_regular_is_not_in_term_time_only(admin_client, group):
    typed = {"schedules-0-frequency": "ask", "schedules-0-term_time_only": "on", "schedules-0-weekday": ""}

    saved = post(admin_client, group, "_continue", **typed)

    assert sentence(saved, "error") == []
    schedule = group.schedules.get()
    assert (schedule.frequency, schedule.term_time_only) == ("ask", False)


def test_dates_that_people_must_ask_about_are_shown_with_how_to_confirm_them(admin_client, group):
    """An editor says of one date that it is on, and people need not ask about it any more."""
    how = "Has the group told you that it meets on one of these days?"
    without = post(admin_client, group, "_preview")
    second = day_in(2)
    typed = {"schedules-0-term_time_only": "on", **row("schedule_changes", 0, kind="on", date=second)}

    page = post(admin_client, group, "_preview", **typed)

    shown = page.context["preview"]
    today = timezone.localdate()
    of_second = [line for line in shown.dates if line.startswith(format_day(second, today))]
    assert shown.sentences == ["Every Thursday, 6pm to 8pm, in term time only."]
    assert of_second == [f"{format_day(second, today)}, 6pm."]
    assert [line for line in shown.dates if ": ask whether it is on." in line or "ask first: it is" in line] == [
        line for line in shown.dates if line not in of_second
    ]
    assert how in page.text
    assert (how in without.text) == any("ask first" in line for line in without.context["preview"].dates)


def test_group_of_which_all_dates_are_off_says_so_to_its_editor(admin_client, group):
    typed = {"schedules-0-last_date": day_in(2)}
    for number in range(3):
        typed |= row("schedule_changes", number, kind="off", date=day_in(number))

    shown = post(admin_client, group, "_preview", **typed).context["preview"]

    assert shown.dates == []
    assert shown.days_off[-2:] == [
        f"No meeting on {format_day(day_in(2), timezone.localdate())}.",
        "We know of no more meetings. Please ask the group.",
    ]
