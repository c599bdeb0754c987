"""Lists of groups in frames of other sites, and the page that makes the line for them."""

from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from common.cache_dependencies import with_cache_dependencies
from common.cached_urls import cached_reverse
from common.content_security_policy import header_value
from common.crisis_lines import first_lines
from common.nations import Nation
from places.models import Area

from ..search.active_filters import query_without
from ..search.forms import GroupSearchForm
from ..search.query import Query
from ..search.service import cards_by_key, find_matches
from ..search.snapshot.snapshot import current_snapshot
from .lines import embed_lines
from .models import EmbedHost


@require_safe
@xframe_options_exempt
def area_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the first groups of an area, for a frame."""
    area = get_object_or_404(Area, slug=slug)
    nation = current_snapshot().lookups.areas.nation_of(area.pk)
    return _embed(request, Query(area=area), nation, area.get_absolute_url(), may_be_cached=True)


@require_safe
@xframe_options_exempt
def search_embed(request: HttpRequest) -> HttpResponse:
    """Return the first groups that a search finds, for a frame; 404 for a place that may be several."""
    form = GroupSearchForm(request.GET)
    if form.query.place is None and form.candidates is not None:
        raise Http404("Several places have this name.")
    query = query_without(form, "page", "list")
    # A whole page has its URL as key. What could not be read may be something typed.
    may_be_cached = not form.sentences
    url = f"{cached_reverse('groups:group_list')}?{query}"
    return _embed(request, form.query, form.nation, url, may_be_cached=may_be_cached)


def _embed(request: HttpRequest, query: Query, nation: Nation | None, url: str, *, may_be_cached: bool) -> HttpResponse:
    matches = find_matches(query)
    keys = [match.pk for match in matches.found.matches]
    cards = cards_by_key(matches.snapshot, keys, matches.now)
    context = {
        "heading": query.title,
        "cards": [cards[pk] for pk in keys if pk in cards],
        "total": matches.found.total,
        "address": url,
        "lines": first_lines({nation} if nation else ()),
    }
    response = render(request, "groups/embeds/embed.html", context)
    response["Content-Security-Policy"] = _policy()
    # The list of sites that may frame it is part of what the ETag covers.
    digest = blake2b(response.content + response["Content-Security-Policy"].encode(), digest_size=12).hexdigest()
    response["ETag"] = f'W/"{digest}"'
    with_cache_dependencies(response, matches.dependencies() if may_be_cached else None)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _policy() -> str:
    """Return the Content-Security-Policy that lets the listed sites, and our own, frame the page."""
    return header_value(settings.SECURE_CSP | {"frame-ancestors": ["'self'", *EmbedHost.objects.origins()]})


@require_safe
def embed_line(request: HttpRequest) -> HttpResponse:
    """Show the line of HTML with which another site shows the groups of a place."""
    form = GroupSearchForm(request.GET)
    query = query_without(form, "page", "list")
    area = form.query.searched_area
    is_whole_area = not {name for name, *_ in form.parameters} - {"near", "area", "page"}
    context: dict[str, Any] = {"form": form, "nation": form.nation}
    if query and not form.query.place_is_unknown and form.candidates is None:
        if area is not None and is_whole_area:
            url = reverse("groups:area_embed", args=[area.slug])
        else:
            url = f"{cached_reverse('groups:search_embed')}?{query}"
        context |= {
            "address": url,
            "title": form.query.title,
            "lines": embed_lines(url, form.query.title, request.build_absolute_uri),
        }
    return render(request, "groups/embeds/embed_line.html", context)
