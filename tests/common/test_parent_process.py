"""An action in a copy of the process, in an interpreter of its own: a test's has other threads."""

import subprocess
import sys

START = """
import os, sys
from common.parent_process import start_in_child
read, write = os.pipe()
child = start_in_child(lambda: {action})
os.close(write)
print(os.waitpid(child, 0)[1], os.read(read, 10) == str(child).encode(), flush=True)
"""


def started(action: str) -> tuple[str, str]:
    command = [sys.executable, "-c", START.format(action=action)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_child_calls_the_action_and_ends():
    assert started("os.write(write, str(os.getpid()).encode())") == ("0 True\n", "")


def test_child_whose_action_fails_ends_alike():
    """Nothing of the parent's code runs twice."""
    assert started("sys.exit('failed')") == ("0 False\n", "")
