"""Compile Typst templates to PDF, each in a process of its own (`child.py`).

Typst needs up to half a gigabyte for a long list, and keeps much of it; the process gives all of it back.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from common.slots import FILES, ServerBusy

CHILD = Path(__file__).with_name("child.py")
#: Timeout of a PDF in seconds: nobody waits longer, and other requests need the processor.
TOO_LONG = 28
#: Settings of glibc (Linux): the memory of the process in few large steps, in pages of 2 MB where the kernel has them,
#: none given back before it ends. Asking for 4 KB at a time took a tenth of the processor time.
_MALLOC = {"hugetlb": 1, "top_pad": 2**26, "mmap_threshold": 2**25, "trim_threshold": 2**30}
MEMORY = {"GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items())}


def child_command(template: str) -> list[str]:
    """Return the command of the process that compiles a template, and that ends with the process that calls this."""
    # Web requests have priority, over its start too.
    priority = ["nice", "-n", "19"]
    # Isolated (-I): no module of the site or of the working directory can take the place of one that it imports.
    return [*priority, sys.executable, "-I", str(CHILD), template, str(os.getpid()), str(TOO_LONG + 2)]


def compile_pdf(template: str, words: Mapping[str, object]) -> bytes:
    """Return the PDF of a template filled with `words`, which are passed as data and never parsed as markup.

    Raises `ServerBusy` if it takes more than `TOO_LONG` seconds; nothing of it runs on then. Lists are limited
    (`LayoutSpec.most_in_pdf`), so the server is overloaded.
    """
    data, environment = msgspec.json.encode(words), {**os.environ, **MEMORY}
    try:
        return subprocess.run(
            child_command(template), input=data, stdout=subprocess.PIPE, env=environment, check=True, timeout=TOO_LONG
        ).stdout
    except subprocess.TimeoutExpired:
        raise ServerBusy(FILES) from None
