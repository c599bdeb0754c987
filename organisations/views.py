"""Public pages about organisations and what they offer beside groups."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.cache_dependencies import CacheDependencies, earliest, with_cache_dependencies
from common.models import related_rows
from common.models.content_version import PLACES, TERMS, organisation_version
from common.pagination import get_page
from common.rendering import render_jinja
from common.structured_data import Node, json_ld_script, site_url

from .forms import OrganisationSearchForm, RoleSearchForm, TrainingSearchForm
from .models import Event, EventSeries, Organisation, PeerRole, Quotation, Statement, Training
from .nearest import first_offers, offers_page
from .organisation_reader import SHOWN_RELATIONS, read_events, read_groups, read_page
from .structured_data import course_node, event_node, organisation_node, role_node
from .word_table import word_table

#: How many of each kind a page with several kinds shows before its link to all.
FIRST_FEW = 3


def listing_at(listings: Any, slug: str) -> Any:
    """Return the listing with this slug, current or former. Raises `Http404` if there is none."""
    return listings.filter(slug=slug).first() or get_object_or_404(listings, former_slugs__slug=slug)


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation, by name, or those that match what was typed."""
    form = OrganisationSearchForm(request.GET)
    form.is_valid()
    organisations = Organisation.objects.published().user_led(form.only_user_led).for_cards(timezone.localdate())
    if form.words:
        # Only the rows of one page are read, and whether they are public is checked again.
        page = get_page(word_table().matching(form.words, only_user_led=form.only_user_led), request.GET)
        page.object_list = organisations.filter(pk__in=page.object_list)
    else:
        page = get_page(organisations, request.GET)
    context = {"form": form, "page": page, "query": form.query}
    return render(request, "organisations/organisation_list.html", context)


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it is, its groups, roles, training, events and words."""
    organisation = read_page(slug)
    if organisation is None:
        return redirect(listing_at(Organisation.objects.published(), slug), permanent=True)
    today = timezone.localdate()
    groups, events = read_groups(organisation, today), read_events(organisation, today)
    relations = {name: related_rows(organisation, name) for name in SHOWN_RELATIONS}
    hours, now = None if organisation.has_ended else organisation.public_hours, timezone.now()
    relations["trainings"] = [training for training in relations["trainings"] if not training.is_over(today)]
    page = render_jinja(
        "components/organisation_page.jinja",
        organisation=organisation,
        groups=groups,
        events=[(past, [*rows]) for past, rows in groupby(events, attrgetter("past"))],
        host=request.get_host(),
        hours=hours,
        open_until=hours.open_until(now) if hours else "",
        **relations,
    )
    context = {
        "organisation": organisation,
        "nation": organisation.nation_with(groups),
        "page": page,
        "structured_data": json_ld_script(_nodes(organisation, events, relations["trainings"], request)),
    }
    return with_cache_dependencies(
        render(request, "organisations/organisation_detail.html", context),
        _organisation_page_dependencies(organisation, groups),
    )


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """Roles for people with lived experience, near a place or anywhere: to take up, or to get support from."""
    form = RoleSearchForm(request.GET)
    roles = form.matching(PeerRole.objects.listed(timezone.localdate())).for_list()
    page = offers_page(roles, form.place, request.GET) if form.is_settled else None
    return render(request, "organisations/role_list.html", {"form": form, "nation": form.nation, "page": page})


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One role: how to get support from one, and how to become one."""
    role = listing_at(PeerRole.objects.published().of_listed_organisations().with_last_check().for_page(), slug)
    if role.slug != slug:
        return redirect(role, permanent=True)
    context = {
        "role": role,
        "nation": role.nation,
        "released": [contact for contact in role.contacts.all() if contact.is_released],
        "structured_data": json_ld_script(filter(None, [role_node(role, site_url(request))])),
    }
    contacts = frozenset(contact.pk for contact in context["released"])
    dependencies = CacheDependencies(_versions(role.organisation_id), {}, contacts, frozenset([role.organisation_id]))
    return with_cache_dependencies(render(request, "organisations/role_detail.html", context), dependencies)


