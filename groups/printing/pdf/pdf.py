"""Render a document as a PDF, tagged for screen readers (docs/adr/0021)."""

import subprocess

from common.slots import FILES, ServerBusy

from ..choices import Layout
from ..document import PrintDocument
from .compiler import compile_pdf
from .serialise import serialise

__all__ = ["render_pdf"]


def render_pdf(document: PrintDocument, layout: str) -> bytes:
    """Return the PDF of a document in a layout. The same document gives the same bytes.

    Raises `ValueError` for an unknown layout, and `ServerBusy` if it took too long: lists are limited (`bounds.py`), so
    the server is overloaded. The URL of the list must fit a QR code: at most 2,300 characters.
    """
    chosen_layout = Layout(layout)
    try:
        return compile_pdf(f"{chosen_layout.value}.typ", serialise(document, chosen_layout))
    except subprocess.TimeoutExpired:
        raise ServerBusy(FILES) from None
