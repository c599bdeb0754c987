"""The page of search results."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..shortlist import ShortlistLinks
from .active_filters import active_filters, query_without
from .forms import GroupSearchForm
from .no_results import no_results_suggestions
from .results import Results
from .service import matching_codes, search


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups that answer what was asked."""
    form = GroupSearchForm(request.GET)
    choosing = ShortlistLinks(form.chosen, query_without(form, "list"))
    if form.adds_all:
        return HttpResponseRedirect(choosing.address_with(matching_codes(form.query, form.directory)))
    return results_page(request, form, search(form.query, here=form.directory, choosing=choosing))


def results_page(request: HttpRequest, form: GroupSearchForm, results: Results) -> HttpResponse:
    """The page that says what was found; apart from the search, so that each can be measured (`bench/search.py`)."""
    context = {
        "form": form,
        "nation": form.nation,
        "danger": form.danger,
        "results": results,
        "chips": active_filters(form),
        "nothing_asked": not request.GET.keys() - {"list"},
        "query": query_without(form, "page"),
        "canonical": query_without(form, "page", "list"),
        "map_query": query_without(form, "list"),
        "help_on": no_results_suggestions(form) if not results.total else [],
    }
    return render(request, "groups/search/group_list.html", context)
