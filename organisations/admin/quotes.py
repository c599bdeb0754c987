"""People's and organisations' own words."""

from django.contrib import admin

from ..models import Quotation, Statement
from .base import RECORD, SOURCE, PublicModelAdmin, fieldset


@admin.register(Quotation)
class QuotationAdmin(PublicModelAdmin):
    belongs_by = ("organisation",)
    list_display = ["__str__", "organisation", "permission", "explains_peer_support"]
    list_filter = ["permission", "explains_peer_support"]
    list_select_related = ["organisation"]
    search_fields = ["words", "attribution", "organisation__name"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        fieldset("Who", "organisation", "attribution"),
        fieldset("What", "words"),
        fieldset(
            "Public or not",
            "permission",
            "permission_note",
            "explains_peer_support",
            "position",
            about="Nobody's words are shown before it is on record that they may be.",
        ),
        SOURCE,
        RECORD,
    ]


@admin.register(Statement)
class StatementAdmin(PublicModelAdmin):
    belongs_by = ("organisation",)
    list_display = ["heading", "organisation", "theme", "explains_peer_support"]
    list_filter = ["theme", "explains_peer_support"]
    name_relations = ("organisation",)
    search_fields = ["heading", "text", "organisation__name"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        fieldset("Who", "organisation"),
        fieldset("What", "theme", "heading", "text", "points"),
        fieldset("Where it is shown", "explains_peer_support", "position"),
        SOURCE,
        RECORD,
    ]
