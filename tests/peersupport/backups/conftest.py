"""A backup to restore."""

import shutil
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from peersupport.backups.writing import write_backup
from tests.factories import make_group
from tests.staff.people import make_manager
from tests.table_copies import TableCopies, tables_of


@pytest.fixture(scope="session")
def written_backup(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[Path, TableCopies]:
    """A backup of a directory with one group and one manager, written once, and their rows, which are set aside."""
    path = tmp_path_factory.mktemp("backup") / "backup"
    rows = TableCopies("backup", [*tables_of("organisations", "groups"), User._meta.db_table])
    with django_db_blocker.unblock():
        make_group(name="Example walkers", topics=["Walking"])
        make_manager("keeper")
        write_backup(path)
        rows.save()
        rows.clear()
    return path, rows


@pytest.fixture
def backup(written_backup: tuple[Path, TableCopies], transactional_db, tmp_path) -> Path:
    """A backup of the directory as it is, with one group and one manager: a file of the test's own."""
    path, rows = written_backup
    rows.restore()
    return shutil.copy(path, tmp_path / "backup")
