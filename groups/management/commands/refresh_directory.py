from typing import Any

from django.core.management.base import BaseCommand

from groups.search.snapshot.change_log import note_change


class Command(BaseCommand):
    """Invalidates the search snapshot of every process, after raw SQL or a restored backup."""

    help = "Make every running process read the whole directory again before, or soon after, its next page."

    def handle(self, **options: Any) -> None:
        note_change(None)
        self.stdout.write("Every process reads the directory again when it is next asked for a page.")
