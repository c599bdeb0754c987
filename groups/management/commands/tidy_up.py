"""`manage.py tidy_up`: delete data past its retention limit. For cron, once a day."""

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from common.emails import delete_failed
from groups.feedback.retention import tidy_up
from groups.spreadsheets.models import ExportRun, ImportRun, SheetUpload


class Command(BaseCommand):
    help = (
        "Erase e-mail addresses 90 days after what they were left for is closed, and what was set aside for 90 days. "
        "Erase every mark of who sent a form, and those of wrong passwords that shut nobody out any more."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        expired = AccessAttempt.objects.filter(attempt_time__lte=now - settings.AXES_COOLOFF_TIME)
        erased = tidy_up(timezone.localdate()) | {
            "Marks of wrong passwords": expired.delete()[0],
            "Spreadsheets": SheetUpload.delete_expired(now),
            "Imports of them": ImportRun.delete_expired(now),
            "Exports of them": ExportRun.delete_expired(now),
            "E-mails that could not be sent": delete_failed(now),
        }
        for what, number in erased.items():
            self.stdout.write(f"{what}: {number:,} erased.")
