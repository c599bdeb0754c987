"""Courses with a first and a last day, a number of sessions and a price."""

import datetime

import pytest

from organisations.models import Organisation, Training
from organisations.structured_data import course_node
from tests.factories import days_ago, make_organisation, make_training
from tests.organisations.test_pages import main, titles
from tests.peersupport.html import words

FIRST, LAST = datetime.date(2027, 1, 5), datetime.date(2027, 2, 9)


@pytest.mark.parametrize(
    "days, text",
    [
        ({}, ""),
        ({"starts_on": FIRST}, "Starts on 5 January 2027"),
        ({"session_count": 1}, "1 session"),
        ({"starts_on": FIRST, "ends_on": LAST, "session_count": 6}, "5 January to 9 February 2027, 6 sessions"),
    ],
)
def test_course_says_its_days_and_sessions(days, text):
    assert Training(**days).dates == text


@pytest.mark.parametrize(
    "days, day, has_begun, is_over",
    [
        ({}, LAST, False, False),
        ({"starts_on": FIRST, "ends_on": LAST}, FIRST, False, False),
        ({"starts_on": FIRST, "ends_on": LAST}, LAST, True, False),
        ({"starts_on": FIRST, "ends_on": LAST}, LAST + datetime.timedelta(1), True, True),
        ({"starts_on": FIRST}, FIRST + datetime.timedelta(1), True, True),
    ],
)
def test_course_has_begun_after_its_first_day_and_is_over_after_its_last(days, day, has_begun, is_over):
    training = Training(**days)

    assert (training.has_begun(day), training.is_over(day)) == (has_begun, is_over)


@pytest.mark.django_db
def test_course_that_is_over_is_on_no_list_and_not_on_the_page_of_its_organisation(client):
    organisation = make_organisation()
    for title, days in {
        "Any time": {},
        "To come": {"starts_on": days_ago(-1)},
        "Last day": {"starts_on": days_ago(9), "ends_on": days_ago(0)},
        "Over": {"starts_on": days_ago(9), "ends_on": days_ago(1)},
        "Begun, no last day": {"starts_on": days_ago(1)},
    }.items():
        make_training(title=title, organisation=organisation, **days)
    offered = ["Any time", "Last day", "To come"]

    page = main(client, organisation.get_absolute_url())

    assert titles(page, "h3") == offered
    assert [training.title for training in Training.objects.listed(days_ago(0))] == offered
    assert [training.title for training in Training.objects.not_over(days_ago(2))] == sorted(
        [*offered, "Over", "Begun, no last day"]
    )


@pytest.mark.django_db
@pytest.mark.one_database  # What a template says.
@pytest.mark.parametrize(
    "fields, facts",
    [
        ({}, ["Not said: ask the organisation", "Not said"]),
        ({"is_free": "no"}, ["Not said: ask the organisation", "Not free: ask the organisation"]),
        ({"price": "£40, or £20 out of work"}, ["Not said: ask the organisation", "£40, or £20 out of work"]),
        ({"session_count": 6, "when_and_where": "On Zoom."}, ["6 sessions", "On Zoom.", "Not said"]),
    ],
)
def test_card_of_a_course_says_when_and_what_it_costs(client, fields, facts):
    training = make_training(**fields)

    card = main(client, training.get_absolute_url()).find(f".//article[@id='{training.slug}']")

    assert [words(fact) for fact in card.iterfind(".//dd")] == facts


@pytest.mark.django_db
@pytest.mark.one_database  # What a template says.
def test_course_that_has_begun_says_to_ask(client):
    training = make_training(starts_on=days_ago(1), ends_on=days_ago(-1))

    card = main(client, training.get_absolute_url()).find(f".//article[@id='{training.slug}']")

    assert words(card.find(".//dd")) == f"{training.dates}. It has begun: ask if you can still join"


def test_structured_data_says_what_is_known_of_a_course_with_days():
    house = Organisation(name="Example house", slug="example-house")
    course = Training(title="Listening", slug="listening", summary="Six mornings.", starts_on=FIRST, is_free="no")
    address = "https://example.org/organisations/example-house/"

    assert course_node(Training(title="Help to start a group"), house, "https://example.org") is None
    assert course_node(course, house, "https://example.org") == {
        "@type": "Course",
        "@id": f"{address}#listening",
        "name": "Listening",
        "description": "Six mornings.",
        "url": f"{address}#listening",
        "provider": {
            "@type": "Organization",
            "@id": f"{address}#organisation",
            "name": "Example house",
            "url": address,
        },
        "hasCourseInstance": {"@type": "CourseInstance", "startDate": "2027-01-05", "endDate": ""},
        "isAccessibleForFree": False,
    }
