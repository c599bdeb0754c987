"""Compile Typst templates to PDF, each in a process of its own (`child.py`).

Typst needs up to half a gigabyte for a long list, and keeps much of it; the process gives all of it back.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from common.slots import FILES, ServerBusy

CHILD = Path(__file__).with_name("child.py")
#: Timeout of a PDF in seconds: nobody waits longer, and other requests need the processor.
TOO_LONG = 28


def compile_pdf(template: str, words: Mapping[str, object]) -> bytes:
    """Return the PDF of a template filled with `words`, which are passed as data and never parsed as markup.

    Raises `ServerBusy` if it takes more than `TOO_LONG` seconds; nothing of it runs on then. Lists are limited
    (`LayoutSpec.most_in_pdf`), so the server is overloaded.
    """
    # Isolated (-I): no module of the site or of the working directory can take the place of one that it imports.
    command = [sys.executable, "-I", str(CHILD), template, str(os.getpid()), str(TOO_LONG + 2)]
    data = json.dumps(words).encode()
    try:
        return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True, timeout=TOO_LONG).stdout
    except subprocess.TimeoutExpired:
        raise ServerBusy(FILES) from None
