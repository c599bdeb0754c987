"""The rows of an upload, and the saved mapping of its columns."""

from dataclasses import replace

from ..models import Source
from .mapping import Mapping
from .models import SheetUpload
from .reader import LONG_LIMITS, BadSheet, SheetRow, Table, is_long_file, read_table
from .resources.base import SheetResource
from .resources.registry import all_titles, resource_called


def table_of(upload: SheetUpload) -> Table:
    """Return the table of an upload. Raises `BadSheet`. A long file is parsed once, by its process."""
    if upload.is_long:
        return Table.unpack(bytes(upload.table))
    content = bytes(upload.content)
    table = read_table(content, all_titles(), LONG_LIMITS if is_long_file(content) else None)
    return as_sheet_of(resource_called(upload.resource), table) if upload.resource else table


def as_sheet_of(resource: SheetResource, table: Table) -> Table:
    """Return a table as one of a resource: it is ours if all its titles are those of the resource.

    Raises `BadSheet`, which names all other titles, for a resource whose files cannot be mapped.
    """
    unknown = [title for title in table.titles if title not in set(resource.titles())]
    if unknown and not resource.is_mapped:
        names = ", ".join(f"“{title}”" for title in unknown)
        raise BadSheet(
            f"In a sheet of {resource.plural} we know no column called {names}. Take it out, or call it as the "
            "template does. If the rows are something else, choose what they are."
        )
    return replace(table, is_ours=table.is_ours and not unknown)


def rows_of(upload: SheetUpload, table: Table) -> list[SheetRow]:
    """Return the rows of an upload with the titles of our columns."""
    return Mapping.of_json(upload.mapping).rows_of(table) if upload.mapping else table.sheet_rows


def saved_mapping(table: Table) -> Mapping | None:
    """Return the mapping of the source whose file has the same titles; None if there is none, or several."""
    saved = [Mapping.of_json(mapping) for mapping in Source.objects.values_list("mapping", flat=True) if mapping]
    fitting = [mapping for mapping in saved if mapping.fits(table.titles)]
    return fitting[0] if len(fitting) == 1 else None
