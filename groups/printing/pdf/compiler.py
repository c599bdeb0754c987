"""Compile Typst templates to PDF. The compiler reads the templates in this folder and the fonts, no other files."""

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
from typing import Any

import typst

TEMPLATES = Path(__file__).parent
#: The folder of Debian's fonts-dejavu-core. Without it any installed DejaVu is used, or the serif built into Typst.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
#: Typst evicts from its cache what ten documents in a row did not use.
EMPTY_DOCUMENTS = 11
#: Timeout of the subprocess in seconds: nobody waits longer, and other requests need the processor.
TOO_LONG = 28

_compiler_lock = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    known = FONTS.is_dir()
    return typst.Compiler(root=TEMPLATES, font_paths=[FONTS] if known else [], ignore_system_fonts=known)


def compile_pdf(template: str, words: Mapping[str, object], most_in_process: int) -> bytes:
    """Return the PDF of a template filled with `words`, which are passed as data and never parsed as markup.

    Input of more than `most_in_process` characters of JSON is compiled in a subprocess. It takes a tenth of a second
    longer, but its memory, up to 1.4 GB, is freed when it ends.
    Raises `subprocess.TimeoutExpired` if a long list takes more than `TOO_LONG` seconds.
    """
    data = json.dumps(words)
    if len(data) > most_in_process:
        command = [sys.executable, "-P", __file__, template]
        completed = subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, check=True, timeout=TOO_LONG)
        return completed.stdout
    # One compiler serves all threads, one document at a time.
    with _compiler_lock:
        try:
            return _document(template, data)
        finally:
            _clear_cache()


def _document(template: str, data: str) -> bytes:
    try:
        return _compile(template, {"paper": data}, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # No font has one of the letters. PDF/UA forbids that, so compile without it: still tagged, with a box for it.
        return _compile(template, {"paper": data}, [])


def _compile(template: str, inputs: dict[str, str], standards: list[Any]) -> bytes:
    document = _compiler().compile(
        input=TEMPLATES / template, sys_inputs=inputs, format="pdf", pdf_standards=standards, pdf_tags=True
    )
    if not isinstance(document, bytes):
        raise TypeError("A PDF is one file.")
    return document


def _clear_cache() -> None:
    """Evict the last document from the cache of Typst, which grows to 500 MB otherwise.

    Then return the free memory to the operating system, where the C library can (glibc: 60 MB after 500 groups).
    """
    for _ in range(EMPTY_DOCUMENTS):
        _compiler().compile(input=TEMPLATES / "nothing.typ", sys_inputs={}, format="pdf")
    if malloc_trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        malloc_trim(0)


if __name__ == "__main__":
    # Web requests have priority; and the alarm ends this process even if its parent was killed.
    os.nice(10)
    signal.alarm(TOO_LONG)
    sys.stdout.buffer.write(_document(sys.argv[1], sys.stdin.read()))
