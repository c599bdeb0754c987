"""Every constraint refuses what it is there to refuse, with the sentence that staff read."""

import datetime
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from model_bakery import baker

from groups.choices import (
    ChangeKind,
    CheckAnswer,
    Frequency,
    NeedState,
    ProposalSource,
    ProposalState,
    ReportPart,
    ReportState,
    Route,
    Stage,
    SuggestionState,
    Weekday,
)
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import JoiningRoute, ScheduleChange
from groups.seed_data.models import Loaded
from groups.verification.models import AskedListing, CheckRequest
from organisations.choices import YesNo
from tests import factories
from tests.factories import days_ago, make_check, make_group, make_organisation, make_schedule, make_venue
from tests.rules import Breaks, Repeats, assert_refused, constraints_of, without_sentence
from tests.source_records import make_source_record

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints_of("groups")
SIX, SEVEN = datetime.time(18), datetime.time(19)

numbers = count(1)


def make_weekly():
    return make_schedule(make_group())


def make_dated_monthly():
    return make_schedule(make_group(), frequency=Frequency.MONTHLY_BY_DATE, weekday=None, day_of_month=4)


def make_first_thursday():
    return make_schedule(make_group(), frequency=Frequency.MONTHLY_BY_WEEKDAY, ordinals="1")


def make_off():
    return baker.make(ScheduleChange, group=make_group(), kind=ChangeKind.OFF, date=days_ago(-7))


def make_on():
    return baker.make(ScheduleChange, group=make_group(), kind=ChangeKind.ON, date=days_ago(-7))


def make_moved():
    return baker.make(ScheduleChange, group=make_group(), kind=ChangeKind.MOVED, date=days_ago(-7), venue=make_venue())


def make_extra():
    return baker.make(ScheduleChange, group=make_group(), kind=ChangeKind.EXTRA, date=days_ago(-7), starts_at=SIX)


def make_loaded():
    return baker.make(
        Loaded,
        key=f"example/{next(numbers)}",
        model="groups.venue",
        row_id=next(numbers),
        fingerprint={"name": "digest"},
    )


def make_need():
    return baker.make(Need, what="Example need")


def make_report():
    return baker.make(Report, group=make_group(), part=ReportPart.TIME)


def make_proposal():
    return baker.make(Proposal, group=make_group(), source=ProposalSource.LINK, note="It has moved.")


def make_suggestion():
    return baker.make(Suggestion, name="Example walkers", what="We walk.")


def make_check_request():
    return baker.make(CheckRequest, organisation=make_organisation(), sent_on=days_ago(1))


def make_asked():
    group = make_group()
    request = baker.make(CheckRequest, organisation=group.organisation, sent_on=days_ago(1))
    return baker.make(AskedListing, request=request, group=group)


def make_route():
    return baker.make(JoiningRoute, group=make_group(), route=Route.GP)


def a_venue_at(latitude: float | None, longitude: float | None) -> Breaks:
    return Breaks(make_venue, {"latitude": latitude, "longitude": longitude})


