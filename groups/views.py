"""The home page, the pages of groups, and the pages about starting one."""

import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.pagination import get_page
from organisations.models import Contact, Training
from organisations.views import listing_at

from .areas.nearby import nearby_groups
from .areas.page import group_trail, regions_with_groups
from .cards import CardHtml, GroupCard, group_cards
from .models import SupportGroup
from .presenters import first_visit, key_facts, stage_words, wanted, who_can_come
from .search.service import format_distance
from .shortlist import Shortlist, ShortlistLinks

#: How many rows of each kind an overview page shows before its link to all.
FIRST_FEW = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box, and the areas with listed groups."""
    return render(request, "groups/home.html", {"regions": regions_with_groups()})


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One group; for a closed one, with open groups near by."""
    today = timezone.localdate()
    group = listing_at(SupportGroup.objects.published().of_listed_organisations().with_last_check().for_page(), slug)
    shortlist = Shortlist.of(request.GET)
    shortlist_links = ShortlistLinks(shortlist)
    if group.slug != slug:
        return redirect(group.get_absolute_url() + shortlist.suffix, permanent=True)
    dates = group.page_dates(timezone.now())
    context = {
        "group": group,
        "nation": group.nation,
        "choosing": shortlist_links,
        "choose": shortlist_links.for_code(group.code),
        "is_chosen": group.code in shortlist,
        "dates": dates,
        "a_time_is_known": any(row.meeting.starts_at for row in dates.rows),
        "near_by": _cards_near(group, today, shortlist_links),
        "trail": group_trail(group),
        "key_facts": key_facts(group),
        "who_can_come": who_can_come(group),
        "first_visit": first_visit(group),
        "wanted": wanted(group),
        "stage_words": stage_words(group),
    }
    return render(request, "groups/group_detail.html", context)


def _cards_near(group: SupportGroup, today: datetime.date, links: ShortlistLinks) -> list[GroupCard]:
    """Return the cards of groups near by, each with its distance."""
    return [
        GroupCard.of(
            CardHtml.of(near.group), format_distance(near.miles, near.is_about) if near.miles is not None else "", links
        )
        for near in nearby_groups(group, today)
    ]


@require_safe
def group_short(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect from the short address printed on paper to the group's page, whatever its slug is now."""
    return redirect(get_object_or_404(SupportGroup.objects.published().of_listed_organisations(), code=code.lower()))


@require_safe
def start_a_group(request: HttpRequest) -> HttpResponse:
    """Help to start a group: training, contacts, and groups that are forming."""
    today = timezone.localdate()
    contacts = list(_contacts_to_start()[: FIRST_FEW + 1])
    forming = SupportGroup.objects.listed(today).forming()
    context = {
        "trainings": Training.objects.listed(today).towards_starting_a_group().for_page()[:FIRST_FEW],
        "forming": group_cards(forming.ordered_for_display(today).for_cards()[:FIRST_FEW]),
        "contacts": contacts[:FIRST_FEW],
        "has_more_contacts": len(contacts) > FIRST_FEW,
    }
    return render(request, "groups/start_a_group.html", context)


@require_safe
def start_a_group_contacts(request: HttpRequest) -> HttpResponse:
    """All contacts for starting a group."""
    context = {
        "page": get_page(_contacts_to_start(), request.GET),
        "trail": [("Start a group", reverse("groups:start_a_group"))],
    }
    return render(request, "groups/start_a_group_contacts.html", context)


def _contacts_to_start() -> QuerySet[Contact]:
    # The contact of a training is shown with the training.
    return Contact.objects.towards_starting_a_group().filter(trainings=None).select_related("organisation")
