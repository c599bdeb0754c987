"""The search results page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from common.cache_dependencies import with_cache_dependencies
from common.cached_urls import cached_reverse

from ..shortlist import ShortlistLinks, shortlist_query
from .active_filters import query_without
from .forms import GroupSearchForm
from .fragment_cache import fragments_of
from .results_page import render_results_page
from .service import matching_codes


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The search results. `add=all` redirects to them with all on the shortlist, `print=all` to the page to print."""
    form = GroupSearchForm(request.GET)
    links = ShortlistLinks(form.shortlist, query_without(form, "list"))
    if form.adds_all:
        return HttpResponseRedirect(links.url_with(matching_codes(form.query, form.snapshot)))
    if form.prints_all:
        query = shortlist_query(matching_codes(form.query, form.snapshot))
        return HttpResponseRedirect(f"{cached_reverse('groups:list_print')}?{query}")
    fragments, dependencies = fragments_of(form, links)
    response = HttpResponse(render_results_page(request, form, fragments))
    # A whole page has its URL as key. What could not be read may be something typed.
    return with_cache_dependencies(response, None if form.sentences else dependencies)
