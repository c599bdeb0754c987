"""Sending files to the staff pages as a browser does, and reading those that come back."""

import csv
import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

IMPORT, CONFIRM, EXPORT, TEMPLATE = (
    reverse(f"admin:groups_supportgroup_{page}") for page in ("import", "process_import", "export", "template")
)

Row = dict[str, object]


def csv_file(*rows: Row, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A file of text with these rows, and a column for each title among them."""
    file = io.StringIO()
    writer = csv.DictWriter(file, dict.fromkeys(title for row in rows for title in row), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_file(*rows: Row) -> bytes:
    """A workbook with these rows."""
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(change: Callable[[Workbook], None]) -> bytes:
    """A workbook as a function changes it."""
    book = Workbook()
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, content: bytes, name: str = "groups.csv"):
    """Send a file to be looked at."""
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)}, follow=True)


def say_yes(client: Client, looked_at):
    """Press the button below what a file would change."""
    return client.post(CONFIRM, {name: looked_at.context[name] for name in ("word", "mark")}, follow=True)


def import_rows(client: Client, *rows: Row):
    """Send rows, and say yes."""
    looked_at = send(client, csv_file(*rows))
    assert looked_at.context["word"], wrong_in(looked_at) or looked_at.text
    return say_yes(client, looked_at)


def wrong(client: Client, *rows: Row) -> list[tuple[int, str, str]]:
    """What the page says is wrong with some rows: row, column and sentence."""
    looked_at = send(client, csv_file(*rows))
    assert looked_at.context["word"] == ""
    return wrong_in(looked_at)


def wrong_in(looked_at) -> list[tuple[int, str, str]]:
    """What a page says is wrong with a file: row, column and sentence."""
    problems = looked_at.context.get("problems", [])
    rows = [(row, problem.column, problem.sentence) for problem in problems for row in problem.rows]
    return sorted(rows, key=lambda found: found[0])


def changes(looked_at) -> dict[str, list[tuple[str, str, str]]]:
    """What would change, by the group's name: column, was, becomes."""
    return {row.group.name: row.changes for row in looked_at.context["changed"]}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of an exported file, by the titles of their columns."""
    if not content.startswith(b"PK"):
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    rows = load_workbook(io.BytesIO(content))["Groups"].iter_rows(values_only=True)
    titles = next(rows)
    return [{title: value or "" for title, value in zip(titles, row, strict=True)} for row in rows]


def exported(client: Client, kind: str = "csv", **filters: object) -> bytes:
    """The file that the list of groups gives, as it is filtered."""
    return client.post(f"{EXPORT}", {"kind": kind}, query_params=filters).getvalue()
