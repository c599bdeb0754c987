"""Maps: as a page, where pins are links to the cards below, and as pictures at addresses of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from places.models import Area

from ..areas.request import AreaRequest
from ..search.active_filters import active_filters, query_without
from ..search.forms import GroupSearchForm
from ..search.query import Query
from ..search.results import Matches
from ..search.service import find_matches, search
from ..search.unknown_place import unknown_place
from ..search.view_switch import view_switch
from ..shortlist import ShortlistLinks
from .results_map import results_map

#: Content Security Policy of an SVG: inline styles only.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def group_list_map(request: HttpRequest) -> HttpResponse:
    """The results of a search on a map, with the cards of the page below."""
    form = GroupSearchForm(request.GET)
    links = ShortlistLinks(form.shortlist, query_without(form, "list"))
    results = search(form.query, snapshot=form.snapshot, links=links)
    context = {
        "form": form,
        "nation": form.nation,
        "danger": form.danger,
        "results": results,
        "drawing": results_map(results.matches, results.cards),
        "chips": active_filters(form),
        "views": view_switch(form, "groups:group_list_map"),
        "unknown_place": unknown_place(form),
        "query": query_without(form, "page"),
        "list_query": query_without(form),
    }
    return render(request, "groups/maps/group_list_map.html", context)


@require_safe
def group_map(request: HttpRequest) -> HttpResponse:
    """Return the map of one page of search results, as a picture."""
    form = GroupSearchForm(request.GET)
    return _picture(request, find_matches(form.query, snapshot=form.snapshot))


@require_safe
def area_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the map of one page of the groups of an area, as a picture."""
    area = get_object_or_404(Area, slug=slug)
    return _picture(request, find_matches(Query(area=area, page=AreaRequest.read(request.GET).page)))


def _picture(request: HttpRequest, matches: Matches) -> HttpResponse:
    if not matches.has_map:
        raise Http404("There is nothing here that a map could show.")
    context = {"drawing": results_map(matches)}
    response = render(request, "components/map.svg", context, content_type="image/svg+xml")
    response["Content-Security-Policy"] = _POLICY
    return response
