"""What people tell us: reports of what is wrong, groups we do not have, and what they look for and do not find."""

from django.contrib import admin

from organisations.admin import RECORD, NounAdmin, fieldset
from organisations.rights import CHANGE, VIEW

from ..models import CheckRequest, Need, Proposal, Report, Suggestion

#: How a report or a proposal belongs to an organisation: by the one of four listings that it is about.
BY_LISTING = ("organisation", "group__organisation", "role__organisation", "training__organisation")


@admin.register(Report)
class ReportAdmin(NounAdmin):
    belongs_by = BY_LISTING
    editors_may = (VIEW, CHANGE)
    contributors_may = ()
    for_managers = ("email",)
    list_display = ["created_at", "part", "listing", "times_said", "state", "closed_on"]
    list_filter = ["state", "is_set_aside", "part"]
    list_select_related = ["group", "organisation", "role__organisation", "training__organisation"]
    search_fields = ["what_is_right", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset("What somebody says", "part", "what_is_right", ("times_said", "is_set_aside"), "email"),
        fieldset("What you did", ("state", "closed_on"), "staff_note"),
        RECORD,
    ]


@admin.register(Proposal)
class ProposalAdmin(NounAdmin):
    belongs_by = BY_LISTING
    for_managers = ("email",)
    list_display = ["created_at", "listing", "source", "state", "closed_on"]
    list_filter = ["state", "source"]
    list_select_related = ["group", "organisation", "role__organisation", "training__organisation"]
    search_fields = ["note", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training", "report", "suggestion"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset("What is proposed", "source", "note", "email", "report", "suggestion"),
        fieldset("What you did", ("state", "closed_on"), "staff_note"),
        RECORD,
    ]


@admin.register(Suggestion)
class SuggestionAdmin(NounAdmin):
    for_managers = ("email",)
    list_display = ["name", "place", "area", "times_said", "state", "created_at"]
    list_filter = ["state", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area"]
    search_fields = ["name", "what", "place", "run_by"]
    autocomplete_fields = ["area", "group"]
    fieldsets = [
        fieldset("What somebody says", "name", "what", "when_and_where", ("place", "area"), "run_by", "how_to_ask"),
        fieldset("Who wants to know", "email", "times_said"),
        fieldset("What you did", ("state", "closed_on"), "group", "staff_note"),
        RECORD,
    ]


@admin.register(CheckRequest)
class CheckRequestAdmin(NounAdmin):
    belongs_by = ("organisation",)
    list_display = ["organisation", "sent_on", "delivery", "problem"]
    list_filter = ["delivery"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__name"]
    autocomplete_fields = ["organisation", "contact"]
    fieldsets = [
        fieldset("To whom", "organisation", "contact", "sent_on"),
        fieldset("What became of it", "delivery", "problem"),
        RECORD,
    ]


@admin.register(Need)
class NeedAdmin(NounAdmin):
    list_display = ["what", "area", "times_asked", "is_shown", "state", "taken_on_by"]
    list_filter = ["state", "is_shown", "focus", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "taken_on_by"]
    search_fields = ["what", "area__name"]
    autocomplete_fields = ["area", "topics", "taken_on_by"]
    fieldsets = [
        fieldset("What", "what", "focus", "topics"),
        fieldset("Where", "area"),
        fieldset("How often", "times_asked"),
        fieldset("Public or not", "is_shown"),
        fieldset("What became of it", "state", "taken_on_by", "outcome"),
        RECORD,
    ]
