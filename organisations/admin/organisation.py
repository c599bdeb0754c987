from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from ..choices import Publication
from ..models import (
    Contact,
    Membership,
    Organisation,
    OrganisationCheck,
    OrganisationFormerSlug,
    PeerRole,
    Resource,
    Training,
)
from ..permissions import CHANGE, VIEW, permissions_of
from .base import FORM_FIELDS, SOURCE, ForeignIdsMixin, ListingAdmin, add_link, fieldset, links, list_link
from .contact import ContactForm
from .duplicates import MergeAdmin
from .filters import ContactFilter, ExamplesFilter, FreshnessFilter, ServedAreaFilter
from .inlines import CheckInline, FormerSlugInline, RowInline
from .merge_kinds import ORGANISATIONS


class ContactInline(RowInline):
    model = Contact
    form = ContactForm
    after = "Contacts"
    written_by = "editors"
    show_change_link = True
    fields = [
        "version",
        ("role_title", "purpose"),
        ("belongs_to_person", "is_released"),
        ("release_agreed_by", "release_agreed_on"),
        ("email", "phone", "text_number"),
        ("takes_whatsapp", "hours"),
        ("number_checked_on", "is_asked_for_checks"),
        "staff_note",
    ]


def visible_memberships(request: HttpRequest, memberships: QuerySet[Any], other: str) -> QuerySet[Any]:
    """Return the memberships whose other side (`network` or `member`) is published or kept by the user."""
    rights = permissions_of(request.user)
    if rights.is_manager:
        return memberships
    return memberships.filter(
        Q(**{f"{other}__publication": Publication.PUBLISHED}) | Q(**{f"{other}__in": rights.keeps})
    )


class NetworkInline(RowInline):
    """The networks that an organisation belongs to."""

    model = Membership
    fk_name = "member"
    after = "Networks"
    written_by = "managers"
    verbose_name = "network"
    verbose_name_plural = "networks it belongs to"
    autocomplete_fields = ["network"]
    fields = [("words", "network"), "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_memberships(request, super().get_queryset(request), "network")


class MemberInline(RowInline):
    """The organisations that belong to a network."""

    model = Membership
    fk_name = "network"
    after = "Networks"
    written_by = "managers"
    verbose_name = "member"
    verbose_name_plural = "its members, if it is a network"
    autocomplete_fields = ["member"]
    fields = [("member", "words"), "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_memberships(request, super().get_queryset(request), "member")


class ResourceInline(RowInline):
    model = Resource
    after = "What"
    verbose_name_plural = "resources: something to read, watch or use"
    fields = [("name", "url"), "description"]
    formfield_overrides = FORM_FIELDS


class OrganisationCheckInline(CheckInline):
    model = OrganisationCheck


class OrganisationFormerSlugInline(FormerSlugInline):
    model = OrganisationFormerSlug


class OrganisationAdmin(MergeAdmin, ForeignIdsMixin, ListingAdmin):
    """The page of an organisation. `groups` registers it, for it reads opening hours in words."""

    merge_kind = ORGANISATIONS
    actions: Any = [*ListingAdmin.actions, "merge_selected"]
    belongs_by = ("pk",)
    editors_may = contributors_may = (VIEW, CHANGE)
    list_display = ["name", "kind", "user_led", "publication", "checked"]
    list_filter = ["publication", FreshnessFilter, ContactFilter, ExamplesFilter, "kind", "user_led", ServedAreaFilter]
    name_fields = ("name", "former_names")
    search_fields = ["name", "former_names", "summary"]
    search_help_text = "A name it has or had, a telephone number, an e-mail address, or a word of its summary."
    autocomplete_fields = ["areas_served", "town", "district"]
    readonly_fields = ["what_it_offers", "foreign_ids", *ListingAdmin.readonly_fields]
    fieldsets = [
        fieldset(
            "Who",
            "name",
            "former_names",
            "former_names_note",
            ("kind", "charity_number"),
            "user_led",
            "user_led_note",
            "what_it_offers",
        ),
        fieldset("What", "summary", "what_it_does", "approach", "recognises"),
        fieldset("Where", "areas_served", "website", "address", ("town", "postcode"), "district", "opening_hours"),
        fieldset("Contacts", about="Ways to reach a role. Nobody but staff sees one until it is released."),
        fieldset("Networks"),
        fieldset("If it has closed", "ended_on", "what_became_of_it", folded=True),
        SOURCE,
        fieldset("Public or not", "publication", "slug"),
        fieldset("Checks"),
        fieldset("For the record", "foreign_ids", "public_id", "revision", "created_at", "updated_at", folded=True),
    ]
    inlines = [
        ResourceInline,
        ContactInline,
        NetworkInline,
        MemberInline,
        OrganisationCheckInline,
        OrganisationFormerSlugInline,
    ]

    def filter_nameable(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(self.visible_to(permissions_of(request.user)) | Q(publication=Publication.PUBLISHED))

    @admin.display(description="what it offers")
    def what_it_offers(self, organisation: Organisation) -> SafeString | str:
        """Return links to its groups, roles and training, and to the pages that add one."""
        if not organisation.pk:
            return "Save it first; then add its groups, roles and training from here."
        group = type(organisation)._meta.get_field("groups").related_model
        initial = {"organisation": organisation.pk}
        filters = {"organisation__id__exact": organisation.pk}
        return links(
            list_link(group, f"Groups: {organisation.groups.count()}", **filters),
            add_link(group, "Add a group", **initial),
            list_link(PeerRole, f"Peer roles: {organisation.roles.count()}", **filters),
            add_link(PeerRole, "Add a peer role", **initial),
            list_link(Training, f"Training: {organisation.trainings.count()}", **filters),
            add_link(Training, "Add training", **initial),
        )
