"""Organisations and what they offer, for staff."""

from django.contrib import admin
from django.db.models import JSONField, QuerySet, URLField
from django.http import HttpRequest

from places.list_field import ListOfWordsField

from .models import (
    Contact,
    Event,
    EventSeries,
    Listing,
    Membership,
    Organisation,
    OrganisationCheck,
    OrganisationFormerSlug,
    PeerRole,
    PeerRoleCheck,
    PeerRoleFormerSlug,
    Quotation,
    Resource,
    Statement,
    Training,
    TrainingCheck,
    TrainingFormerSlug,
)

#: Form fields for columns of these kinds: an address typed without its scheme is https.
FORM_FIELDS = {JSONField: {"form_class": ListOfWordsField}, URLField: {"assume_scheme": "https"}}


class CheckInline(admin.TabularInline):
    """The checks of a listing, newest first."""

    extra = 0
    autocomplete_fields = ["editor"]


class FormerSlugInline(admin.TabularInline):
    """The addresses a listing had. Saving it under a new slug adds one; nobody types them."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class NounAdmin(admin.ModelAdmin):
    """What the pages of all nouns share."""

    readonly_fields = ["public_id", "created_at", "updated_at"]
    formfield_overrides = FORM_FIELDS


class ListingAdmin(NounAdmin):
    """What the pages of all listings share."""

    readonly_fields = ["public_id", "revision", "created_at", "updated_at"]
    list_filter = ["publication"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the day of the last check, which every row of the list shows."""
        return super().get_queryset(request).with_last_check()

    @admin.display(description="checked", ordering="last_checked_on")
    def checked(self, listing: Listing) -> str:
        return listing.freshness.label

    def view_on_site(self, listing: Listing) -> str | None:
        """Its public page, for what the public can see."""
        return listing.get_absolute_url() if listing.is_published else None


class ContactInline(admin.StackedInline):
    model = Contact
    extra = 0


class NetworkInline(admin.TabularInline):
    """The networks that an organisation belongs to."""

    model = Membership
    fk_name = "member"
    verbose_name_plural = "networks it belongs to"
    extra = 0
    autocomplete_fields = ["network"]


class MemberInline(admin.TabularInline):
    """The organisations that belong to a network."""

    model = Membership
    fk_name = "network"
    verbose_name_plural = "members, if it is a network"
    extra = 0
    autocomplete_fields = ["member"]


class ResourceInline(admin.StackedInline):
    model = Resource
    extra = 0
    formfield_overrides = FORM_FIELDS


class OrganisationCheckInline(CheckInline):
    model = OrganisationCheck


class OrganisationFormerSlugInline(FormerSlugInline):
    model = OrganisationFormerSlug


@admin.register(Organisation)
class OrganisationAdmin(ListingAdmin):
    list_display = ["name", "kind", "user_led", "publication", "checked"]
    list_filter = ["publication", "kind", "user_led"]
    search_fields = ["name", "former_names", "summary"]
    autocomplete_fields = ["areas_served"]
    inlines = [
        ContactInline,
        NetworkInline,
        MemberInline,
        ResourceInline,
        OrganisationCheckInline,
        OrganisationFormerSlugInline,
    ]


@admin.register(Contact)
class ContactAdmin(NounAdmin):
    list_display = ["role_title", "organisation", "purpose", "is_released", "number_checked_on"]
    list_filter = ["is_released", "purpose"]
    list_select_related = ["organisation"]
    search_fields = ["role_title", "organisation__name", "email", "phone"]
    autocomplete_fields = ["organisation"]


class PeerRoleCheckInline(CheckInline):
    model = PeerRoleCheck


class PeerRoleFormerSlugInline(FormerSlugInline):
    model = PeerRoleFormerSlug


@admin.register(PeerRole)
class PeerRoleAdmin(ListingAdmin):
    list_display = ["title", "organisation", "pay", "recruiting", "publication", "checked"]
    list_filter = ["publication", "pay", "recruiting", "support_route"]
    list_select_related = ["organisation"]
    search_fields = ["title", "organisation__name", "summary"]
    autocomplete_fields = ["organisation", "areas_served", "contacts"]
    inlines = [PeerRoleCheckInline, PeerRoleFormerSlugInline]


class TrainingCheckInline(CheckInline):
    model = TrainingCheck


class TrainingFormerSlugInline(FormerSlugInline):
    model = TrainingFormerSlug


@admin.register(Training)
class TrainingAdmin(ListingAdmin):
    list_display = ["title", "organisation", "kind", "publication", "checked"]
    list_filter = ["publication", "kind"]
    list_select_related = ["organisation"]
    search_fields = ["title", "organisation__name", "summary"]
    autocomplete_fields = ["organisation", "areas_served", "contacts"]
    inlines = [TrainingCheckInline, TrainingFormerSlugInline]


@admin.register(EventSeries)
class EventSeriesAdmin(NounAdmin):
    list_display = ["name", "organisation", "starts_on", "ends_on"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name"]
    autocomplete_fields = ["organisation"]


@admin.register(Event)
class EventAdmin(NounAdmin):
    list_display = ["name", "organisation", "starts_on", "ends_on", "place"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name", "place"]
    autocomplete_fields = ["organisation", "series"]
    date_hierarchy = "starts_on"

    def view_on_site(self, event: Event) -> str | None:
        """Its place on the page of events, which shows those of published organisations."""
        return event.get_absolute_url() if event.organisation.is_published else None


@admin.register(Quotation)
class QuotationAdmin(NounAdmin):
    list_display = ["__str__", "organisation", "permission", "explains_peer_support"]
    list_filter = ["permission", "explains_peer_support"]
    list_select_related = ["organisation"]
    search_fields = ["words", "attribution", "organisation__name"]
    autocomplete_fields = ["organisation"]


@admin.register(Statement)
class StatementAdmin(NounAdmin):
    list_display = ["heading", "organisation", "theme", "explains_peer_support"]
    list_filter = ["theme", "explains_peer_support"]
    list_select_related = ["organisation"]
    search_fields = ["heading", "text", "organisation__name"]
    autocomplete_fields = ["organisation"]
