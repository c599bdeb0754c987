"""The process that compiles a PDF: it does not outlive the one that asked for it, and finds its fonts."""

import os
import select
import signal
import subprocess
import sys
import time

from groups.printing.pdf.compiler import CHILD

#: Starts the child, whose words never come, and waits for it.
PARENT = f"""
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-I", {str(CHILD)!r}, "standard.typ", str(os.getpid()), "600"])
print(child.pid, flush=True)
child.wait()
"""


def test_process_of_a_pdf_ends_when_its_parent_is_killed():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", PARENT], **pipes) as parent:
        child = int(parent.stdout.readline())
        # It has started when it has lowered its priority.
        while os.getpriority(os.PRIO_PROCESS, child) == os.getpriority(os.PRIO_PROCESS, 0):
            time.sleep(0.01)
        parent.kill()
        # The child holds the other end of this pipe, too: it is at its end when both have ended.
        ended, _, _ = select.select([parent.stdout], [], [], 20)

    assert (len(ended), parent.returncode) == (1, -signal.SIGKILL)


def test_links_lead_to_the_two_fonts_of_the_templates():
    links = CHILD.with_name("fonts").iterdir()

    assert {link.name: link.is_file() for link in links} == {"DejaVuSans.ttf": True, "DejaVuSans-Bold.ttf": True}
