from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from organisations.admin import RECORD, PublicModelAdmin, fieldset, links, list_link

from ..models import Source, SourceRecord


@admin.register(Source)
class SourceAdmin(PublicModelAdmin):
    """Lists of others that are read again and again. Managers only: a licence binds the whole site."""

    list_display = ["name", "licence", "last_read_on"]
    name_fields = ("name",)
    search_fields = ["name", "url"]
    search_help_text = "A name, or a part of its address."
    readonly_fields = ["last_read_on", "ids", *PublicModelAdmin.readonly_fields]
    fieldsets = [fieldset("", "name", "url", "licence", "attribution", "last_read_on", "ids"), RECORD]

    @admin.display(description="its entries here")
    def ids(self, source: Source) -> SafeString | str:
        """Return a link to the list of what came from it."""
        if not source.pk:
            return "None yet."
        return links(list_link(SourceRecord, f"Entries: {source.records.count()}", source__id__exact=source.pk))


@admin.register(SourceRecord)
class SourceRecordAdmin(PublicModelAdmin):
    """Which entry of another list is which listing here. Managers only."""

    list_display = ["foreign_id", "source", "subject"]
    list_filter = ["source"]
    list_select_related = ["source", "group", "organisation", "venue"]
    name_relations = ("source",)
    name_fields = ("foreign_id",)
    context_fields = ("source__name",)
    search_fields = ["foreign_id", "group__name", "organisation__name", "venue__name"]
    search_help_text = "An id, or the name of a group, an organisation or a venue."
    autocomplete_fields = ["source", "group", "organisation", "venue"]
    fieldsets = [fieldset("", "source", "foreign_id", "group", "organisation", "venue"), RECORD]

    @admin.display(description="what it is here")
    def subject(self, record: SourceRecord) -> str:
        return str(record.subject)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("group", "organisation", "venue")
