"""The staff page of e-mails that were not sent yet, for managers."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from common.emails import send_again
from common.models import OutgoingEmail


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(admin.ModelAdmin):
    """E-mails that wait or could not be sent. What they say is not shown: it may be a link to choose a password."""

    list_display = ["subject", "to_address", "created_at", "state", "problem"]
    list_filter = ["state"]
    readonly_fields = (
        "subject",
        "to_address",
        "state",
        "problem",
        "tries",
        "created_at",
        "next_try_at",
        "give_up_at",
    )
    fields = readonly_fields
    show_facets = admin.ShowFacets.NEVER
    actions = ["send_chosen_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Try once more to send them", permissions=["delete"])
    def send_chosen_again(self, request: HttpRequest, queryset: QuerySet[OutgoingEmail]) -> None:
        number = send_again(queryset)
        messages.success(request, f"{number} {'e-mail waits' if number == 1 else 'e-mails wait'} to be sent again.")