BROKEN = {
    "asked_about_one_listing": [Breaks(make_asked, {"group": None})],
    "asked_answered_on_a_day": [
        Breaks(make_asked, {"answer": CheckAnswer.RIGHT}),
        Breaks(make_asked, {"answered_on": days_ago(1)}),
    ],
    "checkrequest_problem_only_if_refused": [Breaks(make_check_request, {"problem": "550"})],
    "change_as_usual_has_no_other_time_or_venue": [
        Breaks(make_on, {"starts_at": SIX, "ends_at": SEVEN}),
        Breaks(make_moved, {"kind": ChangeKind.ON}),
    ],
    "change_ends_after_it_starts": [
        Breaks(make_off, {"starts_at": SEVEN, "ends_at": SEVEN}),
        Breaks(make_off, {"starts_at": None, "ends_at": SEVEN}),
    ],
    "change_moved_says_where_to": [Breaks(make_off, {"kind": ChangeKind.MOVED})],
    "change_once_a_day": [Repeats(make_extra)],
    "change_once_a_day_without_a_time": [Repeats(make_off)],
    "change_only_a_move_has_a_new_date": [Breaks(make_off, {"new_date": days_ago(-8)})],
    "change_range_has_an_end": [
        Breaks(make_off, {"kind": ChangeKind.OFF_RANGE}),
        Breaks(make_off, {"kind": ChangeKind.OFF_RANGE, "until": days_ago(-6)}),
        Breaks(make_off, {"until": days_ago(-8)}),
    ],
    "group_ages_in_order": [Breaks(make_group, {"age_from": 18, "age_to": 17})],
    "group_eligible_area_only_with_words": [
        Breaks(
            lambda: make_group(eligible_by_place="in Kent", eligible_area=factories.area("Kent")),
            {"eligible_by_place": ""},
        )
    ],
    "group_end_only_if_ended": [
        Breaks(make_group, {"ended_on": days_ago(1)}),
        Breaks(make_group, {"where_members_went": "To another group."}),
    ],
    "group_leaves_our_own_pages_their_address": [
        Breaks(make_group, {"slug": slug}) for slug in ("suggest", "week", "map")
    ],
    "group_look_again_only_if_closed_or_full": [Breaks(make_group, {"look_again_on": days_ago(-30)})],
    "group_meets_somehow": [Breaks(make_group, {"meets_in_person": False})],
    "group_pause_ends_after_it_starts": [
        Breaks(make_group, {"stage": Stage.PAUSED, "paused_since": days_ago(1), "paused_until": days_ago(2)})
    ],
    "group_paused_dates_only_if_paused": [
        Breaks(make_group, {"paused_since": days_ago(1)}),
        Breaks(make_group, {"paused_until": days_ago(1)}),
        Breaks(make_group, {"paused_because": "A holiday."}),
    ],
    "group_that_is_not_free_says_the_cost": [Breaks(make_group, {"is_free": YesNo.NO})],
    "group_wants_place_only_if_forming": [Breaks(make_group, {"wants_place": True})],
    "groupcheck_has_a_likely_date": [
        Breaks(lambda: make_check(make_group(), days_ago(1)), {"checked_on": datetime.date(1999, 12, 31)})
    ],
    "loaded_once_per_row": [Repeats(make_loaded)],
    "need_asked_at_least_once": [Breaks(make_need, {"times_asked": 0})],
    "need_not_possible_says_why": [Breaks(make_need, {"state": NeedState.NOT_POSSIBLE})],
    "need_shown_is_not_set_aside": [Breaks(make_need, {"is_shown": True, "is_set_aside": True})],
    "need_taken_on_by_somebody": [Breaks(make_need, {"state": NeedState.TAKEN_ON})],
    "proposal_about_one_listing": [Breaks(make_proposal, {"group": None})],
    "proposal_decided_on_a_day": [
        Breaks(make_proposal, {"state": ProposalState.PARTLY}),
        Breaks(make_proposal, {"closed_on": days_ago(1)}),
    ],
    "report_about_one_listing": [Breaks(make_report, {"group": None})],
    "report_closed_on_a_day": [
        Breaks(make_report, {"state": ReportState.DONE}),
        Breaks(make_report, {"closed_on": days_ago(1)}),
    ],
    "report_said_at_least_once": [Breaks(make_report, {"times_said": 0})],
    "route_once_per_group": [Repeats(make_route)],
    "schedule_ends_after_it_starts": [
        Breaks(make_weekly, {"starts_at": SEVEN, "ends_at": SIX}),
        Breaks(make_weekly, {"ends_at": SIX}),
    ],
    "schedule_every_few_weeks_starts_somewhere": [
        Breaks(make_weekly, {"interval": 2}),
        Breaks(make_first_thursday, {"interval": 2, "first_date": datetime.date(2026, 1, 1)}),
    ],
    "schedule_interval_is_likely": [
        Breaks(make_weekly, {"interval": 13, "first_date": datetime.date(2026, 1, 1)}),
        Breaks(make_weekly, {"interval": 0, "first_date": datetime.date(2026, 1, 1)}),
    ],
    "schedule_last_date_after_first": [
        Breaks(make_weekly, {"first_date": datetime.date(2026, 1, 8), "last_date": datetime.date(2026, 1, 1)})
    ],
    "schedule_meets_in_some_month": [Breaks(make_weekly, {"months_off": "1,2,3,4,5,6,7,8,9,10,11,12"})],
    "schedule_monthly_by_date_has_a_date": [Breaks(make_dated_monthly, {"day_of_month": None})],
    "schedule_monthly_by_weekday_says_which": [Breaks(make_first_thursday, {"ordinals": ""})],
    "schedule_on_a_weekday_has_one": [
        Breaks(make_weekly, {"weekday": None}),
        Breaks(make_first_thursday, {"weekday": None}),
    ],
    "schedule_term_time_is_of_regular_times": [
        Breaks(make_weekly, {"term_time_only": True, "frequency": Frequency.ASK}),
        Breaks(make_weekly, {"term_time_only": True, "frequency": Frequency.TO_BE_AGREED}),
    ],
    "source_name_once": [Repeats(lambda: make_source_record(make_group()).source)],
    "source_record_of_one_thing": [Breaks(lambda: make_source_record(make_group()), {"group": None})],
    "source_record_once": [Repeats(lambda: make_source_record(make_group()))],
    "suggestion_closed_on_a_day": [
        Breaks(make_suggestion, {"state": SuggestionState.DRAFTED}),
        Breaks(make_suggestion, {"closed_on": days_ago(1)}),
    ],
    "venue_is_somewhere": [Breaks(make_venue, {"town": None, "district": None})],
    "venue_point_is_in_the_united_kingdom": [
        a_venue_at(48.8, 1.3),
        a_venue_at(51.3, 2.35),
        a_venue_at(51.3, None),
        a_venue_at(None, 1.3),
    ],
    "venue_position_by_hand_has_a_reason": [Breaks(make_venue, {"position_is_by_hand": True})],
}


