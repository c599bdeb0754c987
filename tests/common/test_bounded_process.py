"""Work on what strangers send is done by a process that the kernel bounds, and that ends with its parent."""

import os
import select
import subprocess
import sys

import pytest

from common.bounded_process import LimitExceeded, Limits, ProcessFailed, run_bounded
from tests.architecture.repository import ROOT

MANY = Limits(memory=2**28, processor_seconds=30, seconds=60)
GREEDY = "tests.common.greedy"


def test_answer_is_what_the_module_writes_and_it_sees_no_environment(monkeypatch):
    monkeypatch.setenv("MARKER", "a secret")
    monkeypatch.setenv("SECRET_KEY", "a secret")

    assert run_bounded(GREEDY, "ordinary é".encode(), MANY).decode() == "ordinary é []"


@pytest.mark.parametrize(
    "what, limits, error",
    [
        ("memory", MANY, LimitExceeded),
        ("processor", Limits(memory=2**28, processor_seconds=1, seconds=60), LimitExceeded),
        ("sleep", Limits(memory=2**28, processor_seconds=30, seconds=1), LimitExceeded),
        ("fail", MANY, ProcessFailed),
        ("file", MANY, ProcessFailed),
    ],
)
def test_process_that_takes_too_much_is_ended(what, limits, error):
    with pytest.raises(error):
        run_bounded(GREEDY, what.encode(), limits)


def test_process_ends_with_its_parent_even_by_kill_9(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    limits = Limits(memory=2**28, processor_seconds=30, seconds=600)
    lines = f"from common.bounded_process import *; run_bounded({GREEDY!r}, {str(pipe).encode()!r}, {limits})"
    parent = subprocess.Popen([sys.executable, "-c", lines], cwd=ROOT)
    with pipe.open("rb", buffering=0) as end:
        begun = end.read(5)

        parent.kill()
        parent.wait()
        # The child has the other end of the pipe, which is closed when it is no more.
        closed, _, _ = select.select([end], [], [], 60)

        assert (begun, closed) == (b"begun", [end])
