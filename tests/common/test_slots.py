"""Slots: how many there are, who is refused, and that the kernel gives them back."""

import os
import signal
import subprocess
import sys
import threading
from weakref import ref

import pytest
from django.conf import settings

from common.slots import FILES, PASSWORDS, ServerBusy, capacity_of, slot


@pytest.fixture(autouse=True)
def own_locks(settings, tmp_path):
    settings.LOCK_DIR = str(tmp_path / "locks")
    settings.WORKERS = 4


@pytest.mark.parametrize("workers", range(3, 40))
def test_slots_of_all_pools_leave_a_worker_free(settings, workers):
    settings.WORKERS = workers

    held = capacity_of(FILES) + capacity_of(PASSWORDS)

    assert (capacity_of(FILES) >= 1, held <= workers - 1) == (True, True)


def test_slot_is_refused_when_all_are_held_and_free_again_after():
    with slot(FILES), slot(FILES):
        with pytest.raises(ServerBusy) as refused, slot(FILES):
            pass
        with slot(PASSWORDS):
            other_pool_is_free = True

    with slot(FILES):
        assert (refused.value.pool, other_pool_is_free) == (FILES, True)


def test_slot_is_given_back_when_the_work_fails(settings):
    settings.WORKERS = 3
    with pytest.raises(ValueError, match="broken"), slot(FILES):
        raise ValueError("broken")

    with slot(FILES):
        pass


def test_slot_excludes_other_threads_of_the_process(settings):
    settings.WORKERS = 3
    refused = []

    def ask() -> None:
        try:
            with slot(FILES):
                refused.append(False)
        except ServerBusy:
            refused.append(True)

    with slot(FILES):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()

    assert refused == [True]


def test_slot_of_a_killed_process_is_free_at_once(settings):
    settings.WORKERS = 3
    code = (
        "from django.conf import settings; from common.slots import FILES, slot; import time, sys\n"
        f"settings.configure(LOCK_DIR={settings.LOCK_DIR!r}, WORKERS=3)\n"
        "with slot(FILES): print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(ServerBusy), slot(FILES):
                pass
        finally:
            os.kill(holder.pid, signal.SIGKILL)

    with slot(FILES):
        pass


def test_lock_files_name_nothing_and_are_for_their_owner_only():
    with slot(FILES), slot(PASSWORDS):
        names = sorted(os.listdir(settings.LOCK_DIR))
        modes = {os.stat(f"{settings.LOCK_DIR}/{name}").st_mode & 0o777 for name in names}
        sizes = {os.stat(f"{settings.LOCK_DIR}/{name}").st_size for name in names}

    assert (names, modes, sizes) == (["files-0.lock", "passwords-0.lock"], {0o600}, {0})


class _Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.mark.parametrize(
    "pool, in_server, is_left", [(FILES, True, False), (FILES, False, True), (PASSWORDS, True, True)]
)
def test_garbage_of_a_file_is_collected_before_the_slot_is_given_back_by_a_server(settings, pool, in_server, is_left):
    settings.SNAPSHOT_LOADS_IN_BACKGROUND = in_server

    with slot(pool):
        circle = ref(_Circle())

    assert (circle() is not None) is is_left
