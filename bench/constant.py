"""The site's URLs, and a page that is a template of two variables: what Django itself costs."""

import os
import time

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

_template = engines["django"].from_string("<!doctype html><title>{{ title }}</title><p>{{ words }}</p>")


def worker_header(get_response):
    """Middleware: add which worker answered, and the milliseconds of its processor that it took."""

    def middleware(request):
        began = time.process_time()
        response = get_response(request)
        response["X-Work"] = f"{os.getpid()} {(time.process_time() - began) * 1000:.3f}"
        return response

    return middleware


def constant(request):
    return HttpResponse(_template.render({"title": "Constant", "words": "A few words."}, request))


urlpatterns = [path("constant/", constant), path("", include("peersupport.urls"))]
