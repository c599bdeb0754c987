"""The entry point for gunicorn. Each worker imports it, and answers when that is done."""

import os
from importlib import import_module
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.urls import resolve, reverse

from common.slots import FILES, PASSWORDS, ServerBusy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")


def warm_up() -> None:
    """Render one page of results and the refusals, without middleware, so that no visitor waits for the first of each.

    Templates, forms and URLs are compiled on first use: 0.3 s for a search, twenty times the usual for a refusal.
    """
    path, host = reverse("groups:group_list"), (*settings.ALLOWED_HOSTS, "")[0].lstrip("*.") or "localhost"
    environ = {"PATH_INFO": path, "QUERY_STRING": "near=London", "HTTP_HOST": host}
    setup_testing_defaults(environ)
    request = WSGIRequest(environ)
    resolve(path).func(request)
    views = import_module("peersupport.views")
    for pool in (FILES, PASSWORDS):
        views.server_busy(request, ServerBusy(pool))


application = get_wsgi_application()

# Importing all views takes a quarter of a second, and reading the directory a second or more: not in a request. With
# DEBUG the first request reads it: a 503 page would be a traceback.
import_module(settings.ROOT_URLCONF)
if not settings.DEBUG:
    import_module("groups.search.snapshot.snapshot").read_ahead(warm_up)
