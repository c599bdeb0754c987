from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from organisations.admin import RECORD, ExamplesFilter, PublicModelAdmin, RowInline, fieldset
from organisations.permissions import VIEW, permissions_of

from ..choices import Delivery
from ..feedback.admin.report import BY_LISTING
from .models import AskedListing, CheckRequest


class AnswerFilter(admin.SimpleListFilter):
    """Filter check requests by whether they were answered."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [
            ("answered", "Answered"),
            ("waiting", "No answer yet"),
            ("silent", "Silent for a fortnight"),
            ("refused", "Refused, or came back"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "answered":
            return queryset.answered()
        if self.value() == "waiting":
            return queryset.waiting(today)
        if self.value() == "silent":
            return queryset.silent(today)
        return queryset.refused() if self.value() == "refused" else queryset


class ExampleOrganisationFilter(ExamplesFilter):
    """Hide check requests to generated example organisations."""

    path = "organisation__"


class AskedInline(RowInline):
    """The listings that a check request asked about, with their answers; read only."""

    model = AskedListing
    written_by = "managers"
    after = "What it asked"
    fields = [("listing", "answer", "answered_on")]
    readonly_fields = ["listing", "answer", "answered_on"]
    can_delete = False
    verbose_name = "listing"
    verbose_name_plural = "listings"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        names = ("group", "organisation", "role__organisation", "training__organisation")
        rows: QuerySet[Any] = super().get_queryset(request).select_related(*names)
        rights = permissions_of(request.user)
        if rights.is_manager:
            return rows
        # Row-level permission: a listing that moved to another organisation shows only to that one's editors.
        return rows.filter(Q(*(Q(**{f"{path}__in": rights.keeps}) for path in BY_LISTING), _connector=Q.OR))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CheckRequest)
class CheckRequestAdmin(PublicModelAdmin):
    """Check requests, read only: the command `send_check_requests` sends them."""

    belongs_by = ("organisation",)
    editors_may = (VIEW,)
    contributors_may = ()
    list_display = ["organisation", "sent_on", "outcome"]
    list_filter = [AnswerFilter, ExampleOrganisationFilter]
    list_select_related = ["organisation"]
    name_relations = ("organisation",)
    search_fields = ["organisation__name"]
    autocomplete_fields = ["organisation", "contact"]
    readonly_fields = ["organisation", "contact", "sent_on", "delivery", "problem", *PublicModelAdmin.readonly_fields]
    actions = ["mark_bounced"]
    inlines = [AskedInline]
    fieldsets = [
        fieldset("To whom", "organisation", "contact", "sent_on"),
        fieldset("What became of it", "delivery", "problem"),
        fieldset("What it asked"),
        RECORD,
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_answers()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="what became of it")
    def outcome(self, check_request: Any) -> str:
        """Return how many listings were answered for, that nobody answered, or why it was not delivered."""
        if check_request.delivery != Delivery.SENT:
            return f"{check_request.get_delivery_display()}. {check_request.problem}".strip()
        if check_request.answers:
            return f"Answered for {check_request.answers} of {check_request.listings}"
        return "Silent" if check_request.is_silent(timezone.localdate()) else "No answer yet"

    @admin.action(description="It came back: the address does not work", permissions=["change"])
    def mark_bounced(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Mark messages as refused that bounced later. Nothing more is sent there until the contact is changed."""
        for check_request in queryset.filter(delivery=Delivery.SENT):
            check_request.delivery, check_request.problem = Delivery.REFUSED, "It came back."
            check_request.save()
            self.log_change(request, check_request, "It came back.")
        messages.success(request, "Noted. Nothing more is sent there until the contact’s address is changed.")
