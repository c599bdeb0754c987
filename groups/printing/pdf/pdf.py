"""A list of groups as a PDF to print, tagged so that a screen reader can read it too (docs/adr/0021)."""

import subprocess

from common.slots import FILES, ServerBusy

from ..choices import Layout
from ..document import PrintDocument
from .compiler import compile_pdf
from .serialise import serialise

__all__ = ["render_pdf"]


def render_pdf(paper: PrintDocument, layout: str) -> bytes:
    """The whole list as a PDF, laid out as one of Layout. ValueError: there is no such layout.

    ServerBusy: it took too long. Lists have bounds (`bounds.py`), so the machine has too much to do.

    Every group and every sentence of the list is in it, in every layout. The same list makes the same bytes. The
    address of the list must fit a QR code: up to 2,300 characters.
    """
    chosen = Layout(layout)
    try:
        return compile_pdf(f"{chosen.value}.typ", serialise(paper, chosen))
    except subprocess.TimeoutExpired:
        raise ServerBusy(FILES) from None
