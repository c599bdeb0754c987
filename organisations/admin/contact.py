from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.safestring import SafeString

from ..models import Contact, Organisation
from .base import RECORD, PublicModelAdmin, fieldset, links, list_link
from .duplicates import MergeAdmin
from .locking import LockedForm
from .merge_kinds import CONTACTS


class ContactForm(LockedForm):
    """The form of a contact. The date of agreement defaults to today."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("belongs_to_person") and cleaned.get("is_released") and not cleaned.get("release_agreed_on"):
            cleaned["release_agreed_on"] = timezone.localdate()
        return cleaned


@admin.register(Contact)
class ContactAdmin(MergeAdmin, PublicModelAdmin):
    form = ContactForm
    merge_kind = CONTACTS
    actions = ["merge_selected"]
    belongs_by = ("organisation",)
    list_display = ["title", "organisation", "purpose", "is_released", "number_checked_on"]
    list_filter = ["is_released", "purpose"]
    name_relations = ("organisation",)
    name_fields = ("role_title", "phone", "email")
    context_fields = ("organisation__name",)
    search_fields = ["role_title", "organisation__name", "email", "phone"]
    search_help_text = "A role, an organisation, an e-mail address or a number."
    autocomplete_fields = ["organisation"]
    readonly_fields = ["used_by", *PublicModelAdmin.readonly_fields]
    fieldsets = [
        fieldset("Who", "organisation", "role_title", "purpose", "used_by"),
        fieldset("How to reach them", "email", "phone", "text_number", "takes_whatsapp", "hours"),
        fieldset(
            "Public or not",
            "belongs_to_person",
            "is_released",
            ("release_agreed_by", "release_agreed_on"),
            "number_checked_on",
            about="Is it the main number, which all may have? Then tick “released” as you add it.",
        ),
        fieldset("Our messages", "is_asked_for_checks"),
        fieldset("For staff", "staff_note"),
        RECORD,
    ]

    @admin.display(description="role", ordering="role_title")
    def title(self, contact: Contact) -> str:
        return contact.title

    @admin.display(description="named by")
    def used_by(self, contact: Contact) -> SafeString | str:
        """Return a link to the list of the groups with this contact."""
        if not contact.pk:
            return "Nobody yet."
        group = Organisation._meta.get_field("groups").related_model
        return links(list_link(group, f"Groups: {contact.groups.count()}", contacts__id__exact=contact.pk))
