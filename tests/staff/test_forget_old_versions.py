"""History is not kept for longer than it is of use."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from groups.models import SupportGroup
from organisations.models import Merge
from tests.factories import make_group, make_training

pytestmark = pytest.mark.django_db


def aged(row, days: int) -> None:
    """A version of a row, as if it had been saved so many days ago."""
    row._history_date = timezone.now() - datetime.timedelta(days=days)
    row.history.model.revision_history.record(row, "~")
    del row._history_date


def test_merge_is_undone_for_90_days_and_remembered_as_long_as_versions():
    merges = [Merge.objects.create(model="groups.venue", target_id=1, steps=[["add"]]) for _ in range(3)]
    for merge, days in zip(merges, (800, 100, 80), strict=True):
        Merge.objects.filter(pk=merge.pk).update(created_at=timezone.now() - datetime.timedelta(days=days))

    call_command("forget_old_versions")

    assert list(Merge.objects.order_by("pk").values_list("pk", "steps")) == [
        (merges[1].pk, []),
        (merges[2].pk, [["add"]]),
    ]


def test_old_versions_are_forgotten_but_for_how_it_stands(capsys):
    edited, untouched, deleted = make_group(topics=["Anxiety"]), make_group(topics=["Grief"]), make_training()
    links = SupportGroup.history.model.revision_history.m2m_models[SupportGroup.topics.field]
    for rows in (SupportGroup.history, type(deleted).history, links.objects):
        rows.all().delete()
    for days in (900, 800, 3):
        aged(edited, days)
    aged(untouched, 900)
    aged(deleted, 800)
    deleted._history_date = timezone.now() - datetime.timedelta(days=799)
    deleted.delete()

    call_command("forget_old_versions")

    assert (edited.history.count(), untouched.history.count()) == (1, 1)
    assert type(deleted).history.count() == 0
    assert sorted(links.objects.values_list("history_id", flat=True)) == sorted(
        SupportGroup.history.values_list("pk", flat=True)
    )
    assert capsys.readouterr().out.endswith(" versions forgotten that were older than 730 days.\n")


def test_versions_are_kept_for_as_long_as_is_asked():
    group = make_group()
    SupportGroup.history.all().delete()
    aged(group, 40)
    aged(group, 20)

    call_command("forget_old_versions", days=50)
    stored = group.history.count()
    call_command("forget_old_versions", days=10)

    assert (stored > group.history.count(), group.history.count()) == (True, 1)
