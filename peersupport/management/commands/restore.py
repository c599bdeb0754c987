from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from peersupport.backups.files import BadBackup
from peersupport.backups.restoring import check_backup, restore_backup


class Command(BaseCommand):
    """Restores a backup, all of it or nothing."""

    help = (
        "Put a backup in the place of everything there is. The database must be migrated. A file that is damaged, cut "
        "short, or of another version of the site changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file that `backup` wrote.")
        parser.add_argument("--identity", default="", help="The file of the secret key, as age-keygen writes it.")
        parser.add_argument("--check", action="store_true", help="Only say whether the file could be restored.")
        parser.add_argument("--yes", action="store_true", help="Do not ask before what there is is replaced.")

    def handle(self, *, file: Path, identity: str, check: bool, yes: bool, **options: Any) -> None:
        try:
            backup = check_backup(file, identity)
            rows = f"{sum(backup.rows.values()):,} rows of {len(backup.rows)} tables"
            self.stdout.write(f"{file}: {rows}, made at {backup.made_at} from {backup.database}. It is whole.")
            if check:
                return
            if not yes and input("Replace everything in this database by it? (yes/no) ").strip().lower() != "yes":
                raise CommandError("Nothing was changed.")
            postcodes_are_right = restore_backup(file, identity)
        except (BadBackup, OSError) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.stdout.write("It is restored. Everybody signs in again.")
        if not postcodes_are_right:
            self.stdout.write("Postcodes are not in it. Run load_places now: it puts them back.")
