from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils import timezone


class AttentionFilter(admin.SimpleListFilter):
    """Filter the groups that an editor should contact."""

    title = "what to look at"
    parameter_name = "wants"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [
            ("back", "Break should be over"),
            ("news", "Being set up, no news for 60 days"),
            ("dates", "Special dates run out soon"),
            ("contact", "No contact that visitors can see"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        known = {value for value, _ in self.lookup_choices}
        return queryset.needing_attention(self.value(), timezone.localdate()) if self.value() in known else queryset
