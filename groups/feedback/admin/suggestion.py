from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from groups.choices import SuggestionState
from groups.models import SupportGroup
from organisations.admin import RECORD, PublicModelAdmin, UsedFilter, fieldset
from organisations.admin.autocomplete import AutocompleteForm
from organisations.models import Organisation
from organisations.permissions import CHANGE, VIEW, model_permission_page, permissions_of
from places.models import AreaPart

from ..models.proposal import Proposal
from ..models.suggestion import Suggestion
from ..suggestions import close_suggestion, draft_of, proposal_of, reason_not_to_close, reopen_suggestion
from .report import READINGS, REOPENED, ConvertOnceMixin, read_again
from .set_aside import SetAsideFilter, SetAsideMixin


class SuggestionForm(AutocompleteForm):
    """A suggestion cannot be closed as listed without a listing, nor as declined with a public one."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "state" in self.changed_data and "state" in cleaned:
            # The field is absent where the editor may not see the group.
            row = Suggestion(group=cleaned.get("group", self.instance.group))
            if reason := reason_not_to_close(row, cleaned["state"]):
                self.add_error("state", reason)
        return cleaned


@admin.register(Suggestion)
class SuggestionAdmin(SetAsideMixin, ConvertOnceMixin, PublicModelAdmin):
    """Suggestions. One with no organisation is for every editor with an organisation that serves its area."""

    form = SuggestionForm
    conversion_buttons = {"_draft", "_propose"}
    belongs_by = ("organisation",)
    editors_may = (VIEW, CHANGE)
    contributors_may = ()
    for_managers = ("email",)
    list_display = ["name", "place", "area", "times_said", "state", "created_at"]
    list_filter = [SetAsideFilter, "state", ("area", UsedFilter)]
    list_select_related = ["area"]
    search_fields = ["name", "what", "place", "run_by"]
    autocomplete_fields = ["area", "organisation", "group"]
    actions = ["take_back", "set_aside"]
    readonly_fields = [*READINGS, "times_said", "closed_on", "reopened_on", *PublicModelAdmin.readonly_fields]
    fieldsets = [
        fieldset(
            "What somebody says",
            "name",
            "what",
            ("when_in_words", "when_read"),
            ("where_in_words", "where_read"),
            ("place", "area"),
            "run_by",
            "how_to_ask",
        ),
        fieldset("Who wants to know", "email", ("times_said", "is_set_aside")),
        fieldset("Whose it is", "organisation", about="Choose, and then “Make a draft of it”."),
        fieldset("If we have it already", "group", about="Choose the group, and then “Make a proposal for the group”."),
        fieldset("What you did", ("state", "closed_on", "reopened_on"), "staff_note"),
        RECORD,
    ]

    def may_be_set_aside(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=SuggestionState.OPEN)

    def visible_to(self, rights: Any) -> Q:
        """Return the row-level filter: suggestions of these organisations, or of none in an area that they serve."""
        served = AreaPart.objects.filter(area__organisations__in=rights.edits)
        in_served_area = Q(area__in=served.values("district")) | Q(area__in=served.values("area"))
        return Q(organisation__in=rights.edits) | (Q(organisation=None) & in_served_area)

    def organisations_of(self, row: Any) -> set[int]:
        if row.organisation_id or row.area_id is None:
            return super().organisations_of(row)
        serving = Organisation.objects.serving(row.area) if row.pk else Organisation.objects.none()
        return set(serving.values_list("pk", flat=True))

    def get_fieldsets(self, request: HttpRequest, obj: Suggestion | None = None) -> list[Any]:
        """Leave out the group where it is one that this user may not see: it may be another organisation's draft."""
        parts = super().get_fieldsets(request, obj)
        if (
            obj is None
            or obj.group is None
            or model_permission_page(SupportGroup).has_view_permission(request, obj.group)
        ):
            return parts
        return [(name, options) for name, options in parts if "group" not in options["fields"]]

    def get_form(self, request: HttpRequest, obj: Suggestion | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Let an editor assign a suggestion with no organisation to one of theirs."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None and obj.organisation_id is None and "organisation" in form.base_fields:
            form.base_fields["organisation"].disabled = False
        return form

    def save_model(self, request: HttpRequest, obj: Suggestion, form: Any, change: bool) -> None:
        """Save; a new state closes the suggestion (with its day, and an e-mail to its sender) or reopens it."""
        read_again(obj, form)
        state, was_open = obj.state, form.initial.get("state", SuggestionState.OPEN) == SuggestionState.OPEN
        if state != SuggestionState.OPEN and was_open:
            close_suggestion(obj, SuggestionState(state), timezone.localdate())
        elif state == SuggestionState.OPEN and not was_open:
            reopen_suggestion(obj, timezone.localdate())
            messages.warning(request, REOPENED)
        else:
            super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        """After “Make a draft of it” or “Make a proposal for the group”, redirect to what was made."""
        if "_propose" in request.POST and obj.is_open:
            return self._propose(request, obj)
        if "_draft" not in request.POST or not obj.is_open:
            return super().response_change(request, obj)
        rights = permissions_of(request.user)
        if not rights.is_manager and obj.organisation_id not in rights.edits:
            messages.error(request, "Choose one of your organisations first. A manager can draft a new one.")
            return HttpResponseRedirect(request.path)
        group = draft_of(obj, timezone.localdate())
        messages.success(request, f"“{group}” is a draft now. Ask the group, fill in the rest, and publish it.")
        return HttpResponseRedirect(reverse("admin:groups_supportgroup_change", args=[group.pk]))

    def _propose(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        if obj.group is None:
            messages.error(request, "Choose the group first, under “If we have it already”.")
            return HttpResponseRedirect(request.path)
        proposal = proposal_of(obj, timezone.localdate())
        if not model_permission_page(Proposal).has_view_permission(request, proposal):
            messages.success(request, "A proposal was made for those who keep the group, and the suggestion is closed.")
            return HttpResponseRedirect(reverse("admin:groups_suggestion_changelist"))
        messages.success(request, f"This proposal was made for “{obj.group}”, and the suggestion is closed.")
        return HttpResponseRedirect(reverse("admin:groups_proposal_change", args=[proposal.pk]))
