"""What organisations offer beside groups: peer roles and training."""

from django.contrib import admin

from ..models import PeerRole, PeerRoleCheck, PeerRoleFormerSlug, Training, TrainingCheck, TrainingFormerSlug
from .base import SOURCE, ListingAdmin, fieldset
from .filters import ExamplesFilter, FreshnessFilter, OverFilter, ServedAreaFilter
from .inlines import CheckInline, FormerSlugInline

_RECORD = fieldset("For the record", "public_id", "revision", "created_at", "updated_at", folded=True)


class PeerRoleCheckInline(CheckInline):
    model = PeerRoleCheck


class PeerRoleFormerSlugInline(FormerSlugInline):
    model = PeerRoleFormerSlug


@admin.register(PeerRole)
class PeerRoleAdmin(ListingAdmin):
    belongs_by = ("organisation",)
    list_display = ["title", "organisation", "pay", "recruiting", "publication", "checked"]
    list_filter = [
        "publication",
        FreshnessFilter,
        ExamplesFilter,
        "pay",
        "recruiting",
        "support_route",
        ServedAreaFilter,
    ]
    name_relations = ("organisation",)
    context_fields = ("organisation__name",)
    search_fields = ["title", "organisation__name", "summary"]
    search_help_text = "A title, an organisation, or a word of the summary."
    autocomplete_fields = ["organisation", "areas_served", "contacts"]
    fieldsets = [
        fieldset("Who", "organisation", "title"),
        fieldset("What", "summary", "what_they_do", "how_they_work"),
        fieldset("Where", "areas_served", "where_they_work"),
        fieldset("Getting support from one", "one_to_one", "support_route", "support_note"),
        fieldset(
            "Becoming one",
            "recruiting",
            "becoming_one",
            "lived_experience",
            ("pay", "pay_note"),
            "hours",
            "training_given",
            "leads_to",
        ),
        fieldset("Contact", "contacts"),
        SOURCE,
        fieldset("Public or not", "publication", "slug"),
        fieldset("Checks"),
        _RECORD,
    ]
    inlines = [PeerRoleCheckInline, PeerRoleFormerSlugInline]


class TrainingCheckInline(CheckInline):
    model = TrainingCheck


class TrainingFormerSlugInline(FormerSlugInline):
    model = TrainingFormerSlug


@admin.register(Training)
class TrainingAdmin(ListingAdmin):
    belongs_by = ("organisation",)
    list_display = ["title", "organisation", "kind", "starts_on", "publication", "checked"]
    list_filter = ["publication", FreshnessFilter, OverFilter, ExamplesFilter, "kind", ServedAreaFilter]
    name_relations = ("organisation",)
    context_fields = ("organisation__name",)
    search_fields = ["title", "organisation__name", "summary"]
    search_help_text = "A title, an organisation, or a word of the summary."
    autocomplete_fields = ["organisation", "areas_served", "contacts"]
    fieldsets = [
        fieldset("Who", "organisation", "title"),
        fieldset("What", "kind", "summary", "description", ("is_free", "price")),
        fieldset("When and where", ("starts_on", "ends_on", "session_count"), "when_and_where", "areas_served"),
        fieldset("Contact", "contacts"),
        SOURCE,
        fieldset("Public or not", "publication", "slug"),
        fieldset("Checks"),
        _RECORD,
    ]
    inlines = [TrainingCheckInline, TrainingFormerSlugInline]
