from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from groups.timetable.parse import parse
from groups.timetable.patterns import needs_a_date


class Command(BaseCommand):
    """Parses a list of written schedules, to see before an import how many can be read."""

    help = "Say what share of the schedules in a file can be read, one in each line, and which cannot."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A text file with one schedule in each line.")
        parser.add_argument("--show", action="store_true", help="Also say how each one was read.")

    def handle(self, *, file: Path, show: bool, **options: Any) -> None:
        try:
            lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as a text file in UTF-8.") from error
        if not lines:
            raise CommandError(f"{file} has no schedule in it.")
        readings = {line: parse(line) for line in lines}
        read = [line for line in lines if readings[line].patterns]
        self.stdout.write(f"Read {len(read)} of {len(lines)} ({100 * len(read) / len(lines):.0f} %).")
        for line in read if show else ():
            reading = readings[line]
            needs = " Needs a date on which it meets." if any(map(needs_a_date, reading.patterns)) else ""
            note = f" Note: {reading.note}" if reading.note else ""
            self.stdout.write(f"  {line}  =  {' '.join(pattern.sentence for pattern in reading.patterns)}{needs}{note}")
        unread = [line for line in lines if not readings[line].patterns]
        if unread:
            self.stdout.write("Not read:")
        for line in unread:
            self.stdout.write(f"  {line}")
