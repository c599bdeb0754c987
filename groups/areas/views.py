"""Maps as pictures, each at an address of its own, so that a page need not wait for one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from places.maps.drawing import Drawing
from places.models import Area

from ..search.forms import GroupSearchForm
from ..search.service import search
from .map import map_of
from .page import results_of_area

#: A picture may have a style of its own, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def group_map(request: HttpRequest) -> HttpResponse:
    """Where the groups that answer a search lie, as far as they stand on one page of it."""
    form = GroupSearchForm(request.GET)
    return _answer(request, map_of(search(form.query, here=form.directory)))


@require_safe
def area_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the groups of an area lie, as far as they stand on one page of it."""
    area = get_object_or_404(Area, slug=slug)
    return _answer(request, map_of(results_of_area(area, request.GET.get("page"))))


def _answer(request: HttpRequest, drawing: Drawing | None) -> HttpResponse:
    if drawing is None:
        raise Http404("There is nothing here that a map could show.")
    response = render(request, "components/map.svg", {"drawing": drawing}, content_type="image/svg+xml")
    response["Content-Security-Policy"] = _POLICY
    return response
