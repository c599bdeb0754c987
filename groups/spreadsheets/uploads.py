"""The rows of a file that was sent, and what its columns were the last time."""

from ..models import Source
from .group_columns import column_titles
from .mapping import Mapping
from .models import SheetUpload
from .reader import LONG_LIMITS, SheetRow, Table, is_long_file, read_table


def table_of(upload: SheetUpload) -> Table:
    """Return the table of an upload. Raises `BadSheet`. Of a long one the file is read once, in its process."""
    if upload.is_long:
        return Table.unpack(bytes(upload.table))
    content = bytes(upload.content)
    return read_table(content, column_titles(), LONG_LIMITS if is_long_file(content) else None)


def rows_of(upload: SheetUpload, table: Table) -> list[SheetRow]:
    """Return the rows of an upload with the titles of our columns."""
    return Mapping.of_json(upload.mapping).rows_of(table) if upload.mapping else table.sheet_rows


def saved_mapping(table: Table) -> Mapping | None:
    """Return the mapping of the list whose file has the same titles; None if there is none, or more than one."""
    saved = [Mapping.of_json(mapping) for mapping in Source.objects.values_list("mapping", flat=True) if mapping]
    fitting = [mapping for mapping in saved if mapping.fits(table.titles)]
    return fitting[0] if len(fitting) == 1 else None
