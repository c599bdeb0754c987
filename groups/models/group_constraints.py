"""The rules of a group that the database holds, each with the sentence that staff read."""

from django.db import models
from django.db.models import F, Q

from common.models.known_values import choices_are_known
from organisations.choices import Publication, YesNo

from ..choices import Focus, Joining, LedBy, Stage

CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(stage=Stage.PAUSED) | Q(paused_since=None, paused_until=None, paused_because=""),
        name="group_paused_dates_only_if_paused",
        violation_error_message="Only a group that is having a break has the dates and reason of a break.",
    ),
    models.CheckConstraint(
        condition=Q(paused_until=None) | Q(paused_since=None) | Q(paused_until__gte=F("paused_since")),
        name="group_pause_ends_after_it_starts",
        violation_error_message="A break cannot end before it starts.",
    ),
    models.CheckConstraint(
        condition=Q(stage=Stage.ENDED) | Q(ended_on=None, where_members_went=""),
        name="group_end_only_if_ended",
        violation_error_message="Only a group that has ended has the day of its end and where members went.",
    ),
    models.CheckConstraint(
        condition=Q(stage=Stage.FORMING) | Q(wants_place=False),
        name="group_wants_place_only_if_forming",
        violation_error_message="Only a group that is being set up wants a place to meet.",
    ),
    models.CheckConstraint(
        condition=Q(joining__in=[Joining.CLOSED, Joining.WAITING_LIST]) | Q(look_again_on=None),
        name="group_look_again_only_if_closed_or_full",
        violation_error_message="Only a closed or full group has a date to look again.",
    ),
    models.CheckConstraint(
        condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
        name="group_ages_in_order",
        violation_error_message="The older age cannot be less than the younger.",
    ),
    models.CheckConstraint(
        condition=Q(meets_in_person=True) | Q(meets_online=True) | Q(meets_by_phone=True),
        name="group_meets_somehow",
        violation_error_message="A group meets in person, online or by phone: choose at least one.",
    ),
    models.CheckConstraint(
        condition=~Q(is_free=YesNo.NO) | ~Q(cost_note=""),
        name="group_that_is_not_free_says_the_cost",
        violation_error_message="Say what it costs.",
    ),
    models.CheckConstraint(
        condition=Q(eligible_area=None) | ~Q(eligible_by_place=""),
        name="group_eligible_area_only_with_words",
        violation_error_message="Say whom by place it is for, in words, before you choose the area.",
    ),
    models.CheckConstraint(
        condition=~Q(slug__in=["suggest", "week", "map"]),
        name="group_leaves_our_own_pages_their_address",
        violation_error_message="This address is a page of our own. Choose another one.",
    ),
    choices_are_known(
        "group",
        publication=Publication,
        focus=Focus,
        led_by=LedBy,
        stage=Stage,
        joining=Joining,
        is_free=YesNo,
        while_waiting=YesNo,
        alongside_services=YesNo,
        after_services=YesNo,
    ),
]
