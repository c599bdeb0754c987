from django.contrib import admin

from ..models import Event, EventSeries
from .base import RECORD, SOURCE, PublicModelAdmin, fieldset


@admin.register(EventSeries)
class EventSeriesAdmin(PublicModelAdmin):
    belongs_by = ("organisation",)
    list_display = ["name", "organisation", "starts_on", "ends_on"]
    list_select_related = ["organisation"]
    context_fields = ("organisation__name",)
    search_fields = ["name", "organisation__name"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        fieldset("Who", "organisation"),
        fieldset("What", "name", "summary"),
        fieldset("When", ("starts_on", "ends_on")),
        SOURCE,
        RECORD,
    ]


@admin.register(Event)
class EventAdmin(PublicModelAdmin):
    belongs_by = ("organisation",)
    list_display = ["name", "organisation", "starts_on", "ends_on", "place"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name", "place"]
    autocomplete_fields = ["organisation", "series"]
    date_hierarchy = "starts_on"
    fieldsets = [
        fieldset("Who", "organisation", "series"),
        fieldset("What", "name", "summary"),
        fieldset("When", ("starts_on", "ends_on"), "date_note"),
        fieldset("Where", "place"),
        SOURCE,
        RECORD,
    ]

    def view_on_site(self, event: Event) -> str | None:
        """Return the address on the list of events; None while its organisation is not published."""
        return event.get_absolute_url() if event.organisation.is_published else None
