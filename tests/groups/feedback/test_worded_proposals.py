"""When and where a group meets, proposed in words: compared in sentences, asked about, and taken one by one."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups.choices import ProposalSource, ReportPart
from groups.feedback.models.proposal import Proposal
from groups.feedback.proposals import comparisons, decide, propose, propose_from
from groups.feedback.reports import record_report
from groups.models import Venue
from tests.factories import days_ago, make_group, make_organisation, make_schedule, make_venue

pytestmark = pytest.mark.django_db

HALL = {"name": "Example hall", "address": "4 Fore Street", "postcode": "TA20 1PP"}


@pytest.fixture
def group():
    group = make_group(name="Example walkers", venue=make_venue(**HALL))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    return group


def proposed(group, **words) -> Proposal:
    return Proposal.objects.get(pk=propose(group, ProposalSource.LINK, words).pk)


def taken(proposal, admin_user, **answers) -> Proposal:
    revision = type(proposal.listing).objects.get(pk=proposal.listing.pk).revision
    return decide(proposal, proposal.changes, editor=admin_user, today=days_ago(0), revision=revision, answers=answers)


def times(group) -> list[str]:
    return [f"{row.pattern.sentence} {row.note}".strip() for row in group.schedules.all()]


def test_words_and_what_was_read_of_them_are_stored_with_what_it_said(group):
    proposal = proposed(group, when="Tues 7-8.30pm", where="Old mill, TA20 1AA", cost_note="£2")

    assert proposal.changes == {
        "when": {
            "was": "Every Thursday, 6pm to 8pm.",
            "proposed": "Tues 7-8.30pm",
            "read": "Every Tuesday, 7pm to 8.30pm.",
        },
        "where": {
            "was": "Example hall\n4 Fore Street\nChard\nTA20 1PP",
            "proposed": "Old mill, TA20 1AA",
            "read": "Old mill\nTA20 1AA",
        },
        "cost_note": {"was": "", "proposed": "£2"},
    }


@pytest.mark.parametrize(
    "words, note",
    [
        ({"when": "Ask us.", "where": "By the river"}, "When: Ask us.\nWhere: By the river\nAnd more."),
        # What it says already.
        ({"when": "thursdays 6-8pm", "where": "Example hall\n4 Fore Street\nChard\nTA20 1PP"}, "And more."),
    ],
)
def test_what_is_not_read_or_says_the_same_is_no_field(group, words, note):
    proposal = propose(group, ProposalSource.LINK, words, "And more.")

    assert (proposal.changes, proposal.note) == ({}, note)


def test_words_are_no_field_of_other_listings():
    assert propose(make_organisation(), ProposalSource.LINK, {"when": "Tuesdays 7pm", "where": "Old mill"}) is None


def test_comparison_is_in_sentences_with_what_was_typed(group):
    rows = comparisons(proposed(group, when="Tues 7-8.30pm, bring a friend", where="Old mill\nTA20 1AA"))

    assert [(row.label, row.today, row.proposed, row.typed) for row in rows] == [
        (
            "When",
            "Every Thursday, 6pm to 8pm.",
            "Every Tuesday, 7pm to 8.30pm. Bring a friend.",
            "Tues 7-8.30pm, bring a friend",
        ),
        ("Where", "Example hall, 4 Fore Street, Chard, TA20 1PP", "Old mill, TA20 1AA", ""),
    ]
    assert [(row.has_changed_since, row.question, row.problem) for row in rows] == [(False, "", "")] * 2


def test_times_that_are_taken_are_one_version_and_those_that_are_over_stay(group, admin_user):
    over = make_schedule(group, weekday=0, last_date=days_ago(30))
    proposal = proposed(group, when="Every Thursday, 6pm to 8pm.\nFirst Monday 10am")
    [unchanged] = [row for row in group.schedules.all() if row != over]

    done = taken(proposal, admin_user)

    assert (done.state, done.taken) == ("accepted", ["when"])
    assert times(group)[0] == "Every Thursday, 6pm to 8pm."
    assert times(group)[2] == "The first Monday of the month, from 10am."
    assert [row.pk for row in group.schedules.all()][:2] == [unchanged.pk, over.pk]
    assert group.history.count() == 2  # As it was before, and as it is now.


def test_question_is_answered_before_times_are_taken(group, admin_user):
    proposal = proposed(group, when="Mondays 7-8.30")
    [row] = comparisons(proposal)

    with pytest.raises(ValidationError) as refused:
        taken(proposal, admin_user)
    done = taken(proposal, admin_user, when=row.answers[0].value)

    assert refused.value.messages == [
        "“7-8.30”: 7pm to 8.30pm, or 7am to 8.30am? Choose one of the answers under “When” first."
    ]
    assert (done.state, times(group)) == ("accepted", ["Every Monday, 7pm to 8.30pm."])


def test_times_at_a_venue_of_their_own_are_put_in_by_hand(group, admin_user):
    group.schedules.update(venue=make_venue(name="Example library"))
    proposal = proposed(group, when="Mondays 7pm")

    done = taken(proposal, admin_user)

    assert comparisons(proposal)[0].problem == (
        "“Every Thursday, 6pm to 8pm.” is at a venue of its own. Put the times in on the group's own page."
    )
    assert (done.state, done.taken, times(group)) == ("refused", [], ["Every Thursday, 6pm to 8pm."])


def test_answer_takes_away_no_time_at_a_venue_of_its_own(group, admin_user):
    group.schedules.update(venue=make_venue(name="Example library"))
    proposal = proposed(group, when="Mondays 7-8.30")

    with pytest.raises(ValidationError):
        taken(proposal, admin_user, when=comparisons(proposal)[0].answers[0].value)

    assert times(group) == ["Every Thursday, 6pm to 8pm."]


def test_venue_of_that_name_at_the_postcode_is_taken_and_none_is_added(group, admin_user):
    mill = make_venue(name="Old mill", address="2 Mill Lane", postcode="TA20 1AA")

    taken(proposed(group, where="at the old mill, Mill Lane, ta201aa"), admin_user)

    group.refresh_from_db()
    assert (group.venue, Venue.objects.count()) == (mill, 2)


def test_venue_that_is_not_here_is_added_with_a_version(group, admin_user):
    taken(proposed(group, where="Old mill, 2 Mill Lane, Chard, TA20 1AA"), admin_user)

    group.refresh_from_db()
    assert (group.venue.name, group.venue.address, group.venue.town.name) == ("Old mill", "2 Mill Lane", "Chard")
    assert (group.venue.history.count(), group.venue.address_is_confidential) == (1, False)


def test_other_venue_at_the_postcode_is_asked_about(group, admin_user):
    arts = make_venue(name="Mill arts", postcode="TA20 1AA")
    proposal = proposed(group, where="Old mill, TA20 1AA")
    [row] = comparisons(proposal)

    with pytest.raises(ValidationError):
        taken(proposal, admin_user)
    taken(proposal, admin_user, where=str(arts.pk))

    group.refresh_from_db()
    assert row.question == "Is it a venue that is already here at TA20 1AA?"
    assert [answer.label for answer in row.answers] == ["Mill arts, Chard, TA20 1AA", "No: add Old mill, TA20 1AA"]
    assert group.venue == arts


def test_venue_with_another_address_is_changed_by_hand(group, admin_user):
    proposal = proposed(group, where="Example hall, 9 High Street, TA20 1PP")

    assert comparisons(proposal)[0].problem == (
        "“Example hall, TA20 1PP” is here with another address: Example hall, 4 Fore Street, Chard, TA20 1PP. "
        "If that is wrong, change it there."
    )
    assert taken(proposal, admin_user).taken == []


def test_confidential_venue_is_neither_named_nor_replaced_nor_found(admin_user):
    hidden = make_venue(name="Zyx house", address="9 Zyx Street", postcode="TA20 1AA", confidential=True)
    group = make_group(venue=hidden)
    proposal = proposed(group, where="Old mill, TA20 1PP")
    elsewhere = proposed(make_group(), where="Zyx house, TA20 1AA")
    [row], [other] = comparisons(proposal), comparisons(elsewhere)

    done = taken(proposal, admin_user)
    taken(elsewhere, admin_user)

    group.refresh_from_db()
    assert (row.was, row.today, row.is_secret) == ("Chard", "Chard", True)
    assert row.problem == "The venue of this group is confidential. Put it in on the group's own page."
    assert (group.venue, done.taken, done.state) == (hidden, [], "refused")
    # Nobody learns that it is there: another venue of that name is added.
    assert (other.question, other.answers) == ("", ())
    assert sorted(Venue.objects.filter(name="Zyx house").values_list("address_is_confidential", flat=True)) == [
        False,
        True,
    ]


def test_report_in_words_becomes_fields_of_its_proposal(group):
    report = record_report(group, ReportPart.TIME, "They said so.", when="Tuesdays 7pm", where="By the river")

    proposal = propose_from(report)

    assert (report.when_read, report.where_read) == ("Every Tuesday, from 7pm.", "")
    assert proposal.changes["when"]["proposed"] == "Tuesdays 7pm"
    assert proposal.note == "Where: By the river\nThe day or time: They said so."
