"""Behind the link an owner says when and where a group meets: in words that are read back, or in boxes."""

import datetime

import pytest

from groups.feedback.models.proposal import Proposal
from groups.verification.forms import change_form_for
from tests.factories import make_group, make_organisation, make_schedule, make_venue
from tests.groups.verification.test_tokens import as_it_stands, page_of, post
from tests.peersupport.html import parse, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python reads what is typed.


@pytest.fixture
def page(link, asked, group) -> str:
    group.venue = make_venue(name="Example hall", address="4 Fore Street", postcode="TA20 1PP")
    group.save()
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    return page_of(link, asked, "check_change")


def errors(response) -> list[str]:
    return [words(row) for row in parse(response).iterfind(".//div[@class='error-summary']//li")]


def test_boxes_say_how_it_is_now(client, page):
    form = client.get(page).context["form"]

    assert {
        name: form[name].value() for name in ("when_in_words", "venue_name", "venue_address", "venue_postcode")
    } == {
        "when_in_words": "Every Thursday, 6pm to 8pm.",
        "venue_name": "Example hall",
        "venue_address": "4 Fore Street\nChard",
        "venue_postcode": "TA20 1PP",
    }


def test_words_and_place_become_fields_and_the_contact_a_note(client, page):
    typed = {
        "when_in_words": "Tuesdays 7pm",
        "venue_name": "Old mill",
        "venue_address": "",
        "venue_postcode": "ta201aa",
    }

    for _ in "12":
        response = post(client, page, **as_it_stands(client.get(page)) | typed | {"contact": "The desk, 01632 960118"})

    proposal = Proposal.objects.get()
    assert response.status_code == 302
    assert {name: change["read"] for name, change in proposal.changes.items()} == {
        "when": "Every Tuesday, from 7pm.",
        "where": "Old mill\nTA20 1AA",
    }
    assert proposal.note == "Who people can ask: The desk, 01632 960118"


def test_words_are_read_back_and_nothing_is_sent(client, page):
    response = post(client, page, **as_it_stands(client.get(page)) | {"when_in_words": "Tuesdays 7pm", "_read": "1"})

    sentence, *dates = [words(item) for item in parse(response).iterfind(".//form//li")]
    assert (sentence, len(dates)) == ("Every Tuesday, from 7pm.", 4)
    assert (response.status_code, errors(response), Proposal.objects.count()) == (200, [], 0)


def test_place_that_was_changed_is_read_back_with_its_area(client, page):
    typed = {"venue_name": "Old mill", "venue_address": "Chard", "venue_postcode": "", "_read": "1"}

    response = post(client, page, **as_it_stands(client.get(page)) | typed)

    shown = [words(item) for item in parse(response).iterfind(".//form//li")]
    assert shown[-2:] == ["Old mill, Chard", "Chard is in Somerset. If you know the postcode, add it."]
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    "answer, read", [("Every Tuesday, 7pm to 8.30pm.", "Every Tuesday, 7pm to 8.30pm."), ("as written", "")]
)
def test_question_is_answered_before_it_is_sent(client, page, answer, read):
    typed = as_it_stands(client.get(page)) | {"when_in_words": "Tuesdays 7-8.30"}

    asked = post(client, page, **typed)
    post(client, page, **typed, when_answer=answer)

    assert errors(asked) == ["Which of these do you mean? Choose one of the answers, or write it otherwise."]
    assert Proposal.objects.get().changes["when"]["read"] == read


def test_boxes_make_words_that_are_read_and_asked_about(client, page):
    boxes = {"how_often": "Every other", "weekday": "Tuesday", "starts_at": "19:00", "ends_at": "20:30"}
    typed = as_it_stands(client.get(page)) | boxes

    asked = post(client, page, **typed)
    answer = parse(asked).find(".//input[@name='when_answer']").get("value")
    post(client, page, **typed, when_answer=answer)
    post(client, page, **typed | {"how_often": "The last"})

    assert len(errors(asked)) == 1
    assert [row.changes["when"]["read"] for row in Proposal.objects.order_by("pk")] == [
        answer,
        "The last Tuesday of the month, 7pm to 8.30pm.",
    ]


@pytest.mark.parametrize(
    "typed, error",
    [
        ({"weekday": "Tuesday"}, "In the boxes, choose both how often and on which day."),
        (
            {"how_often": "Every", "weekday": "Tuesday", "when_in_words": "Mondays 7pm"},
            "You wrote it in words and chose it in boxes too. Please leave one of the two as it was.",
        ),
        ({"starts_at": "seven"}, "We could not read “From”. Write a time like this: 18:30."),
        ({"venue_postcode": "TA20"}, "This does not look like a postcode. One looks like TA20 1AA."),
    ],
)
def test_what_cannot_be_meant_is_said(client, page, typed, error):
    response = post(client, page, **as_it_stands(client.get(page)) | typed)

    assert (errors(response), Proposal.objects.count()) == ([error], 0)


def test_nothing_is_filled_in_that_is_not_public():
    hidden, closed, withheld = (
        make_group(confidential=True),
        make_group(closed=True),
        make_group(times_are_withheld=True),
    )
    for group in (hidden, closed, withheld):
        make_schedule(group)
    forms = [change_form_for(row)(instance=row) for row in (hidden, closed, withheld, make_organisation())]

    assert [form.initial.get("when_in_words", "") for form in forms] == [
        "Every Thursday. Ask for the time.",
        "",
        "",
        "",
    ]
    assert ["venue_name" in form.fields for form in forms] == [False, False, True, False]
    assert ["contact" in form.fields for form in forms] == [True, True, True, False]
