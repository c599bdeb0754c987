"""The scope of a backup: every table of the site, except those named here."""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model, QuerySet

from places.loading.sources import GIVEN_POSTCODES
from places.models import GazetteerLoad

#: The models that are not backed up, and why. A stolen backup must not sign anybody in.
LEFT_OUT = {
    "sessions.Session": "Everybody signs in again.",
    "axes.AccessAttempt": "Counts of wrong passwords, for a quarter of an hour.",
    "axes.AccessAttemptExpiration": "As above.",
    "axes.AccessLog": "Not written.",
    "axes.AccessFailureLog": "Not written.",
    "common.ContentVersion": "The versions of what pages show: the database makes new ones of what is restored.",
    "common.OutgoingEmail": "E-mails that wait to be sent: from a backup they would be sent twice.",
    "common.RateLimitDay": "The key of today's digests of who sent forms.",
    "common.RateLimitCount": "How many each of those digests sent today.",
    "groups.SheetUpload": "Spreadsheets that somebody looks at before they are imported; they last an hour.",
    "groups.ImportRun": "How far the import of a long spreadsheet is.",
    "groups.ExportRun": "How far the export of a spreadsheet is.",
    "groups.EncodedService": "Records of the feed, which encode_services makes again.",
    "groups.DirectoryState": "The version of the directory in memory: a restored one is a new one.",
    "groups.DirectoryChange": "As above.",
    "places.Postcode": "1.74 million rows of a file that comes with the site: load_places puts them back.",
}
#: The files of postcodes, which have a row in `places.GazetteerLoad` each: that is left out with the postcodes.
POSTCODE_FILES = ("postcodes", GIVEN_POSTCODES)


def backed_up_models() -> list[type[Model]]:
    """Return the models whose rows are backed up, relations too, in the order of their labels."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    rows = {model._meta.label: model for model in models if not model._meta.proxy}
    return [rows[label] for label in sorted(rows.keys() - LEFT_OUT.keys())]


def backed_up_rows(model: type[Model]) -> QuerySet[Any]:
    """Return the rows of a model that are backed up, in the order of their keys."""
    rows = model._base_manager.order_by("pk")
    return rows.exclude(name__in=POSTCODE_FILES) if model is GazetteerLoad else rows


def columns_of(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the fields of a model that are columns of its table and may be written."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def last_key(model: type[Model]) -> int | None:
    """Return the highest primary key ever assigned to a model; None if the database assigns none.

    It may be more than the highest in use: the revisions of a deleted row must not become those of a new one.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            row = cursor.fetchone()
            return row[0] if row else None
        sequence = _sequence_of(cursor, model)
        if sequence is None:
            return None
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
        value, is_called = cursor.fetchone()
        return value if is_called else None


def raise_last_key(model: type[Model], key: int) -> None:
    """Make the database assign keys above `key` to new rows of a model, and never lower ones than it would have."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            table = model._meta.db_table
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [key, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, key])
        elif (sequence := _sequence_of(cursor, model)) is not None:
            cursor.execute(f"SELECT setval(%s, GREATEST(%s, (SELECT last_value FROM {sequence})))", [sequence, key])


def _sequence_of(cursor: Any, model: type[Model]) -> str | None:
    """Return the name, quoted, of the sequence that numbers the rows of a model on PostgreSQL; None if none does."""
    quoted = connection.ops.quote_name(model._meta.db_table)
    key = model._meta.pk
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, key.column if key else ""])
    return cursor.fetchone()[0]
