"""What people tell us: reports of what is wrong, and what they look for and do not find."""

from django.contrib import admin

from organisations.admin import RECORD, NounAdmin, fieldset

from ..models import Need, Report


@admin.register(Report)
class ReportAdmin(NounAdmin):
    list_display = ["created_at", "part", "listing", "state", "closed_on"]
    list_filter = ["state", "part"]
    list_select_related = ["group", "organisation", "role__organisation", "training__organisation"]
    search_fields = ["what_is_right", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset("What somebody says", "part", "what_is_right", "email"),
        fieldset("What you did", ("state", "closed_on"), "staff_note"),
        RECORD,
    ]


@admin.register(Need)
class NeedAdmin(NounAdmin):
    list_display = ["what", "area", "times_asked", "state", "taken_on_by"]
    list_filter = ["state", "focus", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "taken_on_by"]
    search_fields = ["what", "area__name"]
    autocomplete_fields = ["area", "topics", "taken_on_by"]
    fieldsets = [
        fieldset("What", "what", "focus", "topics"),
        fieldset("Where", "area"),
        fieldset("How often", "times_asked"),
        fieldset("What became of it", "state", "taken_on_by", "outcome"),
        RECORD,
    ]
