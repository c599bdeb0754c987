import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from common.statistics import analyse
from groups.models import SupportGroup
from groups.sample_data.identity import examples_of
from groups.sample_data.locations import PlacesMissing
from groups.sample_data.make import make_examples
from groups.sample_data.removal import CannotRemove, remove_examples


class Command(BaseCommand):
    """Creates generated example listings, for demonstration and benchmarks; or removes them all."""

    help = "Make example listings at real postcodes, in place of those there are. Nothing that is real is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=_count, default=2000, help="How many groups. Default: 2000.")
        parser.add_argument("--seed", type=int, default=1, help="The same number gives the same examples. Default: 1.")
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="The day that checks, breaks and events are reckoned from. Default: today.",
        )
        parser.add_argument("--remove", action="store_true", help="Take every example away, and nothing else.")
        parser.add_argument(
            "--beside-real-listings",
            action="store_true",
            help="Yes, put them beside the real listings of a site that is in use (DEBUG=0).",
        )

    def handle(self, *, count: int, seed: int, today: datetime.date | None, **options: Any) -> None:
        try:
            if options["remove"]:
                self._remove()
            else:
                self._make(count, seed, today or timezone.localdate(), options["beside_real_listings"])
        except (CannotRemove, PlacesMissing) as error:
            raise CommandError(f"{error} Nothing was changed.") from error

    def _remove(self) -> None:
        with transaction.atomic():
            removed = remove_examples()
        analyse()
        self.stdout.write(f"Removed {removed:,} example groups, and all that was theirs.")

    def _make(self, count: int, seed: int, today: datetime.date, allowed: bool) -> None:
        examples = examples_of(SupportGroup)
        before = examples.count()
        real = SupportGroup.objects.published().exclude(pk__in=examples.values("pk")).count()
        if real and not (settings.DEBUG or allowed):
            raise CommandError(
                f"This site shows {real:,} real groups to the public. Examples would stand among them, each with a "
                "name that begins “Example”. If that is what you want, say --beside-real-listings."
            )
        # disable=None: no progress bar unless the output is a terminal.
        with tqdm(total=count, desc="Examples", unit="", unit_scale=True, disable=None, leave=False) as bar:
            made = make_examples(count, seed=seed, today=today, progress=bar.update)
        analyse()
        if before:
            self.stdout.write(f"Removed the {before:,} example groups there were.")
        note = f", beside {real:,} real groups" if real else ""
        self.stdout.write(
            f"Made {made['groups']:,} example groups of {made['organisations']:,} organisations{note}. "
            "The name of each begins “Example”; make_examples --remove takes them all away."
        )


def _count(text: str) -> int:
    if (count := int(text)) < 1:
        raise ValueError
    return count
