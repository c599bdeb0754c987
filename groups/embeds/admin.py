from django.contrib import admin

from organisations.admin import RECORD, PublicModelAdmin, fieldset

from .models import EmbedHost


@admin.register(EmbedHost)
class EmbedHostAdmin(PublicModelAdmin):
    """Sites that may frame our lists. Managers only: whoever frames a page decides what stands around it."""

    list_display = ["host", "created_at"]
    name_fields = ("host",)
    search_fields = ["host", "note"]
    search_help_text = "A part of its name, or of the note."
    fieldsets = [fieldset("", "host", "note"), RECORD]
