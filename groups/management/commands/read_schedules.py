from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from groups.timetable.parse import parse
from groups.timetable.readings import Question, Reading, Refused


class Command(BaseCommand):
    """Parses a list of written schedules, to see before an import how many can be read."""

    help = "Say how the schedules in a file, one in each line, are read, asked about or refused, as the import does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A text file with one schedule in each line.")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as a text file in UTF-8.") from error
        if not lines:
            raise CommandError(f"{file} has no schedule in it.")
        today = timezone.localdate()
        results = [(line, parse(line, today)) for line in lines]
        read = [f"{line}  =  {result.sentence}" for line, result in results if isinstance(result, Reading)]
        asked = [f"{line}  ?  {result.text}" for line, result in results if isinstance(result, Question)]
        refused = [f"{line}  {result.reason}" for line, result in results if isinstance(result, Refused)]
        for title, found in (("Read", read), ("Asked about", asked), ("Refused", refused)):
            self.stdout.write(f"{title}: {len(found)} of {len(lines)} ({100 * len(found) / len(lines):.0f} %).")
            for line in found:
                self.stdout.write(f"  {line}")
