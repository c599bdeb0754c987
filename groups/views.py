"""The home page, the pages of groups, and the pages about starting one."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.cache_dependencies import CacheDependencies, with_cache_dependencies
from common.cached_urls import reverse_slug
from common.models.content_version import COUNTS, PLACES
from common.rendering import render_jinja
from common.structured_data import breadcrumbs, json_ld_script, site_url
from organisations.forms import PlaceForm
from organisations.models import Contact, Training
from organisations.nearest import CONTACT_AREAS, first_offers, offers_page
from organisations.views import listing_at
from places.location.results import LocatedPlace

from .areas.cache_dependencies import group_page_dependencies
from .areas.nearby import nearby_cards, nearby_groups, origin_of
from .areas.page import all_areas, group_trail
from .cards import GroupCard
from .choices import Stage
from .group_reader import read_page
from .models import SupportGroup
from .presenters import (
    essentials,
    first_visit,
    more_facts,
    not_known,
    stage_words,
    venues_to_find,
    wanted,
    who_can_come,
)
from .search.query import MILES, Query
from .search.service import search
from .search.snapshot.snapshot import current_snapshot
from .shortlist import Shortlist, ShortlistLinks
from .source_quotes import shown_quotes
from .structured_data import group_nodes

#: How many rows of each kind an overview page shows before its link to all.
FIRST_FEW = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box, and the areas with listed groups."""
    response = render(request, "groups/home.html", {"regions": all_areas().regions})
    return with_cache_dependencies(response, CacheDependencies((COUNTS, PLACES)))


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One group; for a closed one, with open groups near by."""
    now, today = timezone.now(), timezone.localdate()
    group = read_page(slug)
    shortlist = Shortlist.of(request.GET)
    shortlist_links = ShortlistLinks(shortlist)
    if group is None:
        renamed = listing_at(SupportGroup.objects.published().of_listed_organisations(), slug)
        return redirect(renamed.get_absolute_url() + shortlist.suffix, permanent=True)
    snapshot, dates = current_snapshot(), group.page_dates(now)
    begins_with = essentials(group, dates, today)
    origin = origin_of(group)
    nearby = nearby_groups(origin, snapshot, now)
    is_chosen = group.code in shortlist
    trail = group_trail(group, snapshot)
    page = render_jinja(
        "components/group_page.jinja",
        group=group,
        shortlist=shortlist,
        choose=shortlist_links.for_code(group.code),
        is_chosen=is_chosen,
        offers_list=is_chosen or group.can_be_printed,
        essentials=begins_with,
        begins_with_essentials=not group.has_ended,
        dates=dates,
        a_time_is_known=any(row.meeting.starts_at for row in begins_with.later.rows),
        venues=venues_to_find(group, begins_with, dates),
        short_url=request.build_absolute_uri(reverse_slug("groups:group_short", group.code)),
        near_by=nearby_cards(nearby, snapshot, now, shortlist_links),
        trail=trail,
        more_facts=more_facts(group),
        not_known=not_known(group, begins_with.venue),
        who_can_come=who_can_come(group),
        first_visit=first_visit(group),
        wanted=wanted(group),
        stage_words=stage_words(group),
        host=request.get_host(),
    )
    site = site_url(request)
    nodes = group_nodes(group, dates, today, site)
    context = {"group": group, "nation": group.nation, "shortlist": shortlist, "trail": trail, "page": page}
    context["structured_data"] = json_ld_script([*nodes, breadcrumbs(trail, site)] if nodes else [])
    response = render(request, "groups/group_detail.jinja", context, using="jinja2")
    return with_cache_dependencies(response, group_page_dependencies(group, dates, origin, nearby, snapshot, now))


@require_safe
def group_short(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect from the short address printed on paper to the group's page, whatever its slug is now."""
    return redirect(
        get_object_or_404(SupportGroup.objects.published().of_listed_organisations().with_code(code.lower()))
    )


@require_safe
def start_a_group(request: HttpRequest) -> HttpResponse:
    """Six steps to start a group; and who helps, near a place or anywhere: training, contacts, groups being set up."""
    form = PlaceForm(request.GET)
    context: dict[str, Any] = {"form": form, "nation": form.nation, "quotes": shown_quotes()}
    if form.is_settled:
        today, place = timezone.localdate(), form.place
        trainings = Training.objects.listed(today).towards_starting_a_group().for_list()
        contacts = first_offers(_contacts_to_start(), place, FIRST_FEW + 1, CONTACT_AREAS)
        context |= {
            "trainings": first_offers(trainings, place, FIRST_FEW),
            "forming": _forming(place),
            "contacts": contacts[:FIRST_FEW],
            "has_more_contacts": len(contacts) > FIRST_FEW,
        }
    return render(request, "groups/start_a_group.html", context)


def _forming(place: LocatedPlace | None) -> list[GroupCard]:
    """Return the cards of the first few groups that are being set up, the nearest if there is a place."""
    choices = (("stage", (Stage.FORMING,)),)
    query = Query(place=place, within=MILES[-1], choices=choices, sort="nearest" if place else "")
    results = search(query, nearest_limit=FIRST_FEW)
    return results.cards[:FIRST_FEW] or results.nearest


@require_safe
def start_a_group_contacts(request: HttpRequest) -> HttpResponse:
    """All contacts for starting a group, nearest first if there is a place."""
    form = PlaceForm(request.GET)
    context = {
        "form": form,
        "nation": form.nation,
        "page": offers_page(_contacts_to_start(), form.place, request.GET, CONTACT_AREAS) if form.is_settled else None,
        "trail": [("Start a group", reverse("groups:start_a_group"))],
    }
    return render(request, "groups/start_a_group_contacts.html", context)


def _contacts_to_start() -> QuerySet[Contact]:
    # The contact of a training is shown with the training.
    # Not by a join: PostgreSQL then expected one contact, and read all organisations for each of hundreds.
    of_trainings = Training.contacts.through.objects.filter(contact=OuterRef("pk"))
    contacts = Contact.objects.towards_starting_a_group().filter(~Exists(of_trainings))
    return contacts.select_related("organisation").prefetch_related("organisation__areas_served")