def test_every_constraint_is_tried():
    assert sorted(BROKEN) == sorted(CONSTRAINTS)


def test_every_constraint_has_a_sentence():
    assert without_sentence(CONSTRAINTS) == []


@pytest.mark.parametrize("name, broken", [(name, broken) for name, ways in BROKEN.items() for broken in ways])
def test_constraint_refuses(name, broken):
    assert_refused(CONSTRAINTS[name], broken)


def test_report_about_two_listings_is_refused():
    report, other = make_report(), make_group()

    broken = Breaks(lambda: report, {"organisation": other.organisation})

    assert_refused(CONSTRAINTS["report_about_one_listing"], broken)


def test_schedule_with_a_first_date_on_another_weekday_is_refused():
    schedule = make_schedule(make_group(), weekday=Weekday.THURSDAY, first_date=datetime.date(2026, 1, 1))
    schedule.full_clean()
    schedule.first_date = datetime.date(2026, 1, 2)

    with pytest.raises(ValidationError) as refused:
        schedule.full_clean()

    assert refused.value.message_dict == {"first_date": ["This date is not a Thursday."]}


def test_proposal_that_proposes_nothing_is_refused():
    proposal = make_proposal()
    proposal.note = ""

    with pytest.raises(ValidationError) as refused:
        proposal.full_clean()

    assert refused.value.messages == ["Say what could be changed."]


@pytest.mark.parametrize("field", ["publication", "slug", "venue", "contacts", "online_link", "revision", "nonsense"])
def test_proposal_of_what_is_no_plain_field_is_refused(field):
    proposal = make_proposal()
    proposal.changes = {field: {"was": "", "proposed": "x"}}

    with pytest.raises(ValidationError) as refused:
        proposal.full_clean()

    assert refused.value.messages == [
        "Only plain fields, when, where and a contact can be proposed; the rest is a note."
    ]


def test_request_about_another_organisations_listing_is_refused():
    asked = make_asked()
    asked.group = make_group()

    with pytest.raises(ValidationError) as refused:
        asked.full_clean()

    assert refused.value.messages == ["An organisation is asked about its own listings only."]
