"""The folder to which web server processes write their metrics, and from which another process adds them up."""

import os
from pathlib import Path
from typing import Any, cast

from django.conf import settings


def use_folder() -> Path:
    """Create the folder, and point `prometheus_client` to it, which looks for it when it is first imported."""
    folder = Path(settings.METRICS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def delete_stale_files() -> bool:
    """Delete the files of an earlier start, whose process ids may be reused. Return whether metrics are on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    if settings.METRICS_ADDRESS:
        for path in use_folder().glob("*.db"):
            path.unlink(missing_ok=True)
    return bool(settings.METRICS_ADDRESS)


def mark_process_dead(pid: int) -> None:
    """Delete the gauges of a process that has ended. Its counters stay."""
    if settings.METRICS_ADDRESS:
        use_folder()
        from prometheus_client import multiprocess

        cast(Any, multiprocess).mark_process_dead(pid)
