from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from common.statistics import analyse
from places.loading.gazetteer import load_gazetteer
from places.loading.rows import BadFile
from places.loading.sources import Sources


class Command(BaseCommand):
    """Loads the gazetteer. Idempotent: files that are loaded already are skipped."""

    help = "Load areas, towns and postcodes from places/data. Safe to run again: the same files are skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--postcodes",
            type=Path,
            metavar="FILE",
            help="A newer postcode file of the same shape as places/data/postcodes.csv.xz (.csv or .csv.xz).",
        )

    def handle(self, *, postcodes: Path | None, **options: Any) -> None:
        bar: tqdm | None = None

        def progress(total: int) -> Any:
            nonlocal bar
            # disable=None: no bar where nobody is watching a terminal.
            bar = tqdm(total=total, desc="Postcodes", unit="", unit_scale=True, disable=None, leave=False)
            return bar.update

        try:
            loaded = load_gazetteer(Sources(given_postcodes=postcodes), say=self.say, progress=progress)
        except BadFile as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        finally:
            if bar is not None:
                bar.close()
        if loaded:
            analyse()
        else:
            self.say("Places are up to date: these files are already loaded.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
