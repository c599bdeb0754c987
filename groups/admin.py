"""Support groups, where and when they meet, and what people tell us about them, for staff."""

from django.contrib import admin
from django.http import HttpRequest

from organisations.admin import CheckInline, FormerSlugInline, ListingAdmin, NounAdmin
from places.admin import ReadOnly

from .models import (
    AccessFeature,
    Activity,
    Audience,
    GroupCheck,
    GroupFormerSlug,
    JoiningRoute,
    Language,
    Loaded,
    Need,
    Report,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)


class RouteInline(admin.TabularInline):
    model = JoiningRoute
    extra = 0


class ScheduleInline(admin.StackedInline):
    model = Schedule
    extra = 0
    autocomplete_fields = ["venue"]


class ScheduleChangeInline(admin.TabularInline):
    model = ScheduleChange
    extra = 0
    autocomplete_fields = ["venue"]


class GroupCheckInline(CheckInline):
    model = GroupCheck


class GroupFormerSlugInline(FormerSlugInline):
    model = GroupFormerSlug


@admin.register(SupportGroup)
class SupportGroupAdmin(ListingAdmin):
    list_display = ["name", "organisation", "place_name", "stage", "joining", "publication", "checked"]
    list_filter = ["publication", "stage", "joining", "focus", "stands_for_several"]
    list_select_related = ["organisation", "venue__town", "venue__district", "town"]
    search_fields = ["name", "code", "organisation__name", "town__name", "venue__name"]
    autocomplete_fields = [
        "organisation",
        "venue",
        "town",
        "areas_served",
        "topics",
        "activities",
        "audiences",
        "languages",
        "contacts",
    ]
    readonly_fields = ["code", *ListingAdmin.readonly_fields]
    inlines = [RouteInline, ScheduleInline, ScheduleChangeInline, GroupCheckInline, GroupFormerSlugInline]

    def has_delete_permission(self, request: HttpRequest, obj: SupportGroup | None = None) -> bool:
        """Nobody deletes a group: its code stands on paper, and its page says what became of it. It ends."""
        return False


@admin.register(Venue)
class VenueAdmin(NounAdmin):
    list_display = ["name", "town", "postcode", "district", "address_is_confidential", "position_is_by_hand"]
    list_filter = ["address_is_confidential", "position_is_by_hand"]
    list_select_related = ["town__district", "district"]
    search_fields = ["name", "postcode", "town__name"]
    autocomplete_fields = ["town", "district", "access_features"]
    readonly_fields = ["outward_code", *NounAdmin.readonly_fields]


@admin.register(Topic, Activity, Audience, Language, AccessFeature)
class TermAdmin(NounAdmin):
    list_display = ["name", "other_words"]
    search_fields = ["name", "other_words"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Report)
class ReportAdmin(NounAdmin):
    list_display = ["created_at", "part", "listing", "state", "closed_on"]
    list_filter = ["state", "part"]
    list_select_related = ["group", "organisation", "role__organisation", "training__organisation"]
    search_fields = ["what_is_right", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training"]


@admin.register(Need)
class NeedAdmin(NounAdmin):
    list_display = ["what", "area", "times_asked", "state", "taken_on_by"]
    list_filter = ["state", "focus"]
    list_select_related = ["area", "taken_on_by"]
    search_fields = ["what", "area__name"]
    autocomplete_fields = ["area", "topics", "taken_on_by"]


@admin.register(Loaded)
class LoadedAdmin(ReadOnly):
    """What came from the data files, to look at: `load_directory` keeps it."""

    list_display = ["key", "model", "row_id"]
    list_filter = ["model"]
    search_fields = ["key"]
