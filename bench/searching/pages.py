"""The search page without a search, and the least that a page can be."""

import os

from django.http import HttpRequest, HttpResponse
from django.template import engines

from groups.search.forms import GroupSearchForm
from groups.search.results import Results
from groups.search.service import search
from groups.views import results_page

#: What each question found when it was first asked of this process.
_kept: dict[str, Results] = {}
_small = engines["django"].from_string("<!doctype html><title>{{ title }}</title><p>{{ words }}</p>")


def canned(request: HttpRequest) -> HttpResponse:
    """The search page of results that were found long ago: the same form, chips and template, and no search."""
    asked = request.META["QUERY_STRING"]
    form = GroupSearchForm(request.GET)
    if asked not in _kept:
        _kept[asked] = search(form.query, here=form.directory)
    form.directory = _kept[asked].directory
    return results_page(request, form, _kept[asked])


def constant(request: HttpRequest) -> HttpResponse:
    """A template of two variables."""
    return HttpResponse(_small.render({"title": "Constant", "words": "A few words."}, request))


def say_which_worker(get_response):
    """Put the process in a header, so that it can be seen that each of them knows of an edit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["X-Worker"] = str(os.getpid())
        return response

    return middleware
