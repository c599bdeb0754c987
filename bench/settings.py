"""The site's settings, with a constant page to compare others with."""

from peersupport.settings import *  # noqa: F403
from peersupport.settings import DATABASES, MIDDLEWARE

ROOT_URLCONF, MIDDLEWARE = "bench.constant", ["bench.constant.worker_header", *MIDDLEWARE]
# What a backend of PostgreSQL has used is read from its process, so none may end between two readings.
DATABASES["default"]["CONN_MAX_AGE"] = None
