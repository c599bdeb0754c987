"""The folder in which the processes of the web server write their figures, and another process adds them up."""

import os
from pathlib import Path
from typing import Any, cast

from django.conf import settings


def use_folder() -> Path:
    """Make the folder, and have `prometheus_client` write there: it looks when it is imported, so not before this."""
    folder = Path(settings.METRICS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def start_anew() -> bool:
    """Delete the figures of processes of an earlier start, whose numbers may be given to new ones.

    Returns whether figures are taken.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    if settings.METRICS_ADDRESS:
        for path in use_folder().glob("*.db"):
            path.unlink(missing_ok=True)
    return bool(settings.METRICS_ADDRESS)


def forget_process(pid: int) -> None:
    """Take away what a process that has ended said of its own state. What it counted stays."""
    if settings.METRICS_ADDRESS:
        use_folder()
        from prometheus_client import multiprocess

        cast(Any, multiprocess).mark_process_dead(pid)
