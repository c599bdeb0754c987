from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from organisations.admin import (
    SOURCE,
    AreaFilter,
    CheckInline,
    ExamplesFilter,
    ForeignIdsMixin,
    FormerSlugInline,
    FreshnessFilter,
    ListingAdmin,
    MergeAdmin,
    RowInline,
    UsedFilter,
    fieldset,
    folded,
)
from organisations.admin.proposals import save_as_proposal
from places.models import Area, AreaPart

from ..disclosures import confidential_terms, warn_of_disclosure
from ..feedback.worded import worded_changes
from ..in_words.fields import FIELD
from ..joining_notices import joining_notice, warn_of_joining
from ..models import GroupCheck, GroupFormerSlug, JoiningRoute, SupportGroup
from ..spreadsheets.row_state import RowState, shown_as_contact_first
from .attention_filter import AttentionFilter
from .contact_notice import tell_of_missing_contact, tell_of_missing_contacts
from .group_form import GroupForm
from .merge_kinds import GROUPS
from .reopening import ReopeningAdmin
from .schedule import ScheduleChangeInline, ScheduleInline
from .schedule_preview import schedule_preview, typed_schedule_preview
from .schedule_words import PREVIEW, fill_rows

#: The most groups of one import that are checked for disclosures of their confidential venue.
MOST_WARNED_OF = 20


class MeetingAreaFilter(AreaFilter):
    """Filter groups by the district of their venue, else of their town."""

    title = "where it meets"

    def within(self, queryset: QuerySet[Any], area: Area) -> QuerySet[Any]:
        districts = AreaPart.objects.filter(area=area).values("district")
        return queryset.filter(Q(venue__district__in=districts) | Q(venue=None, town__district__in=districts))


class RouteInline(RowInline):
    model = JoiningRoute
    after = "More about joining"
    classes = ["collapse"]
    fields = [("route", "note")]
    verbose_name = "way in"
    verbose_name_plural = "ways in: by whom or through what somebody comes"


class GroupCheckInline(CheckInline):
    model = GroupCheck


class GroupFormerSlugInline(FormerSlugInline):
    model = GroupFormerSlug
    classes = ["collapse"]


