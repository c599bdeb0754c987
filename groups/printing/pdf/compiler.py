"""The press: words in, PDF out. It reads its own templates and fonts, and nothing else."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent
#: Where Debian's fonts-dejavu-core is. Elsewhere whatever DejaVu the machine has is used, or the press's own serif.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
#: What Typst made is forgotten when it has not been used for ten documents.
DOCUMENTS_TO_FORGET = 11
#: Words of more bytes than this are made into a PDF by a process of their own. It takes a tenth of a second more, but
#: what it needed, up to 1.4 GB, goes back to the machine when it ends. These two layouts need little: 600 groups or so
#: are made here; of the others 80.
MANY = {"standard.typ": 1_500_000, "week.typ": 1_500_000}
MANY_OTHERS = 200_000
#: Seconds after which such a process is stopped: nobody waits longer, and the server is wanted by others.
TOO_LONG = 28

_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    known = FONTS.is_dir()
    return typst.Compiler(root=TEMPLATES, font_paths=[FONTS] if known else [], ignore_system_fonts=known)


def compile_pdf(template: str, words: Mapping[str, object]) -> bytes:
    """The PDF that a template makes of the words. They go in as data: nothing in them is taken for markup.

    Raises `subprocess.TimeoutExpired` where a long list is not made in time.
    """
    paper = json.dumps(words)
    if len(paper) > MANY.get(template, MANY_OTHERS):
        command = [sys.executable, "-P", __file__, template]
        done = subprocess.run(command, input=paper.encode(), stdout=subprocess.PIPE, check=True, timeout=TOO_LONG)
        return done.stdout
    # Documents are made one at a time: one compiler serves all threads of the process.
    with _one_at_a_time:
        try:
            return _document(template, paper)
        finally:
            _forget()


def _document(template: str, paper: str) -> bytes:
    try:
        return _compile(template, {"paper": paper}, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A letter that no font here has. The rest must come out, and the tags too: a box is drawn for the letter.
        return _compile(template, {"paper": paper}, [])


def _compile(template: str, inputs: dict[str, str], standards: list[str]) -> bytes:
    return _compiler().compile(
        input=TEMPLATES / template, sys_inputs=inputs, format="pdf", pdf_standards=standards, pdf_tags=True
    )


def _forget() -> None:
    """Make Typst drop the pieces of the last list, which it keeps in case they come again: 500 MB after some lists.

    What is free then goes back to the machine where the C library can give it (glibc: 60 MB after 500 groups).
    """
    for _ in range(DOCUMENTS_TO_FORGET):
        _compiler().compile(input=TEMPLATES / "nothing.typ", sys_inputs={}, format="pdf")
    if give_back := getattr(ctypes.CDLL(None), "malloc_trim", None):
        give_back(0)


if __name__ == "__main__":
    # Pages come first where processors are scarce; and a child whose parent was killed must end too.
    os.nice(10)
    signal.alarm(TOO_LONG)
    sys.stdout.buffer.write(_document(sys.argv[1], sys.stdin.read()))
