"""When and where in public forms: typed in words, read back before they are sent, and no contact of a listing."""

import pytest
from django.urls import reverse

from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.report_form import ReportForm
from groups.feedback.spam import has_contact
from tests.factories import make_group, make_organisation, make_venue
from tests.groups.feedback.posting import send
from tests.peersupport.html import parse, words

NO_CONTACTS = (
    "Please leave out telephone numbers and email addresses. Say only that one is wrong: we ask the organisation for "
    "the right one."
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ring 01632 960 118.", True),
        ("(020) 7946-0018", True),
        ("+44 (0)1632 960118", True),
        ("0044 1632 960118 please", True),
        ("ask ann@house.example", True),
        ("Tuesdays 19:00 - 20:30, 01/12/2026", False),
        ("0900-1030 and 1100-1230", False),
        ("Text SHOUT to 85258", False),
        ("see www.example.org", False),
        ("", False),
    ],
)
def test_numbers_and_addresses_are_told_from_days_and_times(text, expected):
    assert has_contact(text) == expected


@pytest.mark.django_db
def test_report_stores_words_and_what_was_read_of_them(client, page):
    send(client, page, part="time", when_in_words="Tues 7-8.30pm\r\n", where_in_words="Old mill,\r\nTA20 1AA")

    report = Report.objects.get()
    assert (report.when_in_words, report.when_read) == ("Tues 7-8.30pm", "Every Tuesday, 7pm to 8.30pm.")
    assert (report.where_in_words, report.where_read) == ("Old mill,\nTA20 1AA", "Old mill\nTA20 1AA")


@pytest.mark.django_db
@pytest.mark.one_database("forms write nothing")
def test_words_are_read_back_with_the_next_dates_and_nothing_is_sent(client, page):
    response = send(client, page, seconds=1, when_in_words="Tuesdays 7pm", _read="1")

    sentence, *dates = [words(item) for item in parse(response).iterfind(".//form//li")]
    assert (response.status_code, Report.objects.count()) == (200, 0)
    assert (sentence, len(dates)) == ("Every Tuesday, from 7pm.", 4)
    assert [date for date in dates if not date.startswith("Tuesday ")] == []
    assert parse(response).find(".//*[@class='error-summary']") is None


@pytest.mark.django_db
@pytest.mark.one_database("forms write nothing")
def test_place_is_read_back_with_its_area_and_nothing_is_sent(client, page):
    shown, unread = (
        send(client, page, seconds=1, where_in_words=typed, _read="1") for typed in ("Old mill, TA20 1AA", "By the sea")
    )

    items = [words(item) for item in parse(shown).iterfind(".//form//li")]
    assert (items, Report.objects.count()) == (["Old mill, TA20 1AA", "TA20 is in Somerset."], 0)
    assert "We could not read this as the name of a place" in words(parse(unread).find(".//form"))
    # Of the box that is empty nothing is said.
    assert "Nothing is written in this box." not in words(parse(shown).find(".//form"))


@pytest.mark.django_db
def test_question_is_shown_with_answers_that_take_the_place_of_the_words_or_is_left(client, page):
    asked = send(client, page, part="time", when_in_words="Tuesdays 7-8.30", _read="1")
    radios = [radio.get("value") for radio in parse(asked).iterfind(".//input[@name='when_answer']")]
    for answer in (radios[0], radios[-1]):
        send(client, page, part="time", when_in_words="Tuesdays 7-8.30", when_answer=answer)

    assert radios == ["Every Tuesday, 7pm to 8.30pm.", "Every Tuesday, 7am to 8.30am.", "as written"]
    assert sorted(Report.objects.values_list("when_in_words", "when_read")) == [
        ("Every Tuesday, 7pm to 8.30pm.", "Every Tuesday, 7pm to 8.30pm."),
        ("Tuesdays 7-8.30", ""),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("box", ["what_is_right", "when_in_words", "where_in_words"])
def test_report_takes_no_contact(client, page, box):
    response = send(client, page, part="contact", **{box: "It is 01632 960118 now."})

    errors = [words(link) for link in parse(response).iterfind(".//*[@class='error-summary']//a")]
    assert (errors, Report.objects.count()) == ([NO_CONTACTS], 0)


@pytest.mark.django_db
@pytest.mark.one_database("forms are made in Python")
def test_place_is_not_asked_for_where_nobody_may_know_it():
    public, hidden = make_group(venue=make_venue()), make_group(confidential=True)
    listings = [public, hidden, make_group(closed=True), make_organisation()]

    asked = [
        [name for name in ("when_in_words", "where_in_words") if name in ReportForm(listing).fields]
        for listing in listings
    ]

    assert asked == [["when_in_words", "where_in_words"], ["when_in_words"], ["when_in_words"], []]


@pytest.mark.django_db
def test_suggestion_stores_what_was_read(client):
    typed = {"name": "Example walkers", "what": "We walk.", "place": "Chard", "when_in_words": "Mondays 7pm"}

    send(client, reverse("groups:group_suggest"), **typed, where_in_words="Old mill, TA20 1AA")

    suggestion = Suggestion.objects.get()
    assert (suggestion.when_read, suggestion.where_read) == ("Every Monday, from 7pm.", "Old mill\nTA20 1AA")


@pytest.mark.django_db
def test_same_words_about_the_time_are_counted_and_other_words_are_not(client, page):
    for when in ("Tuesdays 7pm", "tuesdays, 7pm!", "Tuesdays 8pm"):
        send(client, page, part="time", when_in_words=when)

    assert sorted(Report.objects.values_list("when_in_words", "times_said")) == [
        ("Tuesdays 7pm", 2),
        ("Tuesdays 8pm", 1),
    ]
