import sys
from typing import Any

from django.core.management.base import BaseCommand

from peersupport.doctor.checks import examine


class Command(BaseCommand):
    """Names what is wrong with a site that runs, and says nothing of a sound one."""

    help = "Say what is wrong with this site, a sentence for each fault and what to do. Ends with 1 if anything is."
    # Its own checks say more, and none of them may keep the others from being made.
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        faults = 0
        for fault in examine():
            self.stdout.write(fault)
            faults += 1
        if faults:
            sys.exit(1)
