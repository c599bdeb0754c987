"""Admin of reports and needs."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from groups.choices import NeedState, ReportState
from organisations.admin import RECORD, PublicModelAdmin, UsedFilter, fieldset
from organisations.admin.autocomplete import AutocompleteForm
from organisations.admin.mixin_bases import ModelAdminMixin
from organisations.permissions import CHANGE, VIEW

from ..listing_changes import is_put_right
from ..models.base import InWords
from ..models.need import Need
from ..models.report import Report
from ..proposals import propose_from
from ..reports import close_report, reopen_report
from ..worded import set_readings
from .set_aside import SetAsideFilter, SetAsideMixin
from .unchanged import CLOSE_CHANGED, confirmation_page, is_confirmed, unchanged_reports

#: Lookups from a report or proposal to the organisation of its listing, for row-level permission.
BY_LISTING = ("organisation", "group__organisation", "role__organisation", "training__organisation")
#: Relations that `__str__` reads, for `select_related`.
NAME_RELATIONS = ("organisation", "group", "role__organisation", "training__organisation")
#: The most reports on one confirmation page.
MOST_CONFIRMED = 100
#: The warning when something is reopened.
REOPENED = "It is open again. If somebody was written to when it was closed, that cannot be taken back."


#: What was read of the words of a report or suggestion.
READINGS = ("when_read", "where_read")


def read_again(row: InWords, form: ModelForm) -> None:
    """Read when and where again, if an editor has changed the words."""
    if {"when_in_words", "where_in_words", "hours_in_words"} & set(form.changed_data):
        set_readings(row, timezone.localdate())


class ConvertOnceMixin(ModelAdminMixin):
    """Mixin that makes the conversion buttons of a change page idempotent: they do nothing for a closed row.

    Otherwise a second press, or a second open page, would reopen the row and e-mail its sender again.
    """

    #: The POST keys of the buttons that convert a row to a draft or proposal.
    conversion_buttons: set[str] = set()

    @transaction.atomic
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id)) if self.conversion_buttons & request.POST.keys() else None
        if row and not self.model._default_manager.select_for_update().get(pk=row.pk).is_open:
            messages.warning(request, "This is closed already, so nothing was made of it again.")
            return HttpResponseRedirect(request.path)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Report)
class ReportAdmin(SetAsideMixin, ConvertOnceMixin, PublicModelAdmin):
    conversion_buttons = {"_propose"}
    belongs_by = BY_LISTING
    editors_may = (VIEW, CHANGE)
    contributors_may = ()
    for_managers = ("email",)
    name_relations = NAME_RELATIONS
    list_display = ["listing", "part", "created_at", "times_said", "is_set_aside", "state", "closed_on"]
    list_filter = [SetAsideFilter, "state", "part"]
    ordering = ["is_set_aside", "-created_at"]
    search_fields = ["what_is_right", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training"]
    readonly_fields = [
        *READINGS,
        "hours_read",
        "times_said",
        "closed_on",
        "reopened_on",
        *PublicModelAdmin.readonly_fields,
    ]
    actions = ["put_right", "decline", "take_back", "set_aside"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset(
            "What somebody says",
            "part",
            ("when_in_words", "when_read"),
            ("where_in_words", "where_read"),
            ("hours_in_words", "hours_read"),
            "what_is_right",
            ("times_said", "is_set_aside"),
            "email",
        ),
        fieldset("What you did", ("state", "closed_on", "reopened_on"), "staff_note"),
        RECORD,
    ]

    def may_be_set_aside(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=ReportState.OPEN)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the confirmation page first if the report would be closed as put right with nothing changed."""
        report = self.get_object(request, unquote(object_id)) if request.method == "POST" else None
        if report is not None and self._needs_confirmation(request, report):
            return confirmation_page(request, self, [report])
        return super().change_view(request, object_id, form_url, extra_context)

    def _needs_confirmation(self, request: HttpRequest, report: Report) -> bool:
        """Return whether a valid form would close the report as put right with nothing changed."""
        if not self.has_change_permission(request, report) or is_confirmed(request, report):
            return False
        before = report.state
        form: ModelForm = self.get_form(request, report, change=True)(request.POST, instance=report)
        is_done = form.is_valid() and report.state == ReportState.DONE and before != ReportState.DONE
        return is_done and not is_put_right(report)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Save; a new state closes the report (with its day, and an e-mail to its sender) or reopens it."""
        read_again(obj, form)
        state, was_open = obj.state, form.initial.get("state", ReportState.OPEN) == ReportState.OPEN
        if state != ReportState.OPEN and was_open:
            obj.state = ReportState.OPEN
            close_report(obj, ReportState(state), timezone.localdate(), confirmed=is_confirmed(request, obj))
        elif state == ReportState.OPEN and not was_open:
            reopen_report(obj, timezone.localdate())
            messages.warning(request, REOPENED)
        else:
            super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        """After “Make a proposal of it”, redirect to the proposal."""
        if "_propose" not in request.POST or not obj.is_open:
            return super().response_change(request, obj)
        proposal = obj.proposals.filter(state="open").first() or propose_from(obj)
        messages.success(request, "This proposal was made of the report. Decide it, and the report is closed too.")
        return HttpResponseRedirect(reverse("admin:groups_proposal_change", args=[proposal.pk]))

    @admin.action(description="Close: it is put right now", permissions=["change"])
    def put_right(self, request: HttpRequest, queryset: QuerySet[Any]) -> TemplateResponse | None:
        """Close the reports with changes; for the others, show the confirmation page first."""
        reports = list(queryset.filter(state=ReportState.OPEN))
        unchanged = unchanged_reports(reports)
        if CLOSE_CHANGED in request.POST:
            reports = [report for report in reports if report not in unchanged]
        elif any(not is_confirmed(request, report) for report in unchanged):
            if len(unchanged) > MOST_CONFIRMED:
                messages.error(
                    request,
                    f"Nothing was closed: nothing was changed for {len(unchanged)} of these. Choose fewer at once.",
                )
                return None
            return confirmation_page(request, self, [*unchanged], changed=len(reports) - len(unchanged))
        self._close_all(request, reports, ReportState.DONE)
        return None

    @admin.action(description="Close: there was nothing to put right", permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._close_all(request, queryset.filter(state=ReportState.OPEN), ReportState.DECLINED)

    def _close_all(self, request: HttpRequest, reports: Iterable[Report], state: ReportState) -> None:
        today, number = timezone.localdate(), 0
        for report in reports:
            close_report(report, state, today, confirmed=is_confirmed(request, report))
            self.log_change(request, report, f"Closed: {report.get_state_display()}.")
            number += 1
        messages.success(request, f"{number or 'No'} report{'' if number == 1 else 's'} closed.")


class NeedForm(AutocompleteForm):
    """A need can be met only with an outcome or an organisation."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        says_where = cleaned.get("outcome") or cleaned.get("taken_on_by")
        if "state" in self.changed_data and cleaned.get("state") == NeedState.MET and not says_where:
            self.add_error("outcome", "Say which group there is now. Everybody who asked looks for it here.")
        return cleaned


@admin.register(Need)
class NeedAdmin(SetAsideMixin, PublicModelAdmin):
    form = NeedForm
    list_display = ["what", "area", "times_asked", "is_shown", "state", "taken_on_by"]
    list_filter = [SetAsideFilter, "is_shown", "state", "focus", ("area", UsedFilter)]
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

    def may_be_set_aside(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=NeedState.ASKED, is_shown=False)
