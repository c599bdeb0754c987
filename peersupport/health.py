"""Liveness and readiness of the site, for `/healthz` and `/readyz`: a word for each requirement."""

from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Model

from groups.models import SupportGroup
from groups.search.snapshot.hot_queries import directory_state
from groups.search.snapshot.snapshot import directory_is_read
from organisations.models import Organisation
from places.models import Area, Locality, Postcode, PostcodeSector, Town

#: How many rows of listings are read at a time.
SAMPLE = 500
#: The key up to which this process has read the rows of a model.
_read_up_to: dict[type[Model], int] = {}


def database_can_be_read() -> bool:
    """Return whether the tables that pages read can be read: some rows of listings and of places.

    A damaged SQLite file answers many queries without an error. Reading all rows would cost more the more there are, so
    each call reads a few hundred, from where the last one ended.
    """
    try:
        directory_state()
        for model in (SupportGroup, Organisation):
            _read_next(model)
        for place in (Area, Town, PostcodeSector, Locality, Postcode):
            place._base_manager.order_by("-pk").values_list("pk").first()
    except Error:
        return False
    return True


def _read_next(model: type[Model]) -> None:
    # Its index is no use for the second column, so that it is the rows themselves that are read.
    rows = model._base_manager.filter(pk__gt=_read_up_to.get(model, 0)).order_by("pk")[:SAMPLE]
    found = rows.aggregate(last=Max("pk"), newest=Max("updated_at"), number=Count("pk"))
    _read_up_to[model] = found["last"] if found["number"] == SAMPLE else 0


def is_migrated() -> bool:
    """Return whether every migration of this release is applied."""
    return _migrations() <= MigrationRecorder(connection).applied_migrations().keys()


def places_are_loaded() -> bool:
    """Return whether there are areas and postcodes."""
    return Area._base_manager.exists() and Postcode._base_manager.exists()


def database_answers() -> bool:
    """Return whether the database answers at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


#: The requirements of a working site, each with its word: each check may rely on those before.
REQUIREMENTS: tuple[tuple[str, Callable[[], bool]], ...] = (
    ("database", database_answers),
    ("migrations", is_migrated),
    ("database", database_can_be_read),
    ("places", places_are_loaded),
    ("directory", directory_is_read),
)


def missing_requirement() -> str:
    """Return the word for the first requirement that is not met; "" if all are."""
    for word, is_there in REQUIREMENTS:
        try:
            if not is_there():
                return word
        except Error:
            return "database"
    return ""


@cache
def _migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)
