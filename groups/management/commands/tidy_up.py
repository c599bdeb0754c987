"""`manage.py tidy_up`: erase what must not be kept. For cron, once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from groups.models import SheetUpload
from groups.telling import tidy_up


class Command(BaseCommand):
    help = "Erase e-mail addresses 90 days after what they were left for is closed, and every mark of who sent a form."

    def handle(self, **options) -> None:
        erased = tidy_up(timezone.localdate()) | {"Spreadsheets": SheetUpload.forget_old(timezone.now())}
        for what, number in erased.items():
            self.stdout.write(f"{what}: {number:,} erased.")
