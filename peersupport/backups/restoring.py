"""Restores a backup into a database at the same migrations, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.models import Model

from common.statistics import analyse
from groups.search.snapshot.change_log import note_change
from places.models import Area, GazetteerLoad, Postcode

from .files import BadBackup, read
from .tables import LEFT_OUT, POSTCODE_FILES, backed_up_models, columns_of, raise_last_key
from .values import codec_of
from .writing import FORMAT, applied_migrations

_CHUNK = 500


@dataclass
class Backup:
    """The header of a backup, and the number of its rows by model."""

    made_at: str
    database: str
    rows: dict[str, int] = field(default_factory=dict)


@dataclass
class _Section:
    """The rows of one model in a file, which have to be read before the next section."""

    model: type[Model]
    columns: list[str]
    last_key: int | None
    rows: Iterator[list[Any]]


def check_backup(path: Path, identity: str = "") -> Backup:
    """Read a file to its end, and return its header and counts.

    Raises `BadBackup` if it cannot be restored into this database. Reads the migrations of the database, and writes
    nothing.
    """
    lines = read(path, identity)
    backup = _read_head(next(lines, None))
    for section in _sections(lines):
        backup.rows[section.model._meta.label] = sum(1 for _ in section.rows)
    missing = {model._meta.label for model in backed_up_models()} - backup.rows.keys()
    if missing:
        raise BadBackup(f"It has nothing about {', '.join(sorted(missing))}.")
    return backup


def restore_backup(path: Path, identity: str = "") -> bool:
    """Put the rows of a file in the place of all that is backed up; return whether the postcodes are still right.

    One transaction: readers see the rows before until it ends, writers wait. Raises `BadBackup` with nothing changed.
    """
    try:
        with connection.constraint_checks_disabled(), transaction.atomic(durable=True):
            _lock_against_writers()
            postcodes_are_right = _replace_rows(path, identity)
            connection.check_constraints(table_names=[model._meta.db_table for model in backed_up_models()])
    except DatabaseError as error:
        raise BadBackup(f"The database refused it: {str(error).splitlines()[0]}.") from error
    finally:
        ContentType.objects.clear_cache()
    analyse()
    return postcodes_are_right


def _replace_rows(path: Path, identity: str) -> bool:
    areas = dict(Area.objects.values_list("pk", "gss_code"))
    loads = list(GazetteerLoad.objects.filter(name__in=POSTCODE_FILES).order_by("pk").values())
    for model in (*backed_up_models(), *_left_out_with_references()):
        model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)
    lines = read(path, identity)
    _read_head(next(lines, None))
    keys = {}
    for section in _sections(lines):
        _insert(section)
        if section.last_key is not None:
            keys[section.model] = section.last_key
    # Sequences of PostgreSQL are outside of transactions: they only ever rise.
    for model, key in keys.items():
        raise_last_key(model, key)
    note_change(None)
    return _keep_postcodes(areas, loads)


def _left_out_with_references() -> list[type[Model]]:
    """Return the models without backup whose rows reference replaced rows, such as uploads; and sessions.

    Postcodes are handled apart: they may stay.
    """
    replaced = set(backed_up_models())
    left_out = [apps.get_model(label) for label in LEFT_OUT]
    return [
        model
        for model in left_out
        if model is Session
        or (model is not Postcode and any(column.related_model in replaced for column in columns_of(model)))
    ]


def _keep_postcodes(areas: dict[int, str | None], loads: list[Any]) -> bool:
    """Keep the postcodes of this database if its districts have the keys they had; else delete them for `load_places`.

    Return whether they are there.
    """
    restored = dict(Area.objects.values_list("pk", "gss_code"))
    if not loads or any(restored.get(key, "") != code for key, code in areas.items() if code):
        Postcode.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
        return False
    for load in loads:
        GazetteerLoad.objects.create(name=load["name"], sha256=load["sha256"], rows=load["rows"])
        GazetteerLoad.objects.filter(name=load["name"]).update(loaded_at=load["loaded_at"])
    return True


def _read_head(head: Any) -> Backup:
    """Return the content of the first line. Raises `BadBackup` if its version is not that of this database."""
    if not isinstance(head, dict) or "alongside_backup" not in head:
        raise BadBackup("It is no backup of this site.")
    if head["alongside_backup"] != FORMAT:
        raise BadBackup("It is newer than this site can read. Update the site first.")
    theirs, ours = set(head["migrations"]), set(applied_migrations())
    if newer := sorted(theirs - ours):
        raise BadBackup(
            f"It is newer than this database: it was written after the migration {newer[0]}. "
            "Update the site, run migrate, and restore it then."
        )
    if older := sorted(ours - theirs):
        raise BadBackup(
            f"It is older than this database: it was written before the migration {older[0]}. Restore it with the "
            "version of the site that wrote it, into an empty database; then update the site and run migrate."
        )
    return Backup(head["made_at"], head["database"])


def _sections(lines: Iterator[Any]) -> Iterator[_Section]:
    """Yield the sections of a file. Raises `BadBackup` for a model that this site lacks."""
    models = {model._meta.label: model for model in backed_up_models()}
    head = next(lines, None)
    while head is not None:
        model = models.get(head.get("model", "")) if isinstance(head, dict) else None
        if model is None or head["columns"] != [column.attname for column in columns_of(model)]:
            raise BadBackup("It holds columns that this site does not have. It was written by another version.")
        following: list[Any] = []
        yield _Section(model, head["columns"], head["last_key"], _rows(lines, following))
        head = following[0] if following else None


def _rows(lines: Iterator[Any], following: list[Any]) -> Iterator[list[Any]]:
    """Yield the rows up to the next head, which is put into `following`."""
    for line in lines:
        if isinstance(line, dict):
            following.append(line)
            return
        yield line


def _insert(section: _Section) -> None:
    """Insert the rows of a section as they are: no default, no time of now, no signal."""
    fields = columns_of(section.model)
    readers = [codec_of(column).read for column in fields]
    size = max(1, min(_CHUNK, connection.ops.bulk_batch_size([column.name for column in fields], [None] * _CHUNK)))
    while chunk := list(islice(section.rows, size)):
        rows = [
            section.model.from_db(
                DEFAULT_DB_ALIAS,
                section.columns,
                [None if value is None else read(value) for read, value in zip(readers, row, strict=True)],
            )
            for row in chunk
        ]
        rows_of_model: Any = section.model._base_manager
        rows_of_model._insert(rows, fields, using=DEFAULT_DB_ALIAS, raw=True)


def _lock_against_writers() -> None:
    """Block all other writers; SQLite's IMMEDIATE transaction does so by itself."""
    if connection.vendor == "postgresql":
        names = [connection.ops.quote_name(model._meta.db_table) for model in backed_up_models()]
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")
