"""An editor closes a venue for a fortnight: every group that meets only there is off, and people read until when."""

import datetime

import pytest

from groups.models import ScheduleChange, SupportGroup, Venue
from tests.factories import make_change, make_group, make_schedule, make_venue
from tests.staff.people import make_editor, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_schedules import day_in
from tests.staff.test_venue_pages import sentence

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, SUNDAY = 0, 1, 6
FIRST, LAST, AGAIN = day_in(2, MONDAY), day_in(3, SUNDAY), day_in(4, MONDAY)


def full(day: datetime.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


@pytest.fixture
def hall() -> Venue:
    return make_venue(name="Example hall")


@pytest.fixture
def tea(hall) -> SupportGroup:
    group = make_group(name="Example tea", venue=hall)
    make_schedule(group, starts_at=datetime.time(18))
    return group


def press(client, venue: Venue, *buttons: str, **typed):
    asked = {"first": FIRST, "last": LAST, "words": "The hall is being painted"} | typed
    return client.post(admin_url(Venue, "close", venue.pk), asked | dict.fromkeys(buttons, "1"), follow=True)


def changes() -> list[tuple]:
    rows = ScheduleChange.objects.order_by("group__name", "pk")
    return list(rows.values_list("group__name", "kind", "date", "until", "words"))


def test_closing_a_venue_sets_its_groups_off_until_it_opens_again(admin_client, hall, tea):
    art = make_group(name="Example art")
    make_schedule(art, venue=hall, weekday=TUESDAY)

    saved = press(admin_client, hall, "_close")

    words = f"The hall is being painted. It opens again on {full(AGAIN)}."
    assert changes() == [
        ("Example art", "off for a range", FIRST, LAST, words),
        ("Example tea", "off for a range", FIRST, LAST, words),
    ]
    assert sentence(saved, "success") == [
        f"2 groups are off from {full(FIRST)} to {full(LAST)}. “Example hall” opens again on {full(AGAIN)}."
    ]
    assert sentence(saved, "warning") == []


def test_closing_a_venue_is_one_version_of_each_group(admin_client, hall, tea):
    press(admin_client, hall, "_close")

    newest, first = tea.history.all()
    assert [len(newest.parts["schedule_changes"]), len(first.parts["schedule_changes"])] == [1, 0]
    assert (newest.history_change_reason, newest.revision) == ("Example hall is closed", 1)


def test_closing_a_venue_shows_what_it_means_before_it_is_done(admin_client, hall, tea):
    page = press(admin_client, hall)

    closing = page.context["closing"]
    assert ([(group.name, number) for group, number in closing.off], closing.by_hand) == ([("Example tea", 2)], [])
    assert f"Opens again on {full(AGAIN)}." in page.text
    assert (changes(), tea.history.count()) == ([], 1)


def test_closing_a_venue_twice_does_not_double(admin_client, hall, tea):
    press(admin_client, hall, "_close")

    again = press(admin_client, hall, "_close")

    assert len(changes()) == 1
    assert sentence(again, "warning") == ["Nothing was changed: no group had to be set off."]
    assert SupportGroup.objects.get().revision == 1


def test_closing_a_venue_is_done_for_all_groups_or_none(admin_client, hall, tea, monkeypatch):
    make_schedule(make_group(name="Example uke", venue=hall))

    def breaks_at_the_second(change, **kwargs):
        if ScheduleChange.objects.exists():
            raise RuntimeError
        super(ScheduleChange, change).save(**kwargs)

    monkeypatch.setattr(ScheduleChange, "save", breaks_at_the_second)
    with pytest.raises(RuntimeError):
        press(admin_client, hall, "_close")

    assert changes() == []


def test_closing_a_venue_for_longer_lengthens_what_was_off(admin_client, hall, tea):
    press(admin_client, hall, "_close")

    press(admin_client, hall, "_close", last=day_in(4, SUNDAY), words="")

    again = f"The venue opens again on {full(day_in(5, MONDAY))}."
    assert changes() == [("Example tea", "off for a range", FIRST, day_in(4, SUNDAY), again)]


def test_closing_a_venue_leaves_a_group_that_also_meets_elsewhere_to_the_editor(admin_client, hall, tea):
    make_schedule(tea, weekday=TUESDAY, venue=make_venue())

    saved = press(admin_client, hall, "_close")

    assert changes() == []
    assert sentence(saved, "warning") == [
        "Nothing was changed: no group had to be set off.",
        "Look at “Example tea” yourself: only some of its meetings are here: Every Thursday, from 6pm.",
    ]


def test_closing_a_venue_tells_of_single_meetings_and_of_times_nobody_knows(admin_client, hall):
    extra = day_in(2)
    make_change(make_group(name="Example art"), date=extra, venue=hall)
    make_group(name="Example tea", venue=hall)

    closing = press(admin_client, hall).context["closing"]

    assert closing.off == []
    assert [(group.name, why) for group, why in closing.by_hand] == [
        ("Example art", f"an extra or moved meeting is here on {full(extra)}."),
        ("Example tea", "we do not know when it meets. Ask the group."),
    ]


def test_closing_a_venue_leaves_alone_what_does_not_meet_there_then(admin_client, hall, tea):
    elsewhere = make_group(name="Example art", venue=hall)
    make_schedule(elsewhere, venue=make_venue())
    ended = make_group(name="Example choir", venue=hall, ended=True)
    make_schedule(ended)
    not_yet = make_group(name="Example darts", venue=hall)
    make_schedule(not_yet, first_date=AGAIN + datetime.timedelta(days=3))

    press(admin_client, hall, "_close")

    assert [group for group, *_ in changes()] == ["Example tea"]


@pytest.mark.parametrize(
    "days, error",
    [
        ({"first": LAST, "last": FIRST}, "The last day cannot come before the first."),
        ({"first": day_in(-4), "last": day_in(-3)}, "This day is past."),
    ],
)
def test_closing_a_venue_refuses_days_that_cannot_be_meant(admin_client, hall, tea, days, error):
    page = press(admin_client, hall, "_close", **days)

    assert (page.context["form"].errors, changes()) == ({"last": [error]}, [])


def test_closing_a_venue_starts_from_the_list_with_one_that_is_chosen(admin_client, hall):
    other, url = make_venue(), admin_url(Venue, "changelist")
    action = {"action": "close_venue", "_selected_action": [hall.pk]}

    row = admin_client.post(url, action)
    two = admin_client.post(url, action | {"_selected_action": [hall.pk, other.pk]}, follow=True)

    assert (row.status_code, row.headers["Location"]) == (302, admin_url(Venue, "close", hall.pk))
    assert sentence(two, "error") == ["Choose one venue. Each is closed on a page of its own."]


def test_closing_a_venue_is_for_those_who_keep_all_its_groups(client, hall, tea):
    make_group(venue=hall)
    sign_in(client, make_editor(tea.organisation))

    refused = press(client, hall, "_close")

    assert (refused.status_code, changes()) == (403, [])


def test_closing_is_undone_for_all_its_groups_in_one_press(admin_client, hall, tea):
    away = FIRST + datetime.timedelta(days=1)
    make_change(tea, kind="off for a range", date=away, until=LAST, words="We are away.")
    art = make_group(name="Example art", venue=hall)
    make_schedule(art, weekday=TUESDAY)
    press(admin_client, hall, "_close")
    page = admin_client.get(admin_url(Venue, "close", hall.pk))
    key = page.context["closures"][0].key

    undone = admin_client.post(admin_url(Venue, "close", hall.pk), {"_undo": key}, follow=True)
    again = admin_client.post(admin_url(Venue, "close", hall.pk), {"_undo": key}, follow=True)

    assert [closure.period for closure in page.context["closures"]] == [f"from {full(FIRST)} to {full(LAST)}"]
    assert changes() == [("Example tea", "off for a range", away, LAST, "We are away.")]
    assert sentence(undone, "success") == [f"2 groups meet as usual from {full(FIRST)} to {full(LAST)}."]
    assert sentence(again, "warning") == ["Nothing was changed: it is not closed on those days any more."]
    assert art.history.first().history_change_reason == "Example hall is not closed after all"


def test_closing_is_offered_to_those_who_may(admin_client, client, hall, tea):
    stranger = sign_in(client, make_editor(make_group().organisation))
    address = admin_url(Venue, "close", hall.pk)

    pages = [each.get(admin_url(Venue, "change", hall.pk)).text for each in (admin_client, stranger)]

    assert [address in page for page in pages] == [True, False]
