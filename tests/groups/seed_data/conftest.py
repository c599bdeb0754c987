"""Folders of data files to change, and what the tests of loading ask of the database."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from groups.models import JoiningRoute, Schedule, SupportGroup
from groups.seed_data.files import DATA
from groups.seed_data.kinds import KINDS, VOCABULARIES
from groups.seed_data.models import Loaded

LOADED_MODELS = [*(kind.model for kind in (*VOCABULARIES, *KINDS)), Schedule, JoiningRoute, Loaded]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], Path]:
    """Changes words that stand once in a file of the copy, and gives the folder: `change("watch", "old", "new")`."""

    def change_words(name: str, old: str, new: str) -> Path:
        path = folder / (f"{name}.toml" if name == "vocabularies" else f"directory/{name}.toml")
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}."
        path.write_text(text.replace(old, new))
        return folder

    return change_words


@pytest.fixture
def add(folder: Path) -> Callable[[str, str], Path]:
    """Adds lines at the end of a file of the copy, and gives the folder."""

    def add_lines(name: str, lines: str) -> Path:
        path = folder / "directory" / f"{name}.toml"
        path.write_text(f"{path.read_text()}\n{lines}\n")
        return folder

    return add_lines


@pytest.fixture
def everything() -> Callable[[], dict]:
    """Every value of every row that the files describe, to compare before with after."""
    return lambda: {model: list(model.objects.order_by("pk").values()) for model in LOADED_MODELS}


@pytest.fixture
def thursday_project(seed_directory) -> SupportGroup:
    """A group of the seed directory, with a schedule, a route and a contact."""
    return SupportGroup.objects.get(name="WATCH Thursday Project")
