"""The process that compiles a PDF: it does not outlive the one that asked for it, and finds its fonts."""

import fcntl
import os
import select
import signal
import subprocess
import sys
import termios
import time

from groups.printing.pdf.compiler import CHILD

#: Starts the child, whose words never end, and waits for it.
PARENT = """
import subprocess
from groups.printing.pdf.compiler import child_command
child = subprocess.Popen(child_command("standard.typ"))
print(child.pid, flush=True)
child.wait()
"""
PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}


def test_process_of_a_pdf_ends_when_its_parent_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], **PIPES) as parent:
        child = _started_child(parent)
        priority = os.getpriority(os.PRIO_PROCESS, child)
        parent.kill()
        # The child holds the other end of this pipe, too: it is at its end when both have ended.
        ended, _, _ = select.select([parent.stdout], [], [], 20)

    assert (len(ended), parent.returncode, priority) == (1, -signal.SIGKILL, 19)


def _started_child(parent: subprocess.Popen) -> int:
    """Return the process that compiles, once it reads its words: the pipe is the parent's, which never reads it."""
    child = int(parent.stdout.readline())
    parent.stdin.write(b"{")
    parent.stdin.flush()
    for _ in range(2000):
        if not any(fcntl.ioctl(parent.stdin.fileno(), termios.FIONREAD, bytes(4))):
            return child
        time.sleep(0.01)
    raise AssertionError("The child never read its words.")


def test_links_lead_to_the_two_fonts_of_the_templates():
    links = CHILD.with_name("fonts").iterdir()

    assert {link.name: link.is_file() for link in links} == {"DejaVuSans.ttf": True, "DejaVuSans-Bold.ttf": True}
