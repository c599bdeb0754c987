"""Limits on the number of groups of a list, by output format. Measurements: docs/adr/0029."""

from .choices import Layout

#: For the HTML page and every file format but PDF.
MOST_OF_AREA = 500
#: For a PDF: what two idle processors compile in about three seconds, within half a gigabyte of memory.
MOST_IN_PDF = {
    Layout.STANDARD: 500,
    Layout.LARGE: 300,
    Layout.WEEK: 500,
    Layout.EASY: 100,
    Layout.POCKET: 300,
}
