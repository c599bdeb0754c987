"""The best match in sections, and each order that can be chosen, obeyed to the letter."""

import datetime

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from groups.choices import Stage, Weekday
from groups.search.index.types import Section
from tests.factories import days_ago, make_change, make_group, make_schedule, make_terms, make_venue
from tests.groups.search.test_service import distances, found, near, results, titles

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime.time(9)


def meets_in(days: int, **fields):
    """A group with one date, so many days from today."""
    group = make_group(**fields)
    make_change(group, date=days_ago(-days), starts_at=NINE)
    return group


def headings(page) -> dict[str, list[str]]:
    """The cards of a page under each heading."""
    return {section.heading: titles(section.cards) for section in page.sections}


def make_one_of_each_section() -> None:
    make_group(name="1 closed", closed=True, checked=days_ago(300), paused=True)
    make_group(name="2 overdue", checked=days_ago(300), paused=True)
    make_group(name="3 paused", paused=True)
    make_group(name="4 forming", forming=True, checked=days_ago(1))
    make_group(name="5 running", checked=days_ago(1))
    make_group(name="6 never checked")


def test_groups_in_one_house_stand_by_name():
    house = make_venue(postcode="CT9 1AE")
    for name in ("C", "a", "B"):
        make_group(name=name, venue=house)

    assert found(**near("CT9 1AE")) == ["a", "B", "C"]


@pytest.mark.parametrize("sort", ["", "nearest", "name", "soonest"])
def test_distance_is_said_in_any_order(sort):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    [where] = distances(results(**near("Margate", sort=sort)))

    assert where.endswith(" miles")


def test_best_match_is_in_sections_and_a_group_is_in_the_last_that_is_true_of_it():
    make_one_of_each_section()

    assert headings(results()) == {
        "": ["5 running", "6 never checked"],
        "Being set up (1)": ["4 forming"],
        "On a break (1)": ["3 paused"],
        "Not checked for over nine months (1)": ["2 overdue"],
        "Closed (1)": ["1 closed"],
    }


@pytest.mark.parametrize("sort", ["name", "soonest", "nearest"])
def test_chosen_order_has_no_sections(sort):
    make_one_of_each_section()

    names = ["1 closed", "2 overdue", "3 paused", "4 forming", "5 running", "6 never checked"]
    assert headings(results(sort=sort)) == {"": names}


def test_heading_counts_all_pages_and_stands_on_each():
    for number in range(14):
        make_group(name=f"{number:02}", forming=True)

    pages = [results(page=page) for page in (1, 2)]

    assert [list(headings(page)) for page in pages] == [["Being set up (14)"]] * 2
    assert [page.sections[0].start for page in pages] == [1, 13]


def test_numbers_go_on_from_section_to_section():
    make_one_of_each_section()

    assert [(section.section, section.start) for section in results().sections] == [
        (Section.OPEN, 1),
        (Section.FORMING, 3),
        (Section.PAUSED, 4),
        (Section.OVERDUE, 5),
        (Section.CLOSED, 6),
    ]


def test_words_in_the_name_come_first_then_in_topics_activities_and_audiences_then_elsewhere():
    make_group(name="A", summary="We like painting.")
    make_group(name="Y", activities=["Painting"])
    make_group(name="Z", topics=["Painting"])
    make_group(name="Painting in M")
    make_group(name="Painting, closed", closed=True)

    assert found(words=("painting",)) == ["Painting in M", "Y", "Z", "A", "Painting, closed"]


def test_words_of_which_one_is_in_the_name_and_one_in_a_topic_come_before_those_elsewhere():
    make_group(name="A", summary="Painting for men.")
    make_group(name="Painting", audiences=["Men"])
    make_group(name="Painting for men")

    assert found(words=("painting", "men")) == ["Painting for men", "Painting", "A"]


def test_other_words_of_a_topic_count_as_the_topic():
    make_group(name="A", summary="For a low mood.")
    group = make_group(name="B")
    [topic] = make_terms(type(group).topics.rel.model, ["Depression"])
    topic.other_words = ["low mood"]
    topic.save()
    group.topics.add(topic)

    assert found(words=("low", "mood")) == ["B", "A"]


