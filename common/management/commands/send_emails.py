"""`manage.py send_emails`: send the e-mails that wait. For cron, every minute; or with `--every 10`, for a service."""

import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from common.emails import MailServerError, send_waiting


class Command(BaseCommand):
    help = (
        "Send the e-mails that wait. One that the mail server does not take now is tried again, after a minute at "
        "first, for three days; what could not be sent is shown on the staff pages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on for ever, and look so often.")

    def handle(self, **options: Any) -> None:
        if options["every"] is None:
            self._send_once(lambda: False)
            return
        stopped = threading.Event()
        # It stops between two e-mails, or after the one that is being sent.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            try:
                self._send_once(stopped.is_set)
            except (CommandError, DatabaseError) as error:
                self.stderr.write(str(error) if isinstance(error, CommandError) else type(error).__name__)
            close_old_connections()
            stopped.wait(options["every"])

    def _send_once(self, is_stopped: Callable[[], bool]) -> None:
        try:
            sent, failed = send_waiting(timezone.now(), is_stopped)
        except MailServerError as error:
            advice = "Look at EMAIL_URL. What waits is tried again."
            raise CommandError(f"The mail server cannot be used ({error}). {advice}") from error
        if sent or failed:
            self.stdout.write(f"{sent} sent, {failed} not sent.")
