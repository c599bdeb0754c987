"""How much one internet connection may send in a day, with no address kept."""

import pytest

from common.models import RateLimitCount, RateLimitDay
from groups.feedback.models.report import Report
from groups.feedback.rate_limit import allow_submission
from tests.factories import days_ago
from tests.groups.feedback.posting import FROM_OUR_PAGE, send
from tests.groups.feedback.test_reports import errors

pytestmark = pytest.mark.django_db


def test_same_address_may_tell_us_three_times_about_one_listing_and_is_told_why_no_more(client, page, settings):
    settings.CONTACT_EMAIL = "hello@alongside.example"
    for time in ("6pm", "7pm", "8pm"):
        assert send(client, page, part="time", what_is_right=f"At {time}.").status_code == 302

    response = send(client, page, part="time", what_is_right="At 9pm.")

    assert (response.status_code, Report.objects.count()) == (429, 3)
    assert errors(response) == [
        "We take only a few messages a day from one internet connection, and yours has sent that many. "
        "Please try again tomorrow, or write to hello@alongside.example."
    ]
    assert "At 9pm." in response.text


def test_another_address_is_not_refused_for_it(client, page):
    for _ in range(4):
        send(client, page, part="ended")

    client.defaults["REMOTE_ADDR"] = "192.0.2.9"

    assert send(client, page, part="ended").status_code == 302


@pytest.mark.parametrize(
    "behind, header, other_header, statuses",
    [
        # Without a front server the header is the visitor's own word.
        (False, "192.0.2.1", "192.0.2.2", [429]),
        (True, "192.0.2.1", "192.0.2.2", [302]),
        # What stands before the last is the visitor's own word too.
        (True, "192.0.2.1, 198.51.100.7", "192.0.2.2, 198.51.100.7", [429]),
        (True, "2001:db8::1", "2001:db8::2:1", [429]),
        (True, "2001:db8:0:1::1", "2001:db8:0:2::1", [302]),
    ],
)
def test_address_is_believed_of_the_front_server_only(client, page, settings, behind, header, other_header, statuses):
    settings.BEHIND_PROXY = behind
    for _ in range(3):
        send(client, page, part="ended", sent_from=FROM_OUR_PAGE | {"HTTP_X_FORWARDED_FOR": header})

    last = send(client, page, part="ended", sent_from=FROM_OUR_PAGE | {"HTTP_X_FORWARDED_FOR": other_header})

    assert [last.status_code] == statuses


def test_no_address_is_kept_in_words_and_every_day_has_a_key_of_its_own():
    allow_submission("192.0.2.1", "group 1", days_ago(1))
    yesterday = RateLimitDay.objects.get().key, set(RateLimitCount.objects.values_list("digest", flat=True))

    allow_submission("192.0.2.1", "group 1", days_ago(0))

    assert RateLimitDay.objects.count() == 1
    assert RateLimitDay.objects.get().key != yesterday[0]
    assert set(RateLimitCount.objects.values_list("digest", flat=True)) & yesterday[1] == set()
    assert [token for token in yesterday[1] if "192" in token and "." in token] == []
