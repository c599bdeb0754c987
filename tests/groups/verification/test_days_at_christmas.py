"""Behind the link an organisation says on which days at Christmas its groups meet."""

import datetime

import pytest

from groups.choices import ChangeKind
from groups.feedback.models.proposal import Proposal
from groups.models import SupportGroup
from tests.factories import make_change, make_schedule
from tests.groups.verification.test_tokens import as_it_stands, page_of, post
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def test_form_asks_on_which_days_at_christmas_it_meets(group):
    now = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
    make_schedule(group, weekday=3)
    make_schedule(group, weekday=4)
    make_change(group, kind=ChangeKind.ON, date=datetime.date(2026, 12, 31))

    days = group.days_to_confirm(now)

    assert [day.isoformat() for day in days] == ["2026-12-24", "2026-12-25", "2027-01-01"]


def test_answer_about_a_day_at_christmas_is_in_the_note_of_the_proposal(client, link, asked, monkeypatch):
    eve, new_year = datetime.date(2026, 12, 24), datetime.date(2027, 1, 1)
    monkeypatch.setattr(SupportGroup, "days_to_confirm", lambda group, now: [eve, new_year])
    change = page_of(link, asked, "check_change")
    page = client.get(change)
    labels = [words(label) for label in parse(page).iterfind(".//main//form//label")]
    typed = as_it_stands(page) | {"meets_on_2026-12-24": "yes", "meets_on_2027-01-01": "no", "note": "At 7pm now."}

    response = post(client, change, **typed)

    assert labels[:2] == [
        "Thursday 24 December 2026 is Christmas Eve. Do you meet?",
        "Friday 1 January 2027 is New Year’s Day. Do you meet?",
    ]
    assert response.status_code == 302
    assert Proposal.objects.get().note.splitlines() == [
        "Thursday 24 December 2026: Yes, we meet.",
        "Friday 1 January 2027: No, we do not meet.",
        "At 7pm now.",
    ]
    assert "Do you meet? “Something changed” asks you." in client.get(link).text


def test_days_at_christmas_may_stay_open(client, link, asked, monkeypatch):
    monkeypatch.setattr(SupportGroup, "days_to_confirm", lambda group, now: [datetime.date(2026, 12, 24)])
    change = page_of(link, asked, "check_change")

    response = post(client, change, **as_it_stands(client.get(change)) | {"note": "At 7pm now."})

    assert (response.status_code, Proposal.objects.get().note) == (302, "At 7pm now.")
