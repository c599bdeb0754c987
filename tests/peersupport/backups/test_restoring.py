"""Backing up while people write, and what a restore replaces, keeps, and refuses with nothing changed."""

import gzip
import itertools
import json
import threading
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from groups.models import DirectoryState, SupportGroup, Topic
from groups.search.snapshot.snapshot import current_snapshot
from peersupport.backups import restoring
from peersupport.backups.files import BadBackup, written
from peersupport.backups.restoring import check_backup, restore_backup
from peersupport.backups.tables import backed_up_models, backed_up_rows, columns_of
from peersupport.backups.values import codec_of
from peersupport.backups.writing import one_moment, write_backup
from places.models import Area, GazetteerLoad, Postcode
from tests.factories import make_group
from tests.staff.people import make_manager, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path) -> Path:
    """A backup of a directory with one group, which its editors closed and a manager looks after."""
    make_group(name="Example walkers", topics=["Walking"])
    make_manager("keeper")
    path = tmp_path / "backup"
    write_backup(path)
    return path


def lines_of(path: Path) -> list:
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines][:-1]


def rewritten(path: Path, change) -> Path:
    """A whole file, with a right checksum, of what somebody made of another one."""
    changed = path.with_name("changed")
    values = lines_of(path)
    change(values)
    with written(changed) as lines:
        for value in values:
            lines.write(value)
        lines.close()
    return changed


def section(values: list, label: str) -> tuple[int, list[list]]:
    """Where the section of a model begins, and the rows in it, which may be changed."""
    head = next(n for n, value in enumerate(values) if isinstance(value, dict) and value.get("model") == label)
    return head, list(itertools.takewhile(lambda value: isinstance(value, list), values[head + 1 :]))


def state() -> dict[str, list]:
    """Every row of every table that is backed up."""
    return {model._meta.label: list(backed_up_rows(model).values()) for model in backed_up_models()}


@pytest.mark.one_database
def test_every_kind_of_column_can_be_written():
    for model in backed_up_models():
        for column in columns_of(model):
            codec_of(column)


def test_a_restore_brings_back_what_was_there_and_nothing_else(backup):
    before = state()
    SupportGroup.objects.all().delete()
    make_group(name="Example of later")
    User.objects.all().delete()

    assert restore_backup(backup)

    assert state() == before


def test_search_finds_what_was_restored(backup):
    SupportGroup.objects.all().delete()
    number = DirectoryState.objects.get(pk=1).number
    assert list(current_snapshot().index.words()) == []

    restore_backup(backup)

    assert "walkers" in current_snapshot().index.words()
    assert DirectoryState.objects.get(pk=1).number == number + 1


def test_everybody_is_signed_out_by_a_restore(backup):
    client = sign_in(Client(), User.objects.get())
    assert client.get("/staff/").status_code == 200

    restore_backup(backup)

    assert Session.objects.count() == 0
    assert client.get("/staff/").status_code == 302


def test_a_backup_holds_no_session(tmp_path):
    client = sign_in(Client(), make_manager())
    key = client.session.session_key

    write_backup(tmp_path / "backup")

    assert Session.objects.filter(pk=key).exists()
    assert key not in gzip.decompress((tmp_path / "backup").read_bytes()).decode()


def test_what_is_written_meanwhile_waits_for_nobody_and_is_in_no_backup():
    Topic.objects.create(name="Before", slug="before")

    def write() -> None:
        Topic.objects.create(name="Meanwhile", slug="meanwhile")
        connection.close()

    with one_moment():
        assert Topic.objects.count() == 1
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=15)
        assert not writer.is_alive()
        assert [topic.name for topic in Topic.objects.all()] == ["Before"]

    assert [topic.name for topic in Topic.objects.order_by("pk")] == ["Before", "Meanwhile"]


def test_keys_of_deleted_rows_are_not_given_again(tmp_path):
    """Or else the revisions of the group that is gone would be those of a new one."""
    gone = make_group(name="Example of a group that is gone")
    gone_pk = gone.pk
    gone.delete()
    write_backup(tmp_path / "backup")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'groups_supportgroup'")
        else:
            cursor.execute("ALTER SEQUENCE groups_supportgroup_id_seq RESTART")

    restore_backup(tmp_path / "backup")

    assert make_group(name="Example of a new one").pk == gone_pk + 1


