"""Configuration of gunicorn in production; `gunicorn peersupport.wsgi` reads it by default."""

import mmap
import os
import signal
import sys
import threading
import time
from functools import partial

bind = "0.0.0.0:8000"
# One worker for each core, since pages are CPU-bound and nginx buffers slow clients; and two for slow requests (large
# files, and passwords), which never occupy the last worker (docs/adr/0029).
MIN_WORKERS = 3
workers = max(MIN_WORKERS, int(os.environ.get("WEB_CONCURRENCY") or len(os.sched_getaffinity(0)) + 2))
worker_class = "sync"
# The heartbeat is a file; on the disk of a container touching it can block for seconds.
worker_tmp_dir = "/dev/shm"


def nworkers_changed(server, new_value, old_value):
    """Pass the number of workers to new ones in WEB_CONCURRENCY, and enforce the minimum."""
    if 0 < new_value < MIN_WORKERS:
        server.num_workers = MIN_WORKERS
    elif new_value:
        os.environ["WEB_CONCURRENCY"] = str(new_value)


def in_child(action):
    """Return whether an action that imports the site returns true: in a process of its own.

    What the master has imported its workers have, after a reload too: settings and code of the version before.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if action() else 1
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def on_starting(server):
    """Delete the metrics of an earlier start, if metrics are on."""

    def delete_stale_files():
        from peersupport.metrics.files import delete_stale_files

        return delete_stale_files()

    server.has_metrics = in_child(delete_stale_files)
    share_directory(server)
    begin_generation(server)


def on_reload(server):
    """Share nothing between workers of an older and of a newer version of the site but who answers."""
    share_directory(server)
    begin_generation(server)


# A byte in memory, which the workers of one start or reload and those that replace them share: whether these workers
# answer until they are replaced, or are replaced now.
ANSWERS, IS_WAITED_FOR, IS_REPLACED = 0, 1, 2
# Without a database no worker is ever ready: after this time old workers leave, and new ones answer, all the same.
HANDOVER_SECONDS = 120


def begin_generation(server):
    """Have the workers that there are answer until those that are forked from now on have read the directory."""
    server.former, server.generation = getattr(server, "generation", None), mmap.mmap(-1, 1)
    if server.former is not None:
        server.former[0] = IS_WAITED_FOR


def join_generation(server, worker):
    """Hand the bytes of its generation and of the former one to a worker."""
    worker.generation, worker.former = server.generation, server.former


def post_fork(server, worker):
    """Prepare a worker: it forgets, too, what the master has imported for logging, perhaps of an older version."""
    join_generation(server, worker)
    for name in [name for name in sys.modules if name.partition(".")[0] == "peersupport"]:
        del sys.modules[name]


def post_worker_init(worker):
    """Answer nothing before the directory is read, where older workers still answer; and leave in the same way."""
    if worker.former is not None and worker.former[0] == IS_WAITED_FOR:
        from groups.search.snapshot.snapshot import is_reading_ahead

        until = time.monotonic() + HANDOVER_SECONDS
        while worker.alive and is_reading_ahead() and time.monotonic() < until:
            worker.notify()
            time.sleep(0.05)
        worker.former[0] = IS_REPLACED
    signal.signal(signal.SIGTERM, partial(leave, worker))
    # As gunicorn has it: what a request waits for goes on.
    signal.siginterrupt(signal.SIGTERM, False)


def leave(worker, number, frame):
    """End a worker as gunicorn does; after a reload not before it is replaced."""
    if worker.generation[0] != IS_WAITED_FOR:
        worker.handle_exit(number, frame)
    elif not hasattr(worker, "leaving"):
        worker.leaving = threading.Thread(target=leave_when_replaced, args=[worker], daemon=True)
        worker.leaving.start()


def leave_when_replaced(worker):
    """Wait until workers of a newer generation are ready, and then end this one. gunicorn asks it only once."""
    until = time.monotonic() + HANDOVER_SECONDS
    while worker.generation[0] == IS_WAITED_FOR and time.monotonic() < until:
        time.sleep(0.05)
    worker.generation[0] = IS_REPLACED
    os.kill(os.getpid(), signal.SIGTERM)


def share_directory(server):
    """Make a file in memory, in which one worker leaves the directory that it has read for the others (ADR 39)."""
    if not hasattr(os, "memfd_create"):
        return
    before = getattr(server, "directory_file", None)
    server.directory_file = os.memfd_create("directory")
    os.environ["DIRECTORY_FILE"] = str(server.directory_file)
    if before is not None:
        os.close(before)


def child_exit(server, worker):
    """Delete the gauges of a worker that has ended."""

    def mark_dead():
        from peersupport.metrics.files import mark_process_dead

        mark_process_dead(worker.pid)
        return True

    if server.has_metrics:
        in_child(mark_dead)


# An export of 20,000 groups as a workbook takes half a minute, up to a minute under load.
timeout = 90
# The socket would need a writable home directory, and is not used in a container.
control_socket_disable = True
# No client addresses and nothing that people type are logged.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_query_strings": {"()": "peersupport.logs.NoQueryStrings"}},
    "formatters": {
        "line": {
            "()": "peersupport.logs.BareFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_query_strings"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
