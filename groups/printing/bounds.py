"""How many groups a list may have, by what is made of it. Measured, with what each costs, in docs/adr/0029."""

from .choices import Layout

#: For the page to print, and for every kind of file but a PDF.
MOST_OF_AREA = 500
#: For a PDF: what two processors that do nothing else make in about three seconds, in half a gigabyte.
MOST_IN_PDF = {
    Layout.STANDARD: 500,
    Layout.LARGE: 300,
    Layout.WEEK: 500,
    Layout.EASY: 100,
    Layout.POCKET: 300,
}
