"""What a restore refuses, with nothing changed, and what is asked before."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from peersupport.backups import restoring
from peersupport.backups.files import BadBackup
from peersupport.backups.restoring import check_backup, restore_backup
from tests.factories import make_group
from tests.peersupport.backups.contents import rewritten, section, state

pytestmark = pytest.mark.django_db(transaction=True)


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
