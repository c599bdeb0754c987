"""What a worker imports before its first request: its memory is taken once for each worker."""

import subprocess
import sys

from .repository import ROOT

#: Libraries of several MB, which few requests need: workbooks, calendars, QR codes and JSON Schema.
LATE = {"openpyxl", "PIL", "icalendar", "segno", "jsonschema"}


def test_libraries_that_few_requests_need_are_not_imported_at_the_start():
    code = "import django; django.setup(); import peersupport.urls, sys; print(*sorted({*sys.modules}), sep='\\n')"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert LATE & {*done.stdout.split()} == set()
