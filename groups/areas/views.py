"""Maps as pictures, each at an address of its own, so that a page need not wait for one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.choices import AreaKind
from places.maps.drawing import Drawing
from places.models import Area

from ..search.forms import GroupSearchForm
from ..search.query import Query
from ..search.service import matching_codes, search
from ..search.snapshot.snapshot import directory
from ..shortlist import Shortlist, ShortlistLinks
from .map import map_of
from .page import area_page, regions_with_groups, results_of_area
from .whats_on import week_page

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


@require_safe
def area_list(request: HttpRequest) -> HttpResponse:
    """Every region and nation, where in it something is listed, and the areas people say."""
    regions = regions_with_groups()
    context = {
        "england": [region for region in regions if region.area.kind == AreaKind.REGION],
        "others": [region for region in regions if region.area.kind != AreaKind.REGION],
        "informal": list(Area.objects.informal()),
    }
    return render(request, "groups/areas/area_list.html", context)


@require_safe
def area_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One area: what meets there, what is for all of it, other peer support, what is near by, what is online."""
    area = get_object_or_404(Area, slug=slug)
    chosen = Shortlist.read(request.GET.getlist("list"))
    if request.GET.get("add") == "all":
        found = matching_codes(Query(area=area), directory())
        return HttpResponseRedirect(ShortlistLinks(chosen).address_with(found))
    page = area_page(area, request.GET.get("page"), chosen, request.GET.get("wider") == "all")
    return render(request, "groups/areas/area_detail.html", {"area": area, "nation": area.nation, "here": page})


@require_safe
def area_week(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on in an area in the seven days from today, or in one of the weeks after."""
    area = get_object_or_404(Area, slug=slug)
    context = {"area": area, "nation": area.nation, "week": week_page(area, request.GET.get("week"), timezone.now())}
    return render(request, "groups/areas/area_week.html", context)
