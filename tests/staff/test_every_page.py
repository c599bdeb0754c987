"""Every page of the admin's URLconf answers, with few queries however many rows there are, and nothing inline."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from model_bakery import baker

from groups.choices import ReportPart
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import ExportRun, ImportRun, JoiningRoute, ScheduleChange, SheetUpload, SupportGroup, Topic, Venue
from groups.spreadsheets.resources.registry import RESOURCES
from groups.verification.models import AskedListing, CheckRequest
from organisations.admin.duplicates import MergeAdmin, merge_url
from organisations.models import (
    Contact,
    Event,
    EventSeries,
    Membership,
    Organisation,
    PeerRole,
    Quotation,
    Resource,
    Statement,
    Training,
    single_revision,
)
from places.admin import ReadOnly
from tests import factories
from tests.staff.test_admin_pages import ROWS

pytestmark = pytest.mark.django_db

MANY = 12
#: What a page may cost. Most cost a good deal less; those that cost most have the boxes to choose from.
MOST_QUERIES = 29
MODELS = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
READ_ONLY = [name for name, model in MODELS.items() if isinstance(admin.site._registry[model], ReadOnly)]
#: Pages that nobody may open, the most powerful editor included: what is public is not deleted.
NOBODY_MAY = {
    "auth_user_delete",
    *(f"{listing}_delete" for listing in ("groups_supportgroup", "organisations_organisation")),
    *(f"organisations_{listing}_delete" for listing in ("peerrole", "training")),
    # What people tell us, and what the site asked, is not typed in here.
    "groups_proposal_add",
    "groups_checkrequest_add",
    "common_outgoingemail_add",
    *(f"{name}_{page}" for name in READ_ONLY for page in ("add", "delete")),
}
#: Pages that are not opened by reading them: they are posted to, or answer a script's question.
NOT_READ = {
    *("logout", "autocomplete", "view_on_site", "jsi18n"),
    *(f"groups_supportgroup_{page}" for page in ("map", "reopen")),
    *(f"{resource.model._meta.app_label}_{resource.key}_process_import" for resource in RESOURCES),
    *(f"{name}_unmerge" for name, model in MODELS.items() if isinstance(admin.site._registry[model], MergeAdmin)),
}
#: Pages that lead on whoever has signed in already.
LEADS_ON = {"login", "second_factor"}
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)


def names(resolver: URLResolver) -> list[str]:
    """The names of all addresses below the admin's."""
    found = []
    for each in resolver.url_patterns:
        found += names(each) if isinstance(each, URLResolver) else [each.name] if isinstance(each, URLPattern) else []
    return sorted({name for name in found if name})


def staff_pages() -> list[str]:
    resolver = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", None) == "admin")
    return [name for name in names(resolver) if name not in NOT_READ]


