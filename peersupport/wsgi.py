"""The entry point for gunicorn. Each worker imports it."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")

application = get_wsgi_application()

# Importing all views takes a quarter of a second, and reading the directory a second or more: not in a request.
import_module(settings.ROOT_URLCONF)
import_module("groups.search.snapshot.snapshot").read_ahead()
