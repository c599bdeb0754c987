from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from organisations.admin import RECORD, ExamplesFilter, PublicModelAdmin, Rows, fieldset
from organisations.permissions import VIEW, permissions_of

from ..choices import Delivery
from ..feedback.admin.report import BY_LISTING
from .models import AskedListing, CheckRequest


class AnswerFilter(admin.SimpleListFilter):
    """Messages by whether they were answered."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [
            ("answered", "Answered"),
            ("waiting", "No answer yet"),
            ("silent", "Silent for a fortnight"),
            ("refused", "Refused, or came back"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.value() == "answered":
            return queryset.answered()
        if self.value() == "waiting":
            return queryset.waiting(today)
        if self.value() == "silent":
            return queryset.silent(today)
        return queryset.error_sentences() if self.value() == "refused" else queryset


class ExampleOrganisationFilter(ExamplesFilter):
    """Messages without those to generated examples."""

    path = "organisation__"


class AskedInline(Rows):
    """What a message asked about, and what was answered."""

    model = AskedListing
    written_by = "managers"
    after = "What it asked"
    fields = [("listing", "answer", "answered_on")]
    readonly_fields = ["listing", "answer", "answered_on"]
    can_delete = False
    verbose_name = "listing"
    verbose_name_plural = "listings"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        names = ("group", "organisation", "role__organisation", "training__organisation")
        rows, rights = super().get_queryset(request).select_related(*names), permissions_of(request.user)
        if rights.is_manager:
            return rows
        # What another organisation has taken over since is named to those who keep it now.
        return rows.filter(Q(*(Q(**{f"{path}__in": rights.keeps}) for path in BY_LISTING), _connector=Q.OR))

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(CheckRequest)
class CheckRequestAdmin(PublicModelAdmin):
    """Messages that asked organisations whether their listings are still right. The command sends them; nobody here."""

    belongs_by = ("organisation",)
    editors_may = (VIEW,)
    contributors_may = ()
    list_display = ["organisation", "sent_on", "outcome"]
    list_filter = [AnswerFilter, ExampleOrganisationFilter]
    list_select_related = ["organisation"]
    names_say = ("organisation",)
    search_fields = ["organisation__name"]
    autocomplete_fields = ["organisation", "contact"]
    readonly_fields = ["organisation", "contact", "sent_on", "delivery", "problem", *PublicModelAdmin.readonly_fields]
    actions = ["came_back"]
    inlines = [AskedInline]
    fieldsets = [
        fieldset("To whom", "organisation", "contact", "sent_on"),
        fieldset("What became of it", "delivery", "problem"),
        fieldset("What it asked"),
        RECORD,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_answers()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="what became of it")
    def outcome(self, sent: CheckRequest) -> str:
        """In words: answered for how many listings, silent since when, or why it did not arrive."""
        if sent.delivery != Delivery.SENT:
            return f"{sent.get_delivery_display()}. {sent.problem}".strip()
        if sent.answers:
            return f"Answered for {sent.answers} of {sent.listings}"
        return "Silent" if sent.is_silent(timezone.localdate()) else "No answer yet"

    @admin.action(description="It came back: the address does not work", permissions=["change"])
    def came_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        """For mail that was taken at first and came back later. No more is sent there until the contact is mended."""
        for sent in queryset.filter(delivery=Delivery.SENT):
            sent.delivery, sent.problem = Delivery.REFUSED, "It came back."
            sent.save()
            self.log_change(request, sent, "It came back.")
        messages.success(request, "Noted. Nothing more is sent there until the contact’s address is changed.")
