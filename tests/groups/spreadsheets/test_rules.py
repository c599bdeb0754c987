"""Rules that are read without the database say what the database says."""

import datetime
import itertools

import pytest
from django.db.models import Q, Value

from groups.choices import Frequency, Joining, Stage
from groups.models import Schedule, SupportGroup
from groups.spreadsheets.constraints import UnsupportedCondition, check_constraints, evaluate, is_satisfied, violations

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
#: Some values of each field that a rule is about, the missing one among them.
VALUES = {
    "publication": ["draft", "?"],
    **dict.fromkeys(("focus", "led_by", "while_waiting", "alongside_services", "after_services"), ["not said"]),
    "stage": Stage.values,
    "joining": Joining.values[:6],
    "is_free": ["yes", "no", "not said"],
    "frequency": Frequency.values,
    "interval": [0, 1, 2, 12, 13],
    "weekday": [None, 0, 7],
    "ordinals": ["", "1,3", "1,6"],
    "day_of_month": [None, -2, -1, 0, 1, 31, 32],
    "months_off": ["", "8", "1,2,3,4,5,6,7,8,9,10,11,12"],
    **dict.fromkeys(("paused_since", "paused_until", "ended_on", "look_again_on"), [None, EARLY, LATE]),
    **dict.fromkeys(("first_date", "last_date"), [None, EARLY, LATE]),
    **dict.fromkeys(("starts_at", "ends_at"), [None, datetime.time(10), datetime.time(12)]),
    **dict.fromkeys(("age_from", "age_to"), [None, 0, 18, 99]),
    **dict.fromkeys(("paused_because", "where_members_went", "cost_note", "eligible_by_place"), ["", "x"]),
    "eligible_area": [None, 1],
    **dict.fromkeys(("meets_in_person", "meets_online", "meets_by_phone", "wants_place"), [True, False]),
    "term_time_only": [True, False],
}


@pytest.mark.parametrize("model", [SupportGroup, Schedule])
def test_every_rule_is_read_as_the_database_reads_it(model):
    different, seen = [], set()

    for check in check_constraints(model):
        names = sorted(check.condition.referenced_base_fields)
        for values in itertools.product(*(VALUES[name] for name in names)):
            columns = [model._meta.get_field(name) for name in names]
            row = model(**{column.attname: value for column, value in zip(columns, values, strict=True)})
            typed = {column.name: Value(getattr(row, column.attname), column) for column in columns}
            message = is_satisfied(check, row)
            seen.add((check.name, message))
            if message != check.condition.check(typed):
                different.append((check.name, values))

    assert different == []
    # Each was kept by some and broken by others.
    assert len(seen) == 2 * len(check_constraints(model))


def test_rule_that_is_not_simple_is_asked_of_the_database():
    row = SupportGroup(name="Talking")

    with pytest.raises(UnsupportedCondition):
        evaluate(Q(name__startswith="T"), row)


def test_broken_rules_are_said_with_their_fields():
    row = SupportGroup(age_from=30, age_to=20, meets_in_person=False)

    assert {sentence: fields for fields, sentence in violations(row)} == {
        "The older age cannot be less than the younger.": {"age_from", "age_to"},
        "A group meets in person, online or by phone: choose at least one.": {
            "meets_in_person",
            "meets_online",
            "meets_by_phone",
        },
    }
