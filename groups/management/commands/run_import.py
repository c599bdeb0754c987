"""`manage.py run_import`: read or write one long spreadsheet. The staff page of imports starts it."""

import os
import resource
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib import admin
from django.core.management.base import BaseCommand

from groups.spreadsheets.background import collect_less_often, perform
from groups.spreadsheets.import_pages import ImportPages
from groups.spreadsheets.models import ImportRun
from groups.spreadsheets.resources.groups import GROUPS

#: What an import may cost: seconds by the clock, and bytes of memory.
MOST_SECONDS, MOST_MEMORY = 30 * 60, 3 * 2**30


class Command(BaseCommand):
    help = "Read or write one long spreadsheet, for the staff page that waits for it. It is not for people to run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int)
        parser.add_argument("process")

    def handle(self, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"], process=options["process"]).select_related("user").first()
        if run is None:
            return
        # Pages have priority.
        os.nice(5)
        signal.alarm(MOST_SECONDS)
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        collect_less_often()
        perform(run, ImportPages(GROUPS, admin.site))
