"""The press: words in, PDF out. It reads its own templates and fonts, and nothing else."""

import json
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

# Documents are made one at a time: one compiler serves all threads of the process.
_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    known = FONTS.is_dir()
    return typst.Compiler(root=TEMPLATES, font_paths=[FONTS] if known else [], ignore_system_fonts=known)


def press(template: str, words: Mapping[str, object]) -> bytes:
    """The PDF that a template makes of the words. They go in as data: nothing in them is taken for markup."""
    inputs = {"paper": json.dumps(words, ensure_ascii=False)}
    with _one_at_a_time:
        try:
            return _compile(template, inputs, ["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            # A letter that no font here has. The rest must come out, and the tags too: a box is drawn for the letter.
            return _compile(template, inputs, [])
        finally:
            _forget()


def _compile(template: str, inputs: dict[str, str], standards: list[str]) -> bytes:
    return _compiler().compile(
        input=TEMPLATES / template, sys_inputs=inputs, format="pdf", pdf_standards=standards, pdf_tags=True
    )


def _forget() -> None:
    """Make Typst drop the pieces of the last list, which it keeps in case they come again: 500 MB after some lists."""
    for _ in range(DOCUMENTS_TO_FORGET):
        _compiler().compile(input=TEMPLATES / "nothing.typ", sys_inputs={}, format="pdf")
