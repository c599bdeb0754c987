"""The site's settings, with two more pages as baselines for the search page."""

from peersupport.settings import *  # noqa: F403
from peersupport.settings import MIDDLEWARE

ROOT_URLCONF = "bench.searching.urls"
# Collected and hashed files would need a folder of their own; every page here does without them alike.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = ["bench.searching.pages.worker_header", *MIDDLEWARE]
