"""A file of many rows: a process reads and writes it, and a page says how far it is."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import ImportStage
from groups.models import SupportGroup
from groups.spreadsheets import background, importer, reader
from groups.spreadsheets.models import MAX_AGE, ImportRun, SheetUpload
from groups.spreadsheets.progress import RunProgress, Superseded
from tests import factories
from tests.groups.spreadsheets.files import csv_file, say_yes, send
from tests.groups.spreadsheets.test_mapping import MAP, chosen, council
from tests.staff.people import make_manager

pytestmark = pytest.mark.django_db

PROGRESS = reverse("admin:groups_supportgroup_import_progress")


@pytest.fixture(autouse=True)
def two_rows_are_many(monkeypatch):
    monkeypatch.setattr(reader, "SHORT_ROWS", 1)


@pytest.fixture
def nothing_starts(monkeypatch):
    monkeypatch.setattr(background, "start", lambda run: None)


def two_rows(ours) -> list[dict[str, str]]:
    groups = [factories.make_group(name=name, organisation=ours, cost_note="£1") for name in ("Talking", "Walking")]
    return [{"Code": group.code, "Cost": "£2"} for group in groups]


def costs() -> list[str]:
    return [*SupportGroup.objects.order_by("name").values_list("cost_note", flat=True)]


def a_run(**values) -> ImportRun:
    run = ImportRun.begin(SheetUpload.store(make_manager(), b""))
    for name, value in values.items():
        setattr(run, name, value)
    return run


def test_long_file_is_looked_at_and_written_by_a_run_with_its_user_and_nothing_before(editor, ours):
    looked_at = send(editor, csv_file(*two_rows(ours)))
    before = costs()
    written = say_yes(editor, looked_at)

    assert looked_at.redirect_chain == written.redirect_chain == [(PROGRESS, 302)]
    assert "0 new, 2 changed, 0 the same. Nothing is written yet." in looked_at.text
    assert (before, costs()) == (["£1", "£1"], ["£2", "£2"])
    assert "0 groups added, as drafts; 2 groups changed" in written.text
    assert {str(group.history.first().history_user) for group in SupportGroup.objects.all()} == {"ann@example.org"}
    assert not SheetUpload.objects.exists()


def test_columns_of_a_long_foreign_file_are_asked_about_once_it_is_read(manager):
    asked = send(manager, council())
    manager.post(MAP, chosen(asked, source="Example Council"))
    say_yes(manager, manager.get(PROGRESS))

    assert asked.redirect_chain == [(PROGRESS, 302)]
    assert [*SupportGroup.objects.order_by("name").values_list("name", flat=True)] == [
        "Example Talk",
        "Example Tea Club",
    ]


def test_stage_says_what_happens_now_or_what_is_done():
    beginnings = {stage: stage.label.partition(":")[0] for stage in ImportStage if stage != ImportStage.QUEUED}

    at_work = {stage for stage in ImportStage if ImportRun(stage=stage).is_running} - {ImportStage.QUEUED}
    assert beginnings == dict.fromkeys(beginnings, "Done") | dict.fromkeys(at_work, "Now") | {
        ImportStage.FAILED: "Stopped"
    }


def test_long_file_that_cannot_be_read_leaves_a_sentence_and_no_file(manager, monkeypatch):
    monkeypatch.setattr(reader, "SHORT_PLAIN", 0)

    answer = send(manager, b"\x00\x01\x02" * 50)

    assert "neither a CSV file nor an Excel workbook" in " ".join(answer.context["form"].errors["file"])
    assert (ImportRun.objects.get().stage, SheetUpload.objects.exists()) == (ImportStage.FAILED, False)


@pytest.mark.usefixtures("nothing_starts")
def test_progress_is_shown_to_its_user_alone_and_can_be_stopped(editor, manager, ours):
    send(editor, csv_file(*two_rows(ours)))
    ImportRun.objects.update(stage=ImportStage.COMPARING, done=1, total=2)

    shown, other = editor.get(PROGRESS), manager.get(PROGRESS)
    editor.post(PROGRESS, {"stop": "1"})

    assert '1 of 2 rows</label> <progress id="import-rows" value="1" max="2">' in shown.text
    assert (other.status_code, other.url) == (302, reverse("admin:groups_supportgroup_import"))
    assert (ImportRun.objects.count(), SheetUpload.objects.count()) == (0, 0)


@pytest.mark.usefixtures("nothing_starts")
def test_run_whose_process_is_silent_can_be_begun_again_and_the_first_process_stops(editor, ours):
    send(editor, csv_file(*two_rows(ours)))
    first = RunProgress(ImportRun.objects.get())
    fresh = editor.get(PROGRESS)
    ImportRun.objects.update(heard_at=timezone.now() - datetime.timedelta(minutes=1))
    silent = editor.get(PROGRESS)

    editor.post(PROGRESS)

    assert ["Begin again" in page.text for page in (fresh, silent)] == [False, True]
    with pytest.raises(Superseded):
        first.enter(ImportStage.READING)


@pytest.mark.parametrize("stage,is_silent", [("comparing", True), ("writing", False), ("shown", False)])
def test_process_may_be_silent_while_it_writes(stage, is_silent):
    run = a_run(stage=stage, heard_at=timezone.now() - datetime.timedelta(minutes=2))

    assert run.is_silent(timezone.now()) is is_silent


def test_run_of_a_file_that_was_replaced_by_another_stops(editor, ours, monkeypatch):
    rows = two_rows(ours)
    started = []
    monkeypatch.setattr(background, "start", started.append)
    looked_at = [send(editor, csv_file(*rows)) for _ in range(2)]

    background.perform(started[0], page=None)

    assert [answer.status_code for answer in looked_at] == [200, 200]
    assert ImportRun.objects.get().stage == ImportStage.QUEUED


def test_rows_are_read_again_only_if_somebody_has_written_meanwhile(editor, ours, monkeypatch):
    looked_at = send(editor, csv_file(*two_rows(ours)))
    locks = []
    monkeypatch.setattr(importer, "lock", lambda: locks.append(SupportGroup.objects.update(cost_note="£9")))

    refused = say_yes(editor, looked_at)

    assert "somebody changed the list while you were reading" in refused.text
    assert (len(locks), costs()) == (1, ["£9", "£9"])


def test_runs_go_after_two_hours():
    a_run()

    assert ImportRun.delete_expired(timezone.now()) == 0
    assert ImportRun.delete_expired(timezone.now() + MAX_AGE) == 1
