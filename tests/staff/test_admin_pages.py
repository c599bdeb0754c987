"""Every page of the admin opens, for every model: the list with a row in it, adding, and changing."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse
from model_bakery import baker

from common.models import OutgoingEmail
from groups.choices import ReportPart
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import (
    AccessFeature,
    Activity,
    Audience,
    EmbedHost,
    Language,
    Source,
    SourceRecord,
    SupportGroup,
    Topic,
    Venue,
)
from groups.seed_data.models import Loaded
from groups.verification.models import CheckRequest
from organisations.admin import PublicModelAdmin
from organisations.choices import Theme
from organisations.models import (
    Contact,
    Event,
    EventSeries,
    Organisation,
    PeerRole,
    Quotation,
    Statement,
    Training,
)
from places.admin import ReadOnly
from places.models import Area, GazetteerLoad, Locality, Postcode, PostcodeSector, Town
from tests import factories
from tests.source_records import make_source_record

pytestmark = pytest.mark.django_db

OUR_APPS = ["common", "places", "organisations", "groups"]
OURS = [model for model in admin.site._registry if model._meta.app_label in OUR_APPS]

#: What nobody reads as rows: versions, what keeps the directory in memory up to date, how often forms are sent,
#: files on their way in and out and what they said, the ground of our maps, what was merged, its codes and ids, and
#: records of the feed.
SITES_OWN = (
    *("Historical", "Directory", "ContentVersion", "Post", "AskedListing", "SheetUpload", "RateLimit", "ImportRun"),
    *("Merge", "GroupFormerCode", "VenueFormerId", "SourceReading", "ExportRun", "EncodedService"),
)

#: How to have one row of each model.
ROWS = {
    AccessFeature: lambda: factories.make_terms(AccessFeature, ["Example step-free entrance"])[0],
    Activity: lambda: factories.make_terms(Activity, ["Example art"])[0],
    Area: lambda: factories.area("East Kent"),
    Audience: lambda: factories.make_terms(Audience, ["Example carers"])[0],
    CheckRequest: lambda: baker.make(
        CheckRequest, organisation=factories.make_organisation(), sent_on=factories.days_ago(1)
    ),
    Contact: factories.make_contact,
    EmbedHost: lambda: baker.make(EmbedHost, host="www.example.gov.uk"),
    Event: factories.make_event,
    EventSeries: lambda: baker.make(EventSeries, name="Example week", organisation=factories.make_organisation()),
    GazetteerLoad: GazetteerLoad.objects.first,
    Language: lambda: factories.make_terms(Language, ["Example language"])[0],
    Loaded: lambda: baker.make(Loaded, key="example", model="groups.supportgroup", row_id=1),
    Need: lambda: baker.make(Need, what="Example need"),
    Organisation: factories.make_organisation,
    OutgoingEmail: lambda: baker.make(OutgoingEmail, subject="Example letter", to_address="ann@example.org"),
    PeerRole: factories.make_role,
    Postcode: Postcode.objects.first,
    PostcodeSector: PostcodeSector.objects.first,
    Locality: Locality.objects.first,
    Proposal: lambda: baker.make(Proposal, group=factories.make_group(), source="link", note="It has moved."),
    Quotation: factories.make_quotation,
    Report: lambda: baker.make(Report, group=factories.make_group(), part=ReportPart.TIME),
    Source: lambda: baker.make(Source, name="Example list"),
    SourceRecord: lambda: make_source_record(factories.make_group()),
    Statement: lambda: baker.make(
        Statement, organisation=factories.make_organisation(), theme=Theme.WHY, heading="Example", text="Words."
    ),
    Suggestion: lambda: baker.make(Suggestion, name="Example walkers", what="We walk."),
    SupportGroup: lambda: factories.make_group(confidential=True, checked=factories.days_ago(3)),
    Topic: lambda: factories.make_terms(Topic, ["Example topic"])[0],
    Town: lambda: factories.town("Chard"),
    Training: factories.make_training,
    Venue: factories.make_venue,
}


def each_model(models=tuple(OURS)):
    return pytest.mark.parametrize("model", models, ids=lambda model: model.__name__)


def admin_url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def heading(response) -> str:
    """The page's own first heading below the site's."""
    return re.search(r'<div id="content"[^>]*>\s*<h1>(.*?)</h1>', response.text, re.DOTALL).group(1).strip()


def test_every_model_can_be_reached_by_staff():
    """By pages of its own, or as rows on the page of what it belongs to; a version, on the page of its history."""
    on_pages = {inline.model for page in admin.site._registry.values() for inline in page.inlines}
    models = {model for label in OUR_APPS for model in apps.get_app_config(label).get_models()}
    models = {model for model in models if not model.__name__.startswith(SITES_OWN)}

    assert models - on_pages - set(OURS) == set()


def test_every_page_of_ours_has_a_row_to_be_tried_with():
    assert set(ROWS) == set(OURS)


@each_model()
def test_admin_list_shows_a_row(admin_client, model):
    row = ROWS[model]()

    response = admin_client.get(admin_url(model, "changelist"), {"q": ""})

    assert response.status_code == 200
    plural = str(model._meta.verbose_name_plural)
    assert heading(response) == plural[0].upper() + plural[1:]
    assert row in response.context["cl"].queryset


@each_model([model for model in OURS if admin.site._registry[model].search_fields])
def test_admin_list_can_be_searched(admin_client, model):
    ROWS[model]()

    response = admin_client.get(admin_url(model, "changelist"), {"q": "nothing has such a name"})

    assert response.status_code == 200
    assert list(response.context["cl"].queryset) == []


@each_model()
def test_admin_add_page_opens_unless_nobody_may_add(admin_client, model):
    may_add = admin.site._registry[model].has_add_permission

    response = admin_client.get(admin_url(model, "add"))

    if may_add(response.wsgi_request):
        assert (response.status_code, heading(response)) == (200, f"Add {model._meta.verbose_name}")
    else:
        assert response.status_code == 403


@each_model()
def test_admin_change_page_opens_on_its_row(admin_client, model):
    row = ROWS[model]()
    page = admin.site._registry[model]

    response = admin_client.get(admin_url(model, "change", row.pk))

    assert response.status_code == 200
    doing = "Change" if page.has_change_permission(response.wsgi_request) else "View"
    assert heading(response) == f"{doing} {model._meta.verbose_name}"
    assert response.context["original"] == row


@pytest.mark.one_database("no page asks which database it reads: the ORM makes the same queries on each")
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "model, queries",
    [
        (Contact, 5),
        (Event, 7),  # Two for the years, months and days above the list.
        (EventSeries, 5),
        (Organisation, 6),
        (CheckRequest, 5),
        (PeerRole, 6),
        (Proposal, 5),
        (Quotation, 5),
        (Report, 5),
        (Suggestion, 6),  # One for the areas to filter by.
        (SupportGroup, 7),
        (Town, 6),
        (Training, 6),
        (Venue, 6),
    ],
)
def test_admin_list_costs_the_same_number_of_queries(admin_client, django_assert_num_queries, model, queries, count):
    for _ in range(count):
        ROWS[model]()

    with django_assert_num_queries(queries):
        admin_client.get(admin_url(model, "changelist"))


def test_no_relation_to_a_large_table_is_a_drop_down():
    """A select of every area, town, venue or contact is slow to load and hopeless to use."""
    by_hand = {
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if (field.many_to_one or field.many_to_many)
        and field.concrete
        and field.remote_field.model._meta.app_label in OUR_APPS
        and (not field.many_to_many or field.remote_field.through._meta.auto_created)
        and not isinstance(admin.site._registry[model], ReadOnly)
        and field.name not in admin.site._registry[model].autocomplete_fields
    }

    assert by_hand == set()


@each_model([model for model in OURS if isinstance(admin.site._registry[model], PublicModelAdmin)])
def test_every_field_that_editors_fill_in_stands_in_a_part_of_the_form(rf, admin_user, model):
    """A part names its fields, so that a new field must be given its place."""
    request = rf.get("/")
    request.user = admin_user
    links = [link for link in model._meta.many_to_many if link.remote_field.through._meta.auto_created]
    fields = [*model._meta.fields, *links]

    forgotten = {field.name for field in fields if field.editable and not field.primary_key} - set(
        flatten_fieldsets(admin.site._registry[model].get_fieldsets(request))
    )

    assert forgotten == set()


def test_nobody_deletes_a_group(admin_client):
    group = factories.make_group()

    response = admin_client.post(admin_url(SupportGroup, "delete", group.pk), {"post": "yes"})

    assert response.status_code == 403
    assert list(SupportGroup.objects.all()) == [group]


def test_emptied_list_of_words_is_saved_as_no_words(admin_client):
    topic = factories.make_terms(Topic, ["Example topic"])[0]
    fields = {"name": topic.name, "slug": topic.slug, "other_words": ""}

    response = admin_client.post(admin_url(Topic, "change", topic.pk), fields)

    assert response.status_code == 302
    topic.refresh_from_db()
    assert topic.other_words == []


def test_list_of_words_is_typed_one_in_each_line(admin_client):
    topic = factories.make_terms(Topic, ["Example topic"])[0]
    fields = {"name": topic.name, "slug": topic.slug, "other_words": ' low mood \r\n\r\n"down"\r\n'}

    admin_client.post(admin_url(Topic, "change", topic.pk), fields)

    topic.refresh_from_db()
    assert topic.other_words == ["low mood", '"down"']
    page = admin_client.get(admin_url(Topic, "change", topic.pk))
    assert page.context["adminform"].form["other_words"].value() == 'low mood\n"down"'


def test_draft_has_no_link_to_the_public_site(admin_client):
    draft, published = factories.make_group(draft=True), factories.make_group()

    pages = [admin_client.get(admin_url(SupportGroup, "change", group.pk)) for group in (draft, published)]

    assert [page.context["has_absolute_url"] for page in pages] == [False, True]
    assert pages[1].context["absolute_url"] == published.get_absolute_url()


@each_model([SupportGroup, Organisation, PeerRole, Training])
def test_summary_is_typed_in_a_box_that_shows_all_of_it(admin_client, model):
    page = admin_client.get(admin_url(model, "add"))

    summary = page.context["adminform"].form.fields["summary"]
    assert (summary.widget.input_type if hasattr(summary.widget, "input_type") else "lines") == "lines"
    assert summary.widget.attrs["maxlength"] == "240"


def test_what_was_loaded_is_shown_in_words_with_a_way_to_it(admin_client):
    group = factories.make_group(name="Example tea")
    loaded = [
        Loaded.objects.create(key="example/groups/tea", model="groups.supportgroup", row_id=group.pk),
        Loaded.objects.create(key="example/groups/gone", model="groups.supportgroup", row_id=group.pk + 1),
        Loaded.objects.create(key="example/resources/film", model="organisations.resource", row_id=1),
    ]

    snapshot, gone, _ = pages = [admin_client.get(admin_url(Loaded, "change", item.pk)).text for item in loaded]

    assert f'<a href="{admin_url(SupportGroup, "change", group.pk)}">Example tea' in snapshot
    assert "It has been deleted since, and does not come back." in gone
    listed = admin_client.get(admin_url(Loaded, "changelist") + "?kind=organisations.resource").text
    assert ("example/resources/film" in listed, "example/groups/tea" in listed) == (True, False)
    assert [word for word in ("supportgroup", "Row id", "primary key") for page in pages if f">{word}" in page] == []