@require_safe
def training_list(request: HttpRequest) -> HttpResponse:
    """Training to support others, apart from courses for oneself; near a place or anywhere.

    The first few of each, or for `want` all of one of the two.
    """
    form = TrainingSearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "nation": form.nation}
    if form.is_settled:
        kinds = form.kinds_of(Training.objects.listed(timezone.localdate()).for_list())
        if len(kinds) == 1:
            [(want, trainings)] = kinds.items()
            context |= {"want": want, "page": offers_page(trainings, form.place, request.GET)}
        else:
            # One more than is shown tells whether there are more.
            first = {want: first_offers(rows, form.place, FIRST_FEW + 1) for want, rows in kinds.items()}
            context["sections"] = [(want, rows[:FIRST_FEW], len(rows) > FIRST_FEW) for want, rows in first.items()]
    return render(request, "organisations/training_list.html", context)


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is to come, then what is past, each series together."""
    events = Event.objects.of_listed_organisations().select_related("organisation", "series")
    page = get_page(events.upcoming_first(timezone.localdate()), request.GET)
    response = render(request, "organisations/event_list.html", {"page": page})
    return with_cache_dependencies(response, _dependencies_on(page, Event, EventSeries, Organisation))


@require_safe
def peer_support(request: HttpRequest) -> HttpResponse:
    """What peer support is and why it could help, in the words of those who give it."""
    statements = Statement.objects.of_listed_organisations().explaining().select_related("organisation").by_theme()
    quotations = Quotation.objects.of_listed_organisations().permitted().explaining().select_related("organisation")
    context = {"statements": statements, "quotations": quotations}
    response = render(request, "organisations/peer_support.html", context)
    return with_cache_dependencies(
        response, _dependencies_on([*statements, *quotations], Statement, Quotation, Organisation)
    )


def _organisation_page_dependencies(organisation: Organisation, groups: Iterable[Any]) -> CacheDependencies:
    """Return what the page of an organisation read with `read_page` shows."""
    now, hours = timezone.now(), organisation.public_hours
    of = partial(related_rows, organisation)
    contacts = {contact.pk for contact in of("contacts")}
    contacts |= {row.pk for each in of("trainings") for row in related_rows(each, "contacts") if row.is_released}
    networks = {link.network_id for link in of("network_links")}
    members = {link.member_id for link in of("member_links")}
    begin = [group.next_beginning(now) for group in groups]
    return CacheDependencies(
        versions=_versions(organisation.pk),
        groups={group.pk: group.place_is_hidden for group in groups},
        contacts=frozenset(contacts),
        organisations=frozenset({organisation.pk} | networks | members),
        until=earliest([hours.next_change(now) if hours else None, *begin], now),
    )


def _versions(organisation: int) -> tuple[str, ...]:
    """Return the names of the versions that the page of an organisation, or of an offer of its, depends on."""
    return organisation_version(organisation), PLACES, TERMS


def _dependencies_on(rows: Iterable[Any], *models: type[Model]) -> CacheDependencies:
    """Return what a page of rows of organisations shows, by the versions of whole tables."""
    tables = tuple(model._meta.db_table for model in models)
    return CacheDependencies(tables, organisations=frozenset(row.organisation_id for row in rows))


def _nodes(
    organisation: Organisation, events: Iterable[Event], trainings: Iterable[Training], request: HttpRequest
) -> list[Node]:
    """Return the nodes of an organisation, its events to come and its courses with days; none of one that has ended."""
    if organisation.has_ended:
        return []
    site, today = site_url(request), timezone.localdate()
    to_come = [event for event in events if (event.ends_on or event.starts_on) >= today]
    courses = filter(None, (course_node(training, organisation, site) for training in trainings))
    return [
        organisation_node(organisation, site),
        *(event_node(event, organisation, site) for event in to_come),
        *courses,
    ]
