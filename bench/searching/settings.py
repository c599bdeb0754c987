"""The site as it is served, with two more pages to hold the search page against."""

from peersupport.settings import *  # noqa: F403
from peersupport.settings import MIDDLEWARE

ROOT_URLCONF = "bench.searching.urls"
# Collected and hashed files would need a folder of their own; every page here does without them alike.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = ["bench.searching.pages.say_which_worker", *MIDDLEWARE]