@pytest.fixture
def crowded(admin_user) -> dict[type, object]:
    """A row of each model, in a directory in which each of them has many relatives; the rows by model."""
    organisation = factories.make_organisation(areas=["Kent", "Somerset"])
    group = factories.make_group(organisation=organisation, venue=factories.make_venue(), areas=["Kent", "Thanet"])
    venue = group.venue
    rows = {Organisation: organisation, SupportGroup: group, Venue: venue}
    for number in range(MANY):
        contact = factories.make_contact(organisation=organisation)
        topic = factories.make_terms(Topic, [f"Example topic {number}"])[0]
        member = factories.make_organisation()
        baker.make(Membership, network=organisation, member=member)
        baker.make(Membership, network=member, member=organisation)
        baker.make(Resource, organisation=organisation, name=f"Example {number}")
        other = factories.make_group(organisation=organisation, venue=venue)
        role = factories.make_role(organisation=organisation, contacts=[contact])
        training = factories.make_training(organisation=organisation, contacts=[contact])
        for listing in (organisation, group, role, training):
            factories.make_check(listing, factories.days_ago(number), editor=admin_user)
        with single_revision(group, "Example"):
            group.stage_note = f"Note {number}"
            group.save()
            group.contacts.add(contact)
            group.topics.add(topic)
            factories.make_schedule(group, venue=factories.make_venue())
            if number < 6:
                JoiningRoute.objects.create(group=group, route=list(JoiningRoute.route.field.choices)[number][0])
            baker.make(ScheduleChange, group=group, kind="off", date=factories.days_ago(number), venue=venue)
        with single_revision(organisation, "Example"):
            organisation.user_led_note = f"Note {number}"
            organisation.save()
        baker.make(Report, group=other, part=ReportPart.TIME)
        baker.make(Need, what=f"Example {number}", area=factories.area("Kent"), taken_on_by=organisation)
        proposal = baker.make(
            Proposal,
            group=group,
            source="link",
            note="More.",
            changes={"stage_note": {"was": "", "proposed": "x"}, "cost_note": {"was": "", "proposed": f"£{number}"}},
        )
        request = baker.make(CheckRequest, organisation=organisation, sent_on=factories.days_ago(number))
        for asked in ({"group": group}, {"role": role}, {"training": training}, {"organisation": organisation}):
            baker.make(AskedListing, request=request, **asked)
        baker.make(Suggestion, name=f"Example {number}", what="x", area=factories.area("Kent"))
        factories.make_event(organisation=organisation)
        factories.make_quotation(organisation=organisation)
        baker.make(EventSeries, organisation=organisation, name=f"Example {number}")
        baker.make(Statement, organisation=organisation, heading=f"Example {number}", theme="why", text="Words.")
        rows |= {
            Proposal: proposal,
            CheckRequest: request,
            Contact: contact,
            PeerRole: role,
            Training: training,
            Topic: topic,
        }
    ImportRun.begin(SheetUpload.store(admin_user, b"It is read by nobody."))
    ExportRun.begin(admin_user, "supportgroup", 3)
    rows |= {model: model.objects.last() for model in (Report, Need, Event, Quotation, EventSeries, Statement)}
    return rows


def test_every_page_for_staff_is_known():
    """A new address must be one that the walk below knows how to open."""
    known = {
        *("index", "login", "list", "change", "done", "changelist", "add", "history", "delete", "version", "close"),
        *("factor", "up", "codes", "reset", "confirm", "complete"),
        *("import", "progress", "export", "template", "merge"),
    }

    assert len(staff_pages()) > 200
    assert [name for name in staff_pages() if name.rpartition("_")[2] not in known] == []


def test_every_page_for_staff_answers_cheaply_and_has_nothing_inline(admin_client, admin_user, crowded):
    too_dear, inline, refused, pages = {}, {}, set(), 0

    for name in staff_pages():
        for address in _addresses(name, crowded, admin_user):
            with CaptureQueriesContext(connection) as queries:
                response = admin_client.get(address)

            if response.status_code == 403:
                refused.add(name)
                continue
            assert response.status_code == (302 if name in LEADS_ON else 200), address
            pages += 1
            if len(queries) > MOST_QUERIES:
                too_dear[address] = len(queries)
            if found := INLINE.findall(response.text):
                inline[address] = found

    assert too_dear == {}
    assert inline == {}
    assert refused == NOBODY_MAY
    assert pages > 100


def _addresses(name: str, rows: dict[type, object], admin_user) -> list[str]:
    """The addresses of a name: one for each app, for a model its own row, and for a version the first and the last."""
    if name == "app_list":
        return [reverse("admin:app_list", args=[label]) for label in ("groups", "organisations", "places", "auth")]
    model_name, _, page = name.rpartition("_")
    if name == "password_reset_confirm":
        return [reverse(f"admin:{name}", args=["MQ", "a-link-that-does-not-work"])]
    model = MODELS.get(model_name)
    if model is None or page in {"add", "changelist", "import", "progress", "export", "template"}:
        return [reverse(f"admin:{name}")]
    row = _row(model, rows, admin_user)
    if page == "merge":
        return [merge_url(model, model.objects.order_by("pk")[:3])]
    if page == "version":
        versions = row.history.all()
        return [reverse(f"admin:{name}", args=[row.pk, version.pk]) for version in (versions.first(), versions.last())]
    return [reverse(f"admin:{name}", args=[quote(row.pk)])]


def _row(model: type, rows: dict[type, object], admin_user):
    if model is User:
        return admin_user
    if model not in rows:
        rows[model] = ROWS[model]()
    return rows[model]
