from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peersupport.backups.files import BadBackup
from peersupport.backups.writing import write_backup


class Command(BaseCommand):
    """Writes a backup that can be restored into SQLite and PostgreSQL alike."""

    help = (
        "Write everything but sessions, counts of wrong passwords and postcodes into a new file, as it is at one "
        "moment. It holds what nobody else may see: encrypt it, or keep it where nobody else comes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Where to. There must be no such file.")
        parser.add_argument(
            "--recipient",
            default=settings.BACKUP_RECIPIENT,
            help="The public key of age to encrypt to (age1…). Default: BACKUP_RECIPIENT.",
        )

    def handle(self, *, file: Path, recipient: str, **options: Any) -> None:
        try:
            counts = write_backup(file, recipient)
        except (BadBackup, OSError) as error:
            raise CommandError(f"{error.strerror or error if isinstance(error, OSError) else error}") from error
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{sum(counts.values()):,} rows of {len(counts)} tables in {file} ({size:,.1f} MB).")
        if not recipient:
            self.stdout.write("It is not encrypted: set BACKUP_RECIPIENT.")
