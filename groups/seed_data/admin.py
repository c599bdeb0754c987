from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from places.admin import ReadOnly

from .models import Loaded


class KindFilter(admin.SimpleListFilter):
    """Filter of loaded entries by model."""

    title = parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        labels = Loaded.objects.order_by("model").values_list("model", flat=True).distinct()
        return [(label, model_label(label)) for label in labels]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(model=self.value()) if self.value() else queryset


def model_label(label: str) -> str:
    """Return the capitalised verbose name of a model label: "Group"."""
    return capfirst(str(apps.get_model(label)._meta.verbose_name))


@admin.register(Loaded)
class LoadedAdmin(ReadOnly):
    """Read-only list of the entries that `load_directory` has written."""

    list_display = ["key", "kind"]
    # Without the fingerprint and the key, which mean nothing to people.
    fields = ["kind", "what", "key"]
    readonly_fields = ["kind", "what"]
    list_filter = [KindFilter]
    search_fields = ["key"]

    @admin.display(ordering="model")
    def kind(self, loaded: Loaded) -> str:
        return model_label(loaded.model)

    @admin.display(description="what it is now")
    def what(self, loaded: Loaded) -> SafeString | str:
        """Return a link to the row, or a sentence if it has been deleted."""
        model: type[Model] = apps.get_model(loaded.model)
        row = model._default_manager.filter(pk=loaded.row_id).first()
        if row is None:
            return "It has been deleted since, and does not come back."
        if not self.admin_site.is_registered(model):
            return str(row)
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row)
