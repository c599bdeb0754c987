"""How long spreadsheets of 5,000 groups take, how many questions they ask the database, and how much memory.

    python bench/sheets.py --rows 5000

Out as CSV and as a workbook; in again, unchanged; in with every group changed; and 5,000 new ones, each with a venue of
its own. Looking at a file and writing it are measured apart, each as the staff pages do it.
"""

import argparse
import csv
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases

#: No step may take longer, in seconds of one processor: what else a machine does is not ours.
LIMIT = 60

say = sys.stdout.write


def measured(what: str, do: Callable):
    """Call a function, print its time, queries and memory, and return its result."""
    from django.db import connection

    queries = [0]

    def count(execute, *args):
        queries[0] += 1
        return execute(*args)

    began, began_processor = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        found = do()
    took, processor = time.perf_counter() - began, time.process_time() - began_processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sign = "✓" if processor <= LIMIT else "✗"
    say(f"{what:<58}{took:>8.1f}{processor:>11.1f}{queries[0]:>10,}{memory:>8.0f}  {sign}\n")
    return found


def as_csv(rows: list[dict]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def main(number: int) -> None:
    import django

    django.setup()
    from django.db import transaction

    from groups.models import SupportGroup, Topic
    from groups.spreadsheets.export import export_rows
    from groups.spreadsheets.formats import csv_bytes, xlsx_bytes
    from groups.spreadsheets.group_columns import column_titles
    from groups.spreadsheets.importer import ImportResult, preview_import, write_import
    from groups.spreadsheets.reader import SheetRow, read_sheet
    from groups.spreadsheets.scope import ImportScope
    from organisations.models import Organisation

    def scope() -> ImportScope:
        return ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk())

    def read(content: bytes) -> list[SheetRow]:
        return read_sheet(content, column_titles())

    def preview(content: bytes) -> ImportResult:
        return preview_import(read(content), scope())

    def write(content: bytes, digest: str) -> None:
        """Import, and roll back."""
        with transaction.atomic():
            result = write_import(read(content), scope(), digest)
            transaction.set_rollback(True)
        if not result.is_written:
            raise SystemExit(f"Nothing was written: {list(result.errors.items())[:3]}")

    groups = SupportGroup.objects.filter(pk__in=SupportGroup.objects.order_by("pk").values("pk")[:number])
    about = f"{groups.count():,} groups of {SupportGroup.objects.count():,}"
    say(f"{about:<58}{'seconds':>8}{'processor':>11}{'queries':>10}{'MB':>8}\n")
    data = measured("Read for an export", lambda: list(export_rows(groups.order_by("pk"))))
    content = measured("Written as CSV", lambda: csv_bytes(column_titles(), data))
    book = measured("Written as a workbook", lambda: xlsx_bytes(column_titles(), data))
    measured("The workbook read", lambda: read(book))
    again = measured("The export looked at again", lambda: preview(content))
    if again.errors or again.to_write:
        raise SystemExit(f"The export would change something: {again.errors or again.to_write[0].changes}")
    del again  # Its memory is not that of the next step.
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    topics = "; ".join(Topic.objects.values_list("name", flat=True)[:2])
    # A time that has a venue of its own is not changed by a sheet.
    elsewhere = set(SupportGroup.objects.filter(schedules__venue__isnull=False).values_list("code", flat=True))
    changed = [
        row
        | {"Cost": "£3 or less", "Free": "No"}
        | ({} if row["Code"] in elsewhere else {"When": f"Every {day}, 6.15pm to 8pm; first Monday of the month, 10am"})
        | {"Topics": topics, "More about joining": f"Ring first, {number}."}
        for number, row in enumerate(rows)
        for day in [("Thursday", "Friday", "Saturday")[number % 3]]
    ]
    digest = measured("Every group changed: looked at", lambda: preview(as_csv(changed))).digest
    measured("Every group changed: written", lambda: write(as_csv(changed), digest))
    new = [
        row
        | {"Code": "", "Version": "", "Public or not": "", "Name": f"Sheet group {number}", "Contacts": ""}
        | {"Venue": f"Sheet hall {number}", "Address": "1 High Street", "Town": "", "Postcode": "TA20 1PP"}
        for number, row in enumerate(rows)
    ]
    digest = measured("All new, each with a new venue: looked at", lambda: preview(as_csv(new))).digest
    measured("All new, each with a new venue: written", lambda: write(as_csv(new), digest))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000, help="How many rows a file has.")
    parser.add_argument("--keep", type=Path, default=None, help="A folder to keep the database in, for next time.")
    parser.add_argument("--database-url", default="", help="A PostgreSQL server's own database to measure on instead.")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def run_in_subprocess(options: argparse.Namespace) -> None:
    """Run this on a scratch database: settings are read once per process."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        kind = "postgresql" if options.database_url else "sqlite"
        url = databases.create(kind, options.rows, folder, options.database_url, False)
        command = [sys.executable, __file__, "--here", "--rows", str(options.rows)]
        subprocess.run(command, env=databases.environment(url), cwd=databases.ROOT, check=True)


if __name__ == "__main__":
    options = arguments()
    if "--here" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.searching.settings")
        main(options.rows)
    else:
        run_in_subprocess(options)
