"""Pages of areas."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from common.cache_dependencies import CacheDependencies, with_cache_dependencies
from common.compiled_queries import rows_of
from common.models.content_version import COUNTS, PLACES
from common.structured_data import breadcrumbs, json_ld_script, site_url
from places.choices import AreaKind
from places.models import Area

from ..models import Venue
from ..search.active_filters import active_filters
from ..search.forms import GroupSearchForm
from ..search.query import Query
from ..search.service import matching_codes
from ..search.snapshot.snapshot import current_snapshot
from ..search.view_switch import view_switch
from ..shortlist import ShortlistLinks
from ..structured_data import area_page_nodes
from .page import AreaPage, all_areas, area_page
from .request import AreaRequest, read_week
from .search_week import search_week
from .venue import venue_page
from .whats_on import week_page


@require_safe
def group_week(request: HttpRequest) -> HttpResponse:
    """Show the meetings of the groups that match a search, in the seven days from today."""
    form = GroupSearchForm(request.GET)
    chips = active_filters(form)
    context = {
        "form": form,
        "nation": form.nation,
        "danger": form.danger,
        "week": search_week(form.query, form.snapshot, timezone.now()),
        "chips": chips,
        "views": view_switch(form, "groups:group_week"),
    }
    return render(request, "groups/areas/group_week.html", context)


@require_safe
def venue_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return the page of a public venue where something meets; 404 for any other.

    The address of one that was merged into it redirects there.
    """
    venues = Venue.objects.select_related("town", "district").prefetch_related(
        "access_features", "source_records__source"
    )
    page = venue_page(get_object_or_404(venues.with_public_id(public_id)), timezone.now())
    if page is None:
        raise Http404
    if page.venue.public_id != public_id:
        return redirect(page.venue, permanent=True)
    context = {"page": page, "venue": page.venue, "nation": page.venue.nation}
    return render(request, "groups/areas/venue_detail.html", context)


@require_safe
def area_list(request: HttpRequest) -> HttpResponse:
    """List the regions and nations with their areas that have groups, and the informal areas."""
    areas = all_areas()
    context = {
        "england": [region for region in areas.regions if region.area.kind == AreaKind.REGION],
        "others": [region for region in areas.regions if region.area.kind != AreaKind.REGION],
        "informal": areas.informal,
    }
    return with_cache_dependencies(
        render(request, "groups/areas/area_list.html", context), CacheDependencies((COUNTS, PLACES))
    )


@require_safe
def area_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one area: its groups, area-wide and online groups, other peer support, and areas near by."""
    area = next(iter(rows_of(_at_slugs, [slug])), None)
    if area is None:
        raise Http404
    area_request = AreaRequest.read(request.GET)
    if area_request.adds_all:
        codes = matching_codes(Query(area=area), current_snapshot())
        return HttpResponseRedirect(ShortlistLinks(area_request.shortlist).url_with(codes))
    page = area_page(area, area_request)
    nation = page.results.snapshot.lookups.areas.nation_of(area.pk)
    context = {
        "area": area,
        "nation": nation,
        "found": page,
        "results": page.results,
        "structured_data": _structured_data(page, site_url(request)),
    }
    dependencies = page.results.matches.dependencies(page.results.other_support.organisations)
    response = render(request, "groups/areas/area_detail.jinja", context, using="jinja2")
    return with_cache_dependencies(response, dependencies)


@require_safe
def area_week(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the meetings in an area in the seven days from today, or in a later week."""
    area = get_object_or_404(Area, slug=slug)
    context = {"area": area, "nation": area.nation, "week": week_page(area, read_week(request.GET), timezone.now())}
    return render(request, "groups/areas/area_week.html", context)


def _structured_data(page: AreaPage, site: str) -> SafeString:
    above = page.ancestors[-1].url if page.ancestors else ""
    return json_ld_script([*area_page_nodes(page.area, above, page.groups, site), breadcrumbs(page.trail, site)])


def _at_slugs(slugs: list[str]) -> QuerySet[Area]:
    return Area.objects.filter(slug__in=slugs)
