"""No value that pages or the search index look up is written past the forms: the database refuses it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ProjectState
from model_bakery import baker

from common.models.known_values import AddConstraint
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import AskedListing, CheckRequest
from groups.spreadsheets.models import ExportRun, ImportRun
from tests.factories import days_ago, make_group, make_organisation, make_schedule
from tests.peersupport.content_versions.everything import make_everything
from tests.staff.people import make_editor

APPS = ("places", "organisations", "groups")
#: What each sort of column cannot be.
UNKNOWN = {models.CharField: "?", models.PositiveSmallIntegerField: 7}
BROKEN_SCHEDULES = [
    {"weekday": 7},
    {"frequency": "yearly"},
    {"ordinals": "0"},
    {"ordinals": "1,,2"},
    {"ordinals": "1;2"},
    {"months_off": "13"},
    {"months_off": "8,"},
    {"months_off": "1 2"},
    {"day_of_month": 0},
    {"day_of_month": 32},
]
SOUND_SCHEDULES = [{"weekday": 6}, {"ordinals": "3,-1,1"}, {"months_off": "12,8,1,11"}, {"day_of_month": -1}]


def tables_with_choices() -> dict[type[models.Model], dict[str, list]]:
    """The choices of each column that has some, by table and column; not of revisions, which say what was."""
    tables = {
        model: {
            each.name: [value for value, _ in each.flatchoices] for each in model._meta.concrete_fields if each.choices
        }
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "instance_type")
    }
    return {model: columns for model, columns in tables.items() if columns}


def constrained(model: type[models.Model]) -> dict[str, list]:
    """The values that the constraint of the choices of a table allows, by column."""
    children = [
        lookup
        for each in model._meta.constraints
        if each.name.endswith("_choices_are_known")
        for lookup in each.condition.children
    ]
    return {lookup.removesuffix("__in"): values for lookup, values in children}


def make_each() -> None:
    """Make a row of every table with choices."""
    organisation = make_everything()
    group = organisation.groups.get()
    user = make_editor(organisation).pk
    request = baker.make(CheckRequest, organisation=organisation, sent_on=days_ago(1))
    baker.make(AskedListing, request=request, group=group)
    baker.make(Report, group=group, part="time")
    baker.make(Proposal, group=group, source="link", note="It has moved.")
    baker.make(Suggestion, name="Example walkers", what="We walk.")
    baker.make(Need, what="Example need")
    ImportRun.objects.create(user_id=user, process="1", stage="queued", heard_at=group.created_at)
    ExportRun.objects.create(user_id=user, process="1", resource="groups", stage="sending", heard_at=group.created_at)


def refused(row: models.Model, **values: object) -> str:
    """Return the constraint that refuses values which are written past the model; "" for none."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except IntegrityError as error:
        return next(each.name for each in row._meta.constraints if each.name in str(error))
    return ""


def test_every_column_with_choices_has_them_in_a_constraint():
    tables = tables_with_choices()

    assert {model: constrained(model) for model in tables} == tables


@pytest.mark.django_db
def test_choices_that_there_are_not_are_refused_past_the_forms():
    make_each()

    taken = [
        (model.__name__, name)
        for model, columns in tables_with_choices().items()
        for name in columns
        if not refused(model._base_manager.first(), **{name: UNKNOWN[type(model._meta.get_field(name))]})
    ]

    assert taken == []


@pytest.mark.django_db
def test_numbers_that_no_date_has_are_refused_past_the_forms():
    schedule = make_schedule(make_group())

    answers = [refused(schedule, **values) for values in [*BROKEN_SCHEDULES, *SOUND_SCHEDULES]]

    known = ["schedule_choices_are_known"] * 2 + ["schedule_numbers_are_known"] * 8
    assert answers == [*known, "", "", "", ""]


@pytest.mark.django_db
def test_migration_names_the_rows_that_break_a_constraint():
    rows = [make_organisation() for _ in range(2)]
    constraint = models.CheckConstraint(condition=models.Q(user_led__in=["yes"]), name="example_are_known")
    operation, state = AddConstraint("organisation", constraint), ProjectState.from_apps(apps)

    with pytest.raises(ValueError, match="organisations_organisation has rows that break example_are_known") as error:
        operation.database_forwards("organisations", connection.schema_editor(), state, state)

    assert f": {rows[0].pk}, {rows[1].pk}. " in str(error.value)
