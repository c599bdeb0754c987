"""How the site is served in production: `gunicorn peersupport.wsgi` reads this file by itself."""

import os

bind = "0.0.0.0:8000"
# One process for each core: pages are work for the processor, and nginx keeps slow visitors away from them. And two
# more, for what takes long: files of many groups, and passwords. They never take the last one (docs/adr/0029).
FEWEST = 3
workers = max(FEWEST, int(os.environ.get("WEB_CONCURRENCY") or len(os.sched_getaffinity(0)) + 2))
worker_class = "sync"
# A worker shows that it is alive by touching a file; on the disk of a container that can take seconds.
worker_tmp_dir = "/dev/shm"


def nworkers_changed(server, new_value, old_value):
    """Tell the workers, which read it when they start, how many they are; and never be too few."""
    if 0 < new_value < FEWEST:
        server.num_workers = FEWEST
    elif new_value:
        os.environ["WEB_CONCURRENCY"] = str(new_value)


# A sheet of 5,000 groups takes half a minute to write; on a busy machine, a whole one.
timeout = 90
# It would want a home to keep a socket in; nobody controls a container from inside.
control_socket_disable = True
# Nobody's address and nothing that anybody typed is written anywhere.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_query_strings": {"()": "peersupport.logs.NoQueryStrings"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_query_strings"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
