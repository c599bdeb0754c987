from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.statistics import analyse
from groups.seed_data.files import DATA, BadFile
from groups.seed_data.load import PlacesMissing, load_directory


class Command(BaseCommand):
    """Loads the seed data. Idempotent; what editors have changed since is not overwritten."""

    help = "Load organisations, groups and all that is theirs from groups/seed_data. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="Another folder of the same shape as groups/seed_data."
        )

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            summary = load_directory(folder, say=self.say)
        except BadFile as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except PlacesMissing as error:
            raise CommandError(str(error)) from error
        analyse()
        self.say(str(summary))

    def say(self, words: str) -> None:
        self.stdout.write(words)
