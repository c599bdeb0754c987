"""Groups in a spreadsheet: out in words that an editor thinks in, and in again, with what would change shown first."""

from .formats import CsvSheet, XlsxSheet, format_of
from .given import shown_as_contact_first
from .reach import Reach
from .reading import BadSheet
from .resource import GroupSheet
from .template import column_help, template_csv, template_xlsx

__all__ = [
    "BadSheet",
    "CsvSheet",
    "GroupSheet",
    "Reach",
    "XlsxSheet",
    "column_help",
    "format_of",
    "shown_as_contact_first",
    "template_csv",
    "template_xlsx",
]
