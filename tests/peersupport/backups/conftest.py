"""A backup to restore."""

from pathlib import Path

import pytest

from peersupport.backups.writing import write_backup
from tests.factories import make_group
from tests.staff.people import make_manager


@pytest.fixture
def backup(tmp_path) -> Path:
    """A backup of a directory with one group and one manager."""
    make_group(name="Example walkers", topics=["Walking"])
    make_manager("keeper")
    path = tmp_path / "backup"
    write_backup(path)
    return path
