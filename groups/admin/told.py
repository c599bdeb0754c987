"""What people tell us: reports of what is wrong, and what they look for and do not find."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from organisations.admin import RECORD, NounAdmin, fieldset
from organisations.rights import CHANGE, VIEW

from ..choices import NeedState, ReportState
from ..models import Need, Report
from ..telling import close_report, propose_from
from .set_aside import SetAsideFilter, SetsAside

#: How a report or a proposal belongs to an organisation: by the one of four listings that it is about.
BY_LISTING = ("organisation", "group__organisation", "role__organisation", "training__organisation")
#: What the name of one is made of.
NAMES_SAY = ("organisation", "group", "role__organisation", "training__organisation")


class MadeOnce:
    """For a page of what people tell us: of a row that is closed its buttons make nothing again.

    Somebody pressed twice, or two had the page open; else the row would be opened anew, and its sender told again.
    """

    #: What the buttons are called that make something of a row.
    making: set[str] = set()

    @transaction.atomic
    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        row = self.get_object(request, unquote(object_id)) if self.making & request.POST.keys() else None
        if row and not self.model.objects.select_for_update().get(pk=row.pk).is_open:
            messages.warning(request, "This is closed already, so nothing was made of it again.")
            return HttpResponseRedirect(request.path)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Report)
class ReportAdmin(SetsAside, MadeOnce, NounAdmin):
    making = {"_propose"}
    belongs_by = BY_LISTING
    editors_may = (VIEW, CHANGE)
    contributors_may = ()
    for_managers = ("email",)
    names_say = NAMES_SAY
    list_display = ["created_at", "part", "listing", "times_said", "is_set_aside", "state", "closed_on"]
    list_filter = [SetAsideFilter, "state", "part"]
    ordering = ["is_set_aside", "-created_at"]
    search_fields = ["what_is_right", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training"]
    readonly_fields = ["times_said", "closed_on", *NounAdmin.readonly_fields]
    actions = ["put_right", "decline", "take_back", "set_aside"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset("What somebody says", "part", "what_is_right", ("times_said", "is_set_aside"), "email"),
        fieldset("What you did", ("state", "closed_on"), "staff_note"),
        RECORD,
    ]

    def may_be_set_aside(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ReportState.OPEN)

    def save_model(self, request: HttpRequest, obj: Report, form, change: bool) -> None:
        """Closing it sets the day, and tells whoever wanted to hear; opening it again takes the day away."""
        state, was_open = obj.state, form.initial.get("state", ReportState.OPEN) == ReportState.OPEN
        if state != ReportState.OPEN and was_open:
            obj.state = ReportState.OPEN
            close_report(obj, state, timezone.localdate())
        else:
            obj.closed_on = None if state == ReportState.OPEN else obj.closed_on
            super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        """With “Make a proposal of it”, lead to that proposal."""
        if "_propose" not in request.POST or not obj.is_open:
            return super().response_change(request, obj)
        proposal = obj.proposals.filter(state="open").first() or propose_from(obj)
        messages.success(request, "This proposal was made of the report. Decide it, and the report is closed too.")
        return HttpResponseRedirect(reverse("admin:groups_proposal_change", args=[proposal.pk]))

    @admin.action(description="Close: it is put right now", permissions=["change"])
    def put_right(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._close_all(request, queryset, ReportState.DONE)

    @admin.action(description="Close: there was nothing to put right", permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._close_all(request, queryset, ReportState.DECLINED)

    def _close_all(self, request: HttpRequest, queryset: QuerySet, state: ReportState) -> None:
        today, number = timezone.localdate(), 0
        for report in queryset.filter(state=ReportState.OPEN):
            close_report(report, state, today)
            self.log_change(request, report, f"Closed: {report.get_state_display()}.")
            number += 1
        messages.success(request, f"{number or 'No'} report{'' if number == 1 else 's'} closed.")


@admin.register(Need)
class NeedAdmin(SetsAside, NounAdmin):
    list_display = ["what", "area", "times_asked", "is_shown", "state", "taken_on_by"]
    list_filter = [SetAsideFilter, "is_shown", "state", "focus", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "taken_on_by"]
    search_fields = ["what", "area__name"]
    autocomplete_fields = ["area", "topics", "taken_on_by"]
    actions = ["take_back", "set_aside"]
    fieldsets = [
        fieldset("What", "what", "focus", "topics"),
        fieldset("Where", "area"),
        fieldset("How often", "times_asked"),
        fieldset("Public or not", ("is_shown", "is_set_aside")),
        fieldset("What became of it", "state", "taken_on_by", "outcome"),
        RECORD,
    ]

    def may_be_set_aside(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=NeedState.ASKED, is_shown=False)