def test_kinds_of_rows_may_have_other_keys_in_the_backup(backup):
    """The tables of a new database are numbered in the order in which it was migrated."""
    kind = ContentType.objects.get_for_model(SupportGroup)

    def renumber(values) -> None:
        for label, column in (("contenttypes.ContentType", "id"), ("auth.Permission", "content_type_id")):
            head, rows = section(values, label)
            at = values[head]["columns"].index(column)
            for row in rows:
                row[at] += 1000

    restore_backup(rewritten(backup, renumber))

    assert ContentType.objects.get_for_model(SupportGroup).pk == kind.pk + 1000


def test_postcodes_stay_where_districts_have_the_keys_they_had(backup):
    postcodes = Postcode.objects.count()
    loads = set(GazetteerLoad.objects.values_list("name", "sha256", "rows", "loaded_at"))

    assert restore_backup(backup)

    assert Postcode.objects.count() == postcodes > 0
    assert set(GazetteerLoad.objects.values_list("name", "sha256", "rows", "loaded_at")) == loads


def test_postcodes_are_loaded_again_where_districts_have_other_keys(backup, capsys):
    first, second = Area.objects.exclude(gss_code=None).order_by("pk")[:2]
    codes = first.gss_code, second.gss_code
    Area.objects.filter(pk=first.pk).update(gss_code="X")
    Area.objects.filter(pk=second.pk).update(gss_code=codes[0])
    Area.objects.filter(pk=first.pk).update(gss_code=codes[1])

    call_command("restore", backup, yes=True)

    assert Postcode.objects.count() == 0
    assert not GazetteerLoad.objects.filter(name__startswith="postcodes").exists()
    assert "Run load_places now" in capsys.readouterr().out


def newer(values) -> None:
    values[0]["migrations"].append("groups.9999_of_next_year")


def older(values) -> None:
    values[0]["migrations"].remove("groups.0005_plain_words")


def of_another_form(values) -> None:
    values[0]["alongside_backup"] += 1


def without_a_model(values) -> None:
    del values[section(values, "groups.Need")[0]]


def with_another_column(values) -> None:
    values[1]["columns"].append("height")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "change, reason",
    [
        (newer, "It is newer than this database: it was written after the migration groups.9999_of_next_year."),
        (older, "It is older than this database: it was written before the migration groups.0005_plain_words."),
        (of_another_form, "It is newer than this site can read."),
        (without_a_model, "It has nothing about groups.Need."),
        (with_another_column, "It holds columns that this site does not have."),
    ],
)
def test_a_file_of_another_version_is_refused(backup, change, reason):
    before = state()

    with pytest.raises(CommandError) as refused:
        call_command("restore", rewritten(backup, change), yes=True)

    assert str(refused.value).startswith(reason)
    assert str(refused.value).endswith(" Nothing was changed.")
    assert state() == before


def break_relation(values) -> None:
    """Leave out the organisation that the group is of."""
    del values[section(values, "organisations.Organisation")[0] + 1]


def test_a_file_whose_rows_do_not_fit_together_changes_nothing(backup):
    before = state()

    with pytest.raises(BadBackup, match="The database refused it"):
        restore_backup(rewritten(backup, break_relation))

    assert state() == before


def test_a_file_that_is_damaged_after_it_was_checked_changes_nothing(backup):
    check_backup(backup)
    before = state()
    content = bytearray(backup.read_bytes())
    content[-40] ^= 1
    backup.write_bytes(content)

    with pytest.raises(BadBackup):
        restore_backup(backup)

    assert state() == before


def test_a_restore_that_ends_half_way_changes_nothing(backup, monkeypatch):
    before = state()
    monkeypatch.setattr(restoring, "note_change", lambda groups: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        restore_backup(backup)

    assert state() == before


@pytest.mark.one_database
def test_a_check_says_what_a_file_is_and_changes_nothing(backup, capsys):
    make_group(name="Example of later")
    before = state()

    call_command("restore", backup, check=True)

    assert f"from {connection.vendor}. It is whole." in capsys.readouterr().out
    assert state() == before


@pytest.mark.one_database
def test_nothing_is_replaced_before_somebody_says_yes(backup, monkeypatch):
    make_group(name="Example of later")
    before = state()
    monkeypatch.setattr("builtins.input", lambda question: "no")

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", backup)

    assert state() == before


@pytest.mark.one_database
def test_the_command_says_that_a_backup_is_not_encrypted(tmp_path, capsys):
    call_command("backup", tmp_path / "backup")

    assert capsys.readouterr().out.endswith("It is not encrypted: set BACKUP_RECIPIENT.\n")