@admin.register(SupportGroup)
class SupportGroupAdmin(MergeAdmin, ReopeningAdmin, ForeignIdsMixin, ListingAdmin):
    belongs_by = ("organisation",)
    form = GroupForm
    merge_kind = GROUPS
    undeletable_reason = (
        "A group is never deleted: its code stands on printed lists, and its page says what became of it. If it has "
        "ended, choose the stage “Ended”, and save. To take it off the site, choose “Withdrawn” under “Public or not”."
    )
    list_display = ["name", "place", "checked", "stage", "joining", "publication", "organisation"]
    list_filter = [
        "publication",
        FreshnessFilter,
        ExamplesFilter,
        AttentionFilter,
        "stage",
        "joining",
        "focus",
        MeetingAreaFilter,
        ("topics", UsedFilter),
        "stands_for_several",
    ]
    list_select_related = ["organisation", "venue__town", "venue__district", "town"]
    name_fields = ("name", "code")
    context_fields = ("town__name", "venue__town__name", "organisation__name")
    search_fields = [
        *("name", "code", "organisation__name", "town__name"),
        *("venue__name", "venue__postcode", "venue__town__name"),
    ]
    search_help_text = (
        "A name it has or had, an organisation, a town, a venue or a postcode. A telephone number, an e-mail address, "
        "or the short code on a printed list."
    )
    autocomplete_fields = [
        "organisation",
        "venue",
        "town",
        "areas_served",
        "eligible_area",
        "topics",
        "activities",
        "audiences",
        "languages",
        "contacts",
    ]
    readonly_fields = ["code", "foreign_ids", "when_it_meets", *ListingAdmin.readonly_fields]
    actions: Any = [*ListingAdmin.actions, "merge_selected"]
    #: What matters first is open; the rest is closed, each part by a name of its own.
    fieldsets = [
        fieldset("Who", "organisation", "name"),
        fieldset("What", "summary"),
        fieldset("When", ("stage", "stage_note"), "when_in_words", "when_it_meets"),
        fieldset("Where", ("meets_in_person", "meets_online", "meets_by_phone"), "venue", "town"),
        fieldset("Joining", "joining", "joining_note"),
        fieldset("Contact", "contacts", "website"),
        fieldset("Public or not", "publication"),
        fieldset("Checks"),
        fieldset("For staff", "staff_note", folded=True),
        fieldset(
            "More about who",
            "stands_for_several",
            "led_by",
            "audiences",
            ("age_from", "age_to"),
            ("eligible_by_place", "eligible_area"),
            "languages",
            folded=True,
        ),
        fieldset("More about what", "focus", "topics", "activities", "wellbeing", "what_it_is_like", folded=True),
        fieldset(
            "More about when", ("wants_members", "wants_volunteers", "wants_place"), "times_are_withheld", folded=True
        ),
        fieldset(
            "A break, or the end",
            ("paused_since", "paused_until"),
            "paused_because",
            "ended_on",
            "where_members_went",
            folded=True,
        ),
        fieldset("More about where", "areas_served", "how_to_take_part_from_home", "online_link", folded=True),
        fieldset(
            "More about joining",
            "look_again_on",
            ("while_waiting", "alongside_services", "after_services"),
            ("is_free", "cost_note"),
            folded=True,
        ),
        fieldset(
            "First visit",
            "who_meets_you",
            "do_i_have_to_talk",
            "can_i_bring_someone",
            "accessibility",
            "agreement",
            "agreed_on",
            "how_it_came_about",
            folded=True,
        ),
        folded(SOURCE),
        fieldset(
            "For the record",
            "slug",
            "code",
            "foreign_ids",
            "public_id",
            "revision",
            "created_at",
            "updated_at",
            folded=True,
        ),
    ]
    inlines = [ScheduleInline, ScheduleChangeInline, RouteInline, GroupCheckInline, GroupFormerSlugInline]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Fill the rows of regular times from the words above them, before they are read from what was posted."""
        if request.method == "POST" and FIELD in request.POST:
            group = self.get_object(request, unquote(object_id)) if object_id else None
            posted = request.POST.copy()
            fill_rows(posted, list(group.schedules.all()) if group else [])
            request.POST = posted  # type: ignore[assignment]  # Django accepts any QueryDict here.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: SupportGroup | None = None) -> bool:
        """Return False: groups end instead, because their codes are on printed lists."""
        return False

    def with_selected_related(self, rows: Any) -> QuerySet[Any]:
        return super().with_selected_related(rows.for_cards())

    @admin.display(description="place")
    def place(self, group: SupportGroup) -> str:
        return group.place_name

    @admin.display(description="when it meets, as saved")
    def when_it_meets(self, group: SupportGroup) -> SafeString | str:
        """The preview of its saved schedules."""
        if not group.pk:
            return "Add the regular times below. “Show the dates” tells you what follows from them, before you save."
        return schedule_preview(group, timezone.now()).as_html

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the preview of the unsaved schedules to the context, if the form was sent with the preview button."""
        if PREVIEW in request.POST:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["preview"] = typed_schedule_preview(context["adminform"].form, formsets, timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._warn_of(request, form.instance.pk)

    def after_merge(self, request: HttpRequest, row: Any) -> None:
        self._warn_of(request, row.pk)

    def _warn_of(self, request: HttpRequest, key: int) -> None:
        """Add a message for all that an editor should look at in a group as it is saved."""
        saved = SupportGroup.objects.for_cards().get(pk=key)
        warn_of_disclosure(request, saved)
        if notice := joining_notice(saved):
            messages.warning(request, f"“{saved.name}”: {notice}")
        for sentence in schedule_preview(saved, timezone.now()).clash_sentences:
            messages.warning(request, f"Look again at when it meets. {sentence}")
        tell_of_missing_contact(request, saved)

    def propose(self, request: HttpRequest, form: Any, formsets: list[Any]) -> None:
        worded = partial(worded_changes, proposed=form.proposed_words, today=timezone.localdate())
        fields = {"when": FIELD, "where": "venue"}
        save_as_proposal(request, form, formsets, worded, [fields[name] for name in form.proposed_words])

    def tell_of_published(self, request: HttpRequest, listings: Iterable[Any]) -> None:
        tell_of_missing_contacts(request, listings)

    def warn_of_imported(self, request: HttpRequest, states: Sequence[RowState]) -> None:
        confidential = [state.group for state in states if confidential_terms(state.group.venue)]
        for group in confidential[:MOST_WARNED_OF]:
            warn_of_disclosure(request, group)
        warn_of_joining(request, shown_as_contact_first(states))
