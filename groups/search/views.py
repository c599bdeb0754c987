"""The search results page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.page_addresses import page_address

from ..shortlist import ShortlistLinks, shortlist_query
from .active_filters import (
    active_filters,
    as_words,
    filters_in_words,
    query_without,
    quick_filters,
    unsaid_links,
)
from .few_results import few_results_suggestions
from .forms import GroupSearchForm
from .quarters import quarters
from .results import Results
from .service import matching_codes, nearest_cards, search
from .unknown_place import unknown_place
from .view_switch import view_switch


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The search results. For `add=all` a redirect that puts all of them on the shortlist, for `print=all` one to the
    page to print of them.
    """
    form = GroupSearchForm(request.GET)
    links = ShortlistLinks(form.shortlist, query_without(form, "list"))
    if form.adds_all:
        return HttpResponseRedirect(links.address_with(matching_codes(form.query, form.snapshot)))
    if form.prints_all:
        query = shortlist_query(matching_codes(form.query, form.snapshot))
        return HttpResponseRedirect(f"{page_address('groups:list_print')}?{query}")
    return results_page(request, form, search(form.query, snapshot=form.snapshot, links=links))


def results_page(request: HttpRequest, form: GroupSearchForm, results: Results) -> HttpResponse:
    """Render the page of what a search found."""
    chips = active_filters(form)
    has_choice = results.total > 1 and not form.danger
    context = {
        "form": form,
        "nation": form.nation,
        "danger": form.danger,
        "results": results,
        "chips": chips,
        "asked": filters_in_words(chips),
        "quick": quick_filters(form, results.counts) if has_choice else [],
        "views": view_switch(form, "groups:group_list") if results.cards else [],
        "as_words": as_words(form),
        "unsaid": [] if form.danger else unsaid_links(form, results.unsaid),
        "nothing_asked": not request.GET.keys() - {"list"},
        "query": query_without(form, "page"),
        "canonical": query_without(form, "page", "list"),
        "feed_query": query_without(form, "page", "sort", "list"),
        "map_addresses": {
            "picture": f"{page_address('groups:group_map')}?{query_without(form, 'list')}",
            "page": f"{page_address('groups:group_list_map')}?{query_without(form)}",
        },
        "help_on": few_results_suggestions(form, results.matches) if results.are_few else [],
        "nearest": nearest_cards(results.matches, results.links) if results.are_few else [],
        "unknown_place": unknown_place(form),
        "quarters": None if form.danger else quarters(form, results.matches),
    }
    return render(request, "groups/search/group_list.html", context)
