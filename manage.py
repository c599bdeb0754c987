#!/usr/bin/env python
"""Django's command line for Alongside."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    from django.core.management import execute_from_command_line

    from peersupport.timers import record_run

    execute_from_command_line(sys.argv)
    # It ended well, or it would have raised something.
    record_run(sys.argv[1:])
