"""`manage.py forget_old_versions`: keep no history for longer than it is of use."""

import datetime

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import F, Model, OuterRef, Subquery
from django.utils import timezone

from organisations.models import has_revisions

TWO_YEARS = 730


class Command(BaseCommand):
    help = (
        "Delete versions of listings, contacts and venues that are older than some days; how each stands now is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=TWO_YEARS, help="How many days versions are kept (%(default)s)."
        )

    def handle(self, **options) -> None:
        before = timezone.now() - datetime.timedelta(days=options["days"])
        number = sum(forget(model, before) for model in apps.get_models() if has_revisions(model))
        self.stdout.write(f"{number:,} versions forgotten that were older than {options['days']:,} days.")


@transaction.atomic
def forget(model: type[Model], before: datetime.datetime) -> int:
    """Delete a model's versions from before a moment, but the newest of each row that is still there; how many."""
    history = model.history.model
    newest = history.objects.filter(id=OuterRef("id")).order_by("-history_date", "-history_id").values("history_id")[:1]
    old = history.objects.filter(history_date__lt=before).annotate(newest=Subquery(newest))
    keys = list(
        old.exclude(history_id=F("newest"), id__in=model._base_manager.values("pk")).values_list("pk", flat=True)
    )
    for start in range(0, len(keys), 1000):
        some = keys[start : start + 1000]
        # The library's own command leaves these behind.
        for link in history._history_m2m_fields:
            history.keeper.m2m_models[link].objects.filter(history__in=some).delete()
        history.objects.filter(pk__in=some).delete()
    return len(keys)
