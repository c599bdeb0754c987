"""`manage.py send_check_requests`: ask organisations whether their listings are still right. For cron, once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.emails import MailServerError
from groups.verification.sending import send_check_requests


class Command(BaseCommand):
    help = (
        "Write to each organisation with listings that nobody has checked for six months. It gets one message for all "
        "of them, with a link to answer by, and at most one in a fortnight."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say who would be asked, and send nothing.")

    def handle(self, **options: Any) -> None:
        number = 0
        try:
            for outcome in send_check_requests(timezone.localdate(), dry_run=options["dry_run"]):
                listings = len(outcome.listings)
                of = f"{listings} listing{'' if listings == 1 else 's'}"
                self.stdout.write(f"{outcome.organisation} ({of}): {outcome.words}.")
                number += 1
        except MailServerError as error:
            advice = "Look at EMAIL_URL, and run this again."
            raise CommandError(f"The mail server cannot be used ({error}). {advice}") from error
        if not number:
            self.stdout.write("Nobody has to be asked today.")
