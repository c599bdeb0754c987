"""Render a document as a PDF, tagged for screen readers (docs/adr/0021)."""

from ..document import PrintDocument
from ..layouts import LayoutSpec
from .compiler import compile_pdf
from .serialise import serialise

__all__ = ["render_pdf"]


def render_pdf(document: PrintDocument, layout: LayoutSpec) -> bytes:
    """Return the PDF of a document in a layout. The same document gives the same bytes.

    Raises `ServerBusy` if it takes too long. The URL of the list must fit a QR code: at most 2,300 characters.
    """
    return compile_pdf(layout.template, serialise(document, layout))
