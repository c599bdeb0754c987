"""One worker reads the directory, and the others take what it has read."""

import datetime
import os
import runpy
from types import SimpleNamespace

import pytest

from groups.models import DirectoryChange, DirectoryState
from groups.search.snapshot import building, shared_file, snapshot
from groups.search.snapshot.shared_file import SharedFile
from tests.architecture.repository import ROOT
from tests.factories import make_group


@pytest.fixture
def descriptor(monkeypatch):
    """The file that gunicorn would have made."""
    made = os.memfd_create("directory")
    monkeypatch.setenv("DIRECTORY_FILE", str(made))
    yield made
    os.close(made)


@pytest.fixture
def builds(monkeypatch) -> list[str]:
    """The names of the first group of each time that the directory is read from its rows."""
    build, seen = building.build, []

    def counted(version, today):
        built = build(version, today)
        seen.append(min(document.name_key for document in built[1]._documents.values()))
        return built

    monkeypatch.setattr(building, "build", counted)
    return seen


def of_another_worker():
    """The snapshot of a worker that has none yet."""
    snapshot.invalidate()
    return snapshot.current_snapshot()


def taken(shared: SharedFile):
    with shared.locked():
        return shared.read(lambda label: label == "label")


@pytest.mark.django_db
def test_second_worker_takes_what_the_first_has_read(descriptor, builds):
    group = make_group(name="Example walk", town="Chard", topics=["anxiety"])

    first, second = of_another_worker(), of_another_worker()

    assert builds == ["example walk"]
    assert second is not first
    assert (second.version, second.index[group.pk]) == (first.version, first.index[group.pk])
    assert second.index.keys(group.pk) == first.index.keys(group.pk)
    assert (second.terms, second.index.words()) == (first.terms, first.index.words())
    assert list(second.lookups.areas) == list(first.lookups.areas)
    assert second.lookups.areas_containing(None, "") == ()


@pytest.mark.django_db
def test_worker_takes_what_a_child_has_read(descriptor, builds, monkeypatch):
    """The child keeps nothing, and a second one finds that it was read."""
    make_group(name="Example walk", town="Chard")
    monkeypatch.setattr(snapshot, "start_in_child", lambda action: [action(), action()])
    monkeypatch.setattr(snapshot.os, "waitpid", lambda child, options: None)
    started = []
    monkeypatch.setattr(snapshot.threading, "Thread", lambda **how: SimpleNamespace(start=lambda: started.append(how)))
    monkeypatch.setattr(snapshot.connection, "close", lambda: None)
    snapshot.invalidate()

    snapshot.read_ahead(lambda: None)
    found = [(builds[:], snapshot.directory_is_read())]
    started[0]["target"](*started[0]["args"])
    found.append((builds[:], snapshot.directory_is_read()))

    assert found == [(["example walk"], False), (["example walk"], True)]


@pytest.mark.django_db
def test_what_has_changed_since_the_first_read_is_in_the_second(descriptor, builds):
    group = make_group(name="Example walk", town="Chard")
    of_another_worker()
    group.name = "Example swim"
    group.save()

    second = of_another_worker()

    assert (builds, second.index[group.pk].name_key) == (["example walk"], "example swim")


@pytest.mark.django_db
def test_directory_of_another_day_is_read_again(descriptor, builds, monkeypatch):
    make_group(name="Example walk", town="Chard")
    today = snapshot.timezone.localdate()
    of_another_worker()
    monkeypatch.setattr(snapshot.timezone, "localdate", lambda: today + datetime.timedelta(days=1))

    second = of_another_worker()

    assert (len(builds), second.index.today) == (2, today + datetime.timedelta(days=1))


@pytest.mark.django_db
def test_directory_of_a_database_that_was_put_back_is_read_again(descriptor, builds):
    make_group(name="Example walk", town="Chard")
    of_another_worker()
    snapshot.invalidate()
    DirectoryState.objects.update(token="of another history")
    DirectoryChange.objects.update(token="of another history")

    of_another_worker()

    assert len(builds) == 2


def test_worker_of_other_code_takes_nothing(descriptor, monkeypatch):
    with SharedFile.inherited().locked():
        SharedFile.inherited().write("label", "value")
    before = taken(SharedFile.inherited())
    monkeypatch.setattr(shared_file, "RELEASE", "another")

    assert (before, taken(SharedFile.inherited())) == ("value", None)


def test_what_was_cut_short_is_not_taken(descriptor):
    shared = SharedFile.inherited()
    with shared.locked():
        shared.write("label", "value")
        # It cannot be pickled, as if the process had been killed there.
        with pytest.raises(Exception, match="pickle"):
            shared.write("label", lambda: None)

    assert taken(shared) is None


@pytest.mark.parametrize("number", ["", "x", "-1", "99999"])
def test_without_a_file_nothing_is_shared(monkeypatch, number):
    monkeypatch.setenv("DIRECTORY_FILE", number)
    shared = SharedFile.inherited()
    with shared.locked():
        shared.write("label", "value")

    assert taken(shared) is None


def test_file_with_a_name_is_not_trusted(monkeypatch, tmp_path):
    with open(tmp_path / "named", "w+b") as file:
        monkeypatch.setenv("DIRECTORY_FILE", str(file.fileno()))
        shared = SharedFile.inherited()
        with shared.locked():
            shared.write("label", "value")

        assert (taken(shared), file.read()) == (None, b"")


def test_web_server_makes_the_file_and_an_empty_one_at_each_reload(monkeypatch):
    monkeypatch.setenv("DIRECTORY_FILE", "")
    hooks, server = runpy.run_path(str(ROOT / "gunicorn.conf.py")), SimpleNamespace()

    hooks["share_directory"](server)
    before = SharedFile.inherited()
    with before.locked():
        before.write("label", "value")
    found = [taken(SharedFile.inherited())]
    hooks["on_reload"](server)
    found.append(taken(SharedFile.inherited()))
    os.close(server.directory_file)

    assert found == ["value", None]
