"""Very many reports: the same is counted, adverts are set aside, and what is true is found."""

import pytest

from common import rate_limit
from common.models import RateLimitCount
from groups.choices import ReportPart
from groups.feedback import flood_control
from groups.feedback.models.report import Report
from groups.feedback.rate_limit import A_DAY, allow_submission
from groups.feedback.reports import MOST_OPEN, MOST_SET_ASIDE, record_report
from tests.factories import days_ago, make_group

pytestmark = pytest.mark.django_db

#: How many posts a flood is: all that are taken are among the first 400.
POSTS = 600


@pytest.fixture
def group():
    return make_group(name="Example walkers", town="Chard")


def test_same_words_are_counted_not_kept_again(group):
    for words_ in ("It has ended.", "it has  ENDED", "It has ended!"):
        record_report(group, ReportPart.ENDED, words_)

    assert list(Report.objects.values_list("times_said", "what_is_right")) == [(3, "It has ended.")]


def test_same_words_of_somebody_who_wants_to_hear_back_are_not_lost(group):
    for email in ("a@example.org", "b@example.org", "", "a@example.org"):
        record_report(group, ReportPart.ENDED, "It has ended.", email)

    assert sorted(Report.objects.values_list("email", "times_said")) == [("a@example.org", 3), ("b@example.org", 1)]


@pytest.mark.parametrize(
    "row, other",
    [
        ("یہ گروپ اب بند ہے", "اب یہ شام سات بجے ہے"),
        ("यह समूह बंद है", "अब शाम सात बजे"),
        ("Zamknięte od środy", "Zamknięte od piątku"),
    ],
)
def test_other_words_in_any_writing_are_kept_apart(group, row, other):
    for words_ in (row, other, other):
        record_report(group, ReportPart.ELSE, words_)

    assert list(Report.objects.order_by("pk").values_list("what_is_right", "times_said")) == [(row, 1), (other, 2)]


def test_address_that_is_refused_leaves_no_mark():
    """Nobody fills the disk by telling of all our listings, one after the other."""
    for number in range(A_DAY.most):
        allow_submission("198.51.100.1", f"group {number}", days_ago(0))
    marks = RateLimitCount.objects.count()

    taken = [allow_submission("198.51.100.1", f"role {number}", days_ago(0)) for number in range(5)]

    assert (taken, RateLimitCount.objects.count()) == ([False] * 5, marks)


def test_marks_of_a_day_do_not_fill_the_disk_and_nobody_is_refused_for_it(monkeypatch):
    """Addresses that come after the last mark of a day are not counted; those that came before still are."""
    monkeypatch.setattr(rate_limit, "MOST_ROWS", 10)
    for number in range(50):
        assert allow_submission(f"198.51.100.{number}", "group 1", days_ago(0))

    again = [allow_submission("198.51.100.0", "group 1", days_ago(0)) for _ in range(3)]

    assert (again, RateLimitCount.objects.count()) == ([True, True, False], 10)


@pytest.mark.parametrize(
    "text, is_set_aside",
    [
        ("See https://example.org/when for the new time.", False),
        ("See https://www.example.org/when for the new time.", False),
        ("Pills https://www.a.example and www.b.example", True),
        ("Pills https://a.example https://b.example", True),
        ("[url=x] www.a.example", True),
    ],
)
def test_advert_is_set_aside(group, text, is_set_aside):
    assert record_report(group, ReportPart.ELSE, text).is_set_aside is is_set_aside


def test_same_long_words_about_many_listings_are_set_aside():
    message = [
        record_report(make_group(), ReportPart.ELSE, "Great offers for everybody here").is_set_aside for _ in "12345"
    ]

    assert message == [False, False, False, True, True]


def test_flood_neither_fills_the_disk_nor_hides_what_is_true(group):
    """600 posts from 40 addresses: adverts, the same words, and words that nobody could tell from true ones."""
    other, today = make_group(), days_ago(0)
    record_report(group, ReportPart.TIME, "It is at 7pm now.")
    taken = 0
    for number in range(POSTS):
        listing = group if number % 3 else other
        if allow_submission(f"198.51.100.{number % 40}", f"group {listing.pk}", today):
            text = ("Pills http://a http://b", "It has ended.", f"It moved to number {number}.")[taken % 3]
            record_report(listing, ReportPart.ELSE, text)
            taken += 1
    record_report(other, ReportPart.PLACE, "It is at the library.")

    in_the_list = Report.objects.filter(is_set_aside=False)
    assert taken == 240  # Three of each household about each of two listings.
    assert in_the_list.count() <= 2 * MOST_OPEN
    assert Report.objects.count() <= 2 * (MOST_OPEN + MOST_SET_ASIDE)
    assert in_the_list.filter(what_is_right="It is at 7pm now.").count() == 1
    assert Report.objects.filter(what_is_right="It is at the library.").count() == 1


def test_flood_over_many_listings_sets_aside_so_many_and_no_more(monkeypatch, group):
    monkeypatch.setattr(flood_control, "MOST_SET_ASIDE", 5)
    for _ in range(8):
        record_report(make_group(), ReportPart.ELSE, "Pills http://a http://b")

    record_report(group, ReportPart.TIME, "At 7pm.")

    assert Report.objects.filter(is_set_aside=True).count() == 5
    assert Report.objects.get(is_set_aside=False).what_is_right == "At 7pm."
