"""`manage.py forget_old_versions`: delete revisions past their retention period."""

import datetime
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import F, Model, OuterRef, Subquery
from django.utils import timezone

from organisations.merges.retention import delete_old_merges
from organisations.models import has_revisions
from organisations.models.revision import history_model

TWO_YEARS = 730


class Command(BaseCommand):
    help = (
        "Delete versions of listings, contacts and venues that are older than some days; how each stands now is kept. "
        "What a merge deleted is stored for 90 days, so that it can be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=TWO_YEARS, help="How many days versions are kept (%(default)s)."
        )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        before = now - datetime.timedelta(days=options["days"])
        delete_old_merges(now, before)
        number = sum(delete_old_revisions(model, before) for model in apps.get_models() if has_revisions(model))
        self.stdout.write(f"{number:,} versions forgotten that were older than {options['days']:,} days.")


@transaction.atomic
def delete_old_revisions(model: type[Model], before: datetime.datetime) -> int:
    """Delete the revisions of a model from before a time, but the newest of each existing row; return how many."""
    history = history_model(model)
    newest = history.objects.filter(id=OuterRef("id")).order_by("-history_date", "-history_id").values("history_id")[:1]
    old = history.objects.filter(history_date__lt=before).annotate(newest=Subquery(newest))
    keys = list(
        old.exclude(history_id=F("newest"), id__in=model._base_manager.values("pk")).values_list("pk", flat=True)
    )
    for start in range(0, len(keys), 1000):
        batch = keys[start : start + 1000]
        # The library's own command leaves the rows of many-to-many relations behind.
        for link in history._history_m2m_fields:
            history.revision_history.m2m_models[link].objects.filter(history__in=batch).delete()
        history.objects.filter(pk__in=batch).delete()
    return len(keys)
