"""Baselines for the search page: the page without a search, and a minimal page."""

import os

from django.http import HttpRequest, HttpResponse
from django.template import engines

from groups.search.forms import GroupSearchForm
from groups.search.results import Results
from groups.search.service import search
from groups.search.views import results_page

#: The results of each query string, from its first request in this process.
_results: dict[str, Results] = {}
_constant_template = engines["django"].from_string("<!doctype html><title>{{ title }}</title><p>{{ words }}</p>")


def canned(request: HttpRequest) -> HttpResponse:
    """Render the search page from stored results: the same form, filters and template, but no search."""
    query_string = request.META["QUERY_STRING"]
    form = GroupSearchForm(request.GET)
    if query_string not in _results:
        _results[query_string] = search(form.query, snapshot=form.snapshot)
    form.snapshot = _results[query_string].snapshot
    return results_page(request, form, _results[query_string])


def constant(request: HttpRequest) -> HttpResponse:
    """A template of two variables."""
    return HttpResponse(_constant_template.render({"title": "Constant", "words": "A few words."}, request))


def worker_header(get_response):
    """Middleware: add the process id as X-Worker, to check that each worker shows an edit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["X-Worker"] = str(os.getpid())
        return response

    return middleware