def test_best_match_without_a_point_is_soonest_in_each_section_and_groups_without_date_come_last():
    make_group(name="A")
    meets_in(5, name="B")
    meets_in(2, name="C")
    meets_in(1, name="D", forming=True)

    assert found() == ["C", "B", "A", "D"]


def test_best_match_near_a_point_is_nearest_in_each_section_whatever_the_date():
    near_by, far = make_venue(postcode="CT9 1AE"), make_venue(postcode="CT10 1LR")
    meets_in(1, name="A, far", venue=far)
    make_group(name="B, near", venue=near_by)
    make_group(name="C, near, paused", venue=near_by, paused=True)

    assert found(**near("CT9 1AE")) == ["B, near", "A, far", "C, near, paused"]


def test_soonest_is_the_date_alone():
    meets_in(3, name="Tea", checked=days_ago(300))
    meets_in(4, name="Tea and art")
    meets_in(2, name="Walk", summary="With tea.", forming=True)
    make_group(name="A tea", checked=days_ago(1))

    assert found(words=("tea",), sort="soonest") == ["Walk", "Tea", "Tea and art", "A tea"]


def test_nearest_is_the_distance_alone():
    near_by, far = make_venue(postcode="CT9 1AE"), make_venue(postcode="CT10 1LR")
    make_group(name="Tea", venue=far)
    make_group(name="Walk", summary="With tea.", venue=near_by, checked=days_ago(300), stage=Stage.PAUSED)

    assert found(**near("CT9 1AE", words=("tea",), sort="nearest")) == ["Walk", "Tea"]


def test_nearest_without_a_point_is_soonest():
    meets_in(3, name="A")
    meets_in(2, name="B")

    assert found(sort="nearest") == ["B", "A"]


def test_name_is_the_name_alone():
    meets_in(1, name="c")
    make_group(name="B", closed=True)
    make_group(name="a", checked=days_ago(300))

    assert found(sort="name") == ["a", "B", "c"]


@pytest.mark.parametrize("asked", [{}, {"near": "CT9 1AE"}])
@pytest.mark.parametrize("others", [0, 20])
def test_group_sinks_on_the_first_day_on_which_its_check_is_overdue(asked, others):
    """Nine months to the day are not overdue yet: it stands with those checked today. A day more, and it sinks."""
    nine_months_ago = timezone.localdate() - relativedelta(months=9)
    house = make_venue(postcode="CT9 1AE")
    make_group(name="A, overdue since today", venue=house, checked=nine_months_ago - relativedelta(days=1))
    make_group(name="B, overdue tomorrow", venue=house, checked=nine_months_ago)
    make_group(name="C, checked today", venue=house, checked=timezone.localdate())
    for number in range(others):
        # A page of many is picked in another way than a page of few.
        make_group(name=f"D {number}", venue=house, checked=timezone.localdate() - relativedelta(months=16))

    names = found(**(near(asked["near"]) if "near" in asked else asked))

    assert names == ["B, overdue tomorrow", "C, checked today", "A, overdue since today"]


@pytest.mark.parametrize("days_more, names", [(0, ["A"]), (1, [])])
def test_group_leaves_search_on_the_first_day_on_which_its_check_has_lapsed(days_more, names):
    make_group(name="A", checked=timezone.localdate() - relativedelta(months=15, days=days_more))

    assert found() == names


@pytest.mark.parametrize("sort", ["", "soonest"])
def test_soonest_is_the_next_meeting_that_fits_the_search(sort):
    today = timezone.localdate()
    in_two_days, in_three_days = Weekday((today.weekday() + 2) % 7), Weekday((today.weekday() + 3) % 7)
    for name, weekdays in (("A", [in_three_days]), ("B", [in_two_days, in_three_days]), ("C", [in_two_days])):
        group = make_group(name=name)
        for weekday in weekdays:
            make_schedule(group, weekday=weekday, starts_at=NINE)

    assert found(sort=sort) == ["B", "C", "A"]
    assert found(sort=sort, day=(in_three_days.label.lower(),)) == ["A", "B"]
