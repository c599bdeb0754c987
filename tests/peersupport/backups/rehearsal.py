"""Steps of a rehearsal, in the database of DATABASE_URL: `python -m tests.peersupport.backups.rehearsal fill …`.

Run by test_rehearsal.py in processes of their own, since each has another database.
"""

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.models import Model


def migrate(_: str) -> None:
    """Make the tables, as somebody does on a new machine."""
    call_command("migrate", verbosity=0)


def fill(_: str) -> None:
    """Put a directory there as it is after years: listings, revisions, what strangers sent, staff and their secrets."""
    from model_bakery import baker

    from peersupport.accounts.second_factor import confirm, unconfirmed_telephone
    from peersupport.backups.tables import backed_up_models
    from tests.pages.full_directory import fill as fill_directory
    from tests.staff.people import make_manager

    call_command("load_directory", verbosity=0, stdout=sys.stderr)
    fill_directory()
    manager = make_manager("rehearsal")
    confirm(unconfirmed_telephone(manager))
    _make_odd_values()
    _make_revisions()
    for model in backed_up_models():
        if not model._base_manager.exists():
            baker.make(model, **_needed(model))


def backup(path: str) -> None:
    call_command("backup", path, stdout=sys.stderr)


def restore(path: str) -> None:
    call_command("restore", path, yes=True, stdout=sys.stderr)


def wipe(_: str) -> None:
    """Lose every row, but for what `migrate` and `load_places` make."""
    from peersupport.backups.tables import backed_up_models

    models = [model for model in backed_up_models() if model._meta.app_label != "places"]
    with connection.constraint_checks_disabled():
        for model in models:
            model._base_manager.all()._raw_delete("default")


def report(path: str) -> None:
    """Write every row of every table but those left out: not by the code that writes backups."""
    from peersupport.backups.tables import backed_up_models

    rows = {model._meta.label: _rows_of(model) for model in backed_up_models()}
    Path(path).write_text(json.dumps(rows))


def _rows_of(model: type[Model]) -> list[str]:
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values(*columns)
    if model._meta.label == "places.GazetteerLoad":
        # Postcodes are loaded, not restored.
        rows = rows.exclude(name__startswith="postcodes")
    return [json.dumps(row, default=str, sort_keys=True) for row in rows]


def _needed(model: type[Model]) -> dict[str, object]:
    """Return what a row of a model cannot be made without, where baker does not find it out."""
    from groups.models import SupportGroup, Venue

    fields = {field.name for field in model._meta.concrete_fields}
    if model._meta.label == "groups.SourceReading":
        return {"record__group": SupportGroup.objects.order_by("pk").first(), "cells": {"Name": "Example ŵ"}}
    if model._meta.label == "groups.SourceRecord" or {"group", "organisation", "role", "training"} <= fields:
        return {"group": SupportGroup.objects.order_by("pk").first()}
    return {"venue": Venue.objects.order_by("pk").first()} if "venue" in fields else {}


def _make_odd_values() -> None:
    """What a file could lose: lines, tabs, quotes, letters beyond 16 bits, nothing as opposed to an empty text."""
    from groups.models import Topic
    from tests.factories import make_group

    odd = "Example \\ \"a\" 'b'\r\n\tc \u2028 \U0001f980 ŵ "
    make_group(name="Example of odd values", what_it_is_like=odd, how_it_came_about="")
    Topic.objects.create(name="Example of odd words", slug="odd", other_words=[odd, "", "null", "\\N"])


def _make_revisions() -> None:
    """A revision of every kind, with what it is related to; and those of a group that is gone."""
    from django.apps import apps

    from organisations.models import has_revisions
    from organisations.models.revision import history_model
    from tests.factories import make_group

    for model in filter(has_revisions, apps.get_models()):
        for row in model._base_manager.order_by("pk")[:60]:
            history_model(model).revision_history.record(row, "~")
    make_group(name="Example of a group that is gone").delete()


if __name__ == "__main__":
    django.setup()
    for step in sys.argv[1:]:
        name, _, argument = step.partition(":")
        {"migrate": migrate, "fill": fill, "backup": backup, "restore": restore, "wipe": wipe, "report": report}[name](
            argument
        )
