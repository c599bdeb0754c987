"""When a group meets, written in words on its page: the words fill the rows of regular times, or are asked about."""

import datetime

import pytest

from groups.models import SupportGroup
from tests.factories import make_group, make_schedule, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_schedules import post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("words are read before anything is stored")]


@pytest.fixture
def group() -> SupportGroup:
    group = make_group(name="Example tea", venue=make_venue(name="Example hall"))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    return group


def sentences_of(group: SupportGroup) -> list[tuple[str, str]]:
    return [(row.pattern.sentence, row.note) for row in group.schedules.all()]


def test_words_say_what_is_stored_and_change_nothing(admin_client, group):
    [before] = group.schedules.all()

    form = admin_client.get(admin_url(SupportGroup, "change", group.pk)).context["adminform"].form
    post(admin_client, group, "_save")

    assert form["when_in_words"].value() == "Every Thursday, 6pm to 8pm."
    assert list(group.schedules.all()) == [before]


def test_words_take_the_place_of_the_regular_times(admin_client, group):
    words = "Every Thursday, 6pm to 8pm.\r\nFirst and third Monday, 10am to noon, not in August, bring a friend"
    [before] = group.schedules.all()

    post(admin_client, group, "_save", when_in_words=words)

    assert group.schedules.first() == before
    assert sentences_of(group) == [
        ("Every Thursday, 6pm to 8pm.", ""),
        ("The first and third Monday of the month, 10am to noon, not in August.", "Bring a friend."),
    ]


def test_words_are_read_back_with_the_dates_and_nothing_is_saved(admin_client, group):
    page = post(admin_client, group, "_preview", when_in_words="Tuesdays 7pm")

    assert page.context["preview"].sentences == ["Every Tuesday, from 7pm."]
    assert sentences_of(group) == [("Every Thursday, 6pm to 8pm.", "")]


def test_rows_that_are_changed_after_the_words_were_read_are_what_is_saved(admin_client, group):
    page = post(admin_client, group, "_preview", when_in_words="Tuesdays 7pm")
    shown = form_as_it_stands(page) | {
        "schedules-0-DELETE": "on",
        "_save": "1",
    }

    admin_client.post(admin_url(SupportGroup, "change", group.pk), shown | {"schedules-1-starts_at": "19:30"})

    assert sentences_of(group) == [("Every Tuesday, from 7.30pm.", "")]


def test_words_with_several_meanings_are_one_error_with_the_answers_to_choose_from(admin_client, group):
    page = post(admin_client, group, "_save", when_in_words="Thursdays 2pm-3pm\nMondays 7-8.30")

    assert page.context["adminform"].form.errors == {
        "when_in_words": [
            "“7-8.30”: 7pm to 8.30pm, or 7am to 8.30am? Choose one of the answers, or write it otherwise."
        ]
    }
    answer = "Thursdays 2pm-3pm\nEvery Monday, 7pm to 8.30pm."
    assert f'<input type="radio" name="when_answer" value="{answer}">' in page.text
    assert sentences_of(group) == [("Every Thursday, 6pm to 8pm.", "")]

    post(admin_client, group, "_save", when_in_words="Mondays 7-8.30", when_answer=answer)

    assert sentences_of(group) == [("Every Thursday, 2pm to 3pm.", ""), ("Every Monday, 7pm to 8.30pm.", "")]


@pytest.mark.parametrize(
    "words,error",
    [
        ("Mondays 7pm, on hold", "We cannot read “hold” as a regular time. “hold” may change when it meets."),
        ("Contact us", "We cannot read “Contact us” as a regular time. It names no day."),
    ],
)
def test_words_that_cannot_be_stored_are_an_error_and_change_nothing(admin_client, group, words, error):
    page = post(admin_client, group, "_save", when_in_words=words)

    assert page.context["adminform"].form.errors == {"when_in_words": [error]}
    assert sentences_of(group) == [("Every Thursday, 6pm to 8pm.", "")]


def test_words_take_no_time_away_that_is_at_a_venue_of_its_own(admin_client, group):
    group.schedules.update(venue=make_venue(name="Example library"))

    page = post(admin_client, group, "_save", when_in_words="Mondays 7pm")

    assert page.context["adminform"].form.errors == {
        "when_in_words": [
            "“Every Thursday, 6pm to 8pm.” is at a venue of its own."
            " Keep its words here, and change it in the regular times below."
        ]
    }
    assert sentences_of(group) == [("Every Thursday, 6pm to 8pm.", "")]
