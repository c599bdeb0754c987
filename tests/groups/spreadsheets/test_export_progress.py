"""How far an export is: noted while its file is sent, and shown to who exports it."""

import datetime

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from common.slots import FILES, hold_slot
from groups.choices import ExportStage
from groups.spreadsheets import export_progress
from groups.spreadsheets.export_progress import ExportProgress
from groups.spreadsheets.models import MAX_AGE, SILENCE_OF_SENDING, ExportRun
from tests import factories
from tests.groups.spreadsheets.files import EXPORT, exported
from tests.staff.people import make_manager

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("notes of how far a file is, one row for each user")]

PROGRESS = reverse("admin:groups_supportgroup_export_progress")


@pytest.fixture
def each_row_is_noted(monkeypatch):
    monkeypatch.setattr(export_progress, "_PAUSE", 0)


def file_of(progress: ExportProgress, number: int):
    """The parts of a file of so many rows, a row in each."""
    return progress.parts(row[0].encode() for row in progress.rows([str(at)] for at in range(number)))


def noted() -> tuple[str, int, int]:
    return ExportRun.objects.values_list("stage", "done", "total").get()


def test_export_of_groups_notes_all_rows_and_its_page_says_so(editor, manager, ours):
    for name in ("Talking", "Walking"):
        factories.make_group(name=name, organisation=ours)

    exported(editor)
    shown, other = editor.get(PROGRESS), manager.get(PROGRESS)

    assert noted() == (ExportStage.SENT, 2, 2)
    assert "<p>Done: all of your file is sent.</p>" in shown.text
    assert '2 of 2 groups</label> <progress id="export-rows" value="2" max="2">' in shown.text
    assert (other.status_code, other.url) == (302, EXPORT)


@pytest.mark.usefixtures("each_row_is_noted")
def test_rows_are_noted_as_they_are_sent_out_of_the_rows_that_were_counted():
    parts = file_of(ExportProgress(make_manager(), "contact", 3), 3)

    steps = [noted() for _ in parts]

    assert steps == [(ExportStage.SENDING, done, 3) for done in range(3)]
    assert noted() == (ExportStage.SENT, 3, 3)


def test_file_that_nobody_takes_to_its_end_has_broken_off(rf):
    parts = hold_slot(FILES, rf.post(EXPORT), file_of(ExportProgress(make_manager(), "contact", 9), 9))
    next(parts)

    parts.close()

    assert noted()[0] == ExportStage.BROKEN


@pytest.mark.usefixtures("each_row_is_noted")
def test_later_export_of_a_user_takes_the_place_of_the_one_before():
    user = make_manager()
    first = file_of(ExportProgress(user, "contact", 9), 9)
    next(first)

    second = [*file_of(ExportProgress(user, "venue", 1), 1)]
    rest = [*first]

    assert (len(second), len(rest), noted()) == (1, 8, (ExportStage.SENT, 1, 1))


@pytest.mark.usefixtures("each_row_is_noted")
@pytest.mark.parametrize("method", ["update", "update_or_create"])
def test_file_is_sent_though_nothing_can_be_noted(monkeypatch, method):
    def refuse(*args, **values):
        raise OperationalError("database is locked")

    progress = ExportProgress(make_manager(), "contact", 3)
    monkeypatch.setattr(f"django.db.models.query.QuerySet.{method}", refuse)

    assert [*file_of(progress, 3)] == [b"0", b"1", b"2"]


@pytest.mark.parametrize(
    "stage,is_old,words",
    [
        ("sending", False, "Now: sending your file."),
        ("sending", True, "Nothing was heard of your file for some time."),
        ("sent", True, "Done: all of your file is sent."),
        ("broken", False, "Stopped: your file broke off. Export it again."),
    ],
)
def test_page_says_how_far_the_file_is_and_looks_again_only_while_it_is_sent(editor, stage, is_old, words):
    exported(editor)
    age = SILENCE_OF_SENDING + datetime.timedelta(seconds=1) if is_old else datetime.timedelta()
    ExportRun.objects.update(stage=stage, heard_at=timezone.now() - age)

    page = editor.get(PROGRESS).text

    assert (f"<p>{words}" in page, "data-looks-again" in page) == (True, words.startswith("Now"))


def test_runs_go_after_two_hours(editor):
    exported(editor)

    assert ExportRun.delete_expired(timezone.now()) == 0
    assert ExportRun.delete_expired(timezone.now() + MAX_AGE) == 1
