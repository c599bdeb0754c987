"""The entry point for gunicorn. Each worker imports it, and answers when that is done."""

import os
from importlib import import_module
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.urls import resolve, reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")


def draw_a_search() -> None:
    """Draw a page of results for nobody, without middleware: the first takes 0.3 s longer, for templates and forms."""
    path, host = reverse("groups:group_list"), (*settings.ALLOWED_HOSTS, "")[0].lstrip("*.") or "localhost"
    environ = {"PATH_INFO": path, "QUERY_STRING": "near=London", "HTTP_HOST": host}
    setup_testing_defaults(environ)
    resolve(path).func(WSGIRequest(environ))


application = get_wsgi_application()

# Importing all views takes a quarter of a second, and reading the directory a second or more: not in a request.
import_module(settings.ROOT_URLCONF)
import_module("groups.search.snapshot.snapshot").read_ahead(draw_a_search)
