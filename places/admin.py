from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Field, ForeignKey, JSONField, QuerySet
from django.http import HttpRequest, HttpResponse

from common.form_fields import ListOfWordsField

from .models import Area, AreaPart, GazetteerLoad, Locality, Postcode, PostcodeSector, Town


class ReadOnly(admin.ModelAdmin):
    """Read-only pages of data that `load_places` maintains."""

    undeletable_reason = (
        "This is here to look at. A command of the site keeps it; nobody adds to it or deletes from it."
    )
    show_facets = admin.ShowFacets.NEVER

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied(self.undeletable_reason)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied(self.undeletable_reason)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Places(admin.ModelAdmin):
    """Base of the pages of areas and towns. Related rows cannot be deleted from a field."""

    is_shared = True
    formfield_overrides = {JSONField: {"form_class": ListOfWordsField}}

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, ForeignKey) and field is not None:
            field.widget.can_delete_related = False
        return field


class AreaPartInline(admin.StackedInline):
    model = AreaPart
    verbose_name_plural = "its parts: districts, or parts of districts"
    fields = ["district", "outward_code"]
    fk_name = "area"
    extra = 0
    autocomplete_fields = ["district"]


@admin.register(Area)
class AreaAdmin(Places):
    list_display = ["name", "name_cy", "kind", "parent", "gss_code"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    name_fields = ("name", "name_cy", "aliases", "gss_code")
    search_fields = ["name", "name_cy", "folded_names", "gss_code"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["public_id", "path", "created_at", "updated_at"]
    fieldsets = [
        ("What", {"fields": ["name", "name_cy", "aliases", "kind", "what_it_covers", "is_listed", "slug"]}),
        ("Where", {"fields": ["parent", "latitude", "longitude"]}),
        (
            "For the record",
            {"fields": ["gss_code", "path", "public_id", "created_at", "updated_at"], "classes": ["collapse"]},
        ),
    ]
    inlines = [AreaPartInline]
    show_facets = admin.ShowFacets.NEVER


@admin.register(Town)
class TownAdmin(Places):
    list_display = ["name", "district", "population", "sector"]
    name_fields = ("name", "aliases")
    context_fields = ("district__name",)
    search_fields = ["name", "folded_name", "folded_aliases"]
    autocomplete_fields = ["district", "sector"]
    readonly_fields = ["public_id", "created_at", "updated_at"]
    fieldsets = [
        ("What", {"fields": ["name", "aliases", "population"]}),
        ("Where", {"fields": ["district", "sector", "latitude", "longitude"]}),
        (
            "For the record",
            {"fields": ["geonames_id", "public_id", "created_at", "updated_at"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the towns with what their names and their list say: the boxes that choose one name many."""
        return super().get_queryset(request).select_related("district", "sector")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the parts of the form; for who only reads without the sector, a link to a page of managers."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (name, options | {"fields": [each for each in options["fields"] if each != "sector"]})
            for name, options in self.fieldsets
        ]


@admin.register(PostcodeSector)
class PostcodeSectorAdmin(ReadOnly):
    list_display = ["sector", "district", "postcodes"]
    list_select_related = ["district"]
    search_fields = ["^sector"]


@admin.register(Locality)
class LocalityAdmin(ReadOnly):
    list_display = ["name", "within", "district", "population"]
    list_select_related = ["district"]
    name_fields = ("name",)
    context_fields = ("within", "district__name")
    search_fields = ["name", "folded_name", "folded_aliases"]
    show_full_result_count = False


@admin.register(Postcode)
class PostcodeAdmin(ReadOnly):
    list_display = ["__str__", "district"]
    list_select_related = ["district"]
    # Too many to rank by name: the search is by prefix only.
    name_fields = ()
    search_fields = ["^postcode"]
    search_help_text = "A postcode, or its beginning."
    # Counting 1.74 million rows to say "of 1,742,406" on every page is slow.
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Search without spaces, as postcodes are stored."""
        return super().get_search_results(request, queryset, search_term.replace(" ", ""))


@admin.register(GazetteerLoad)
class GazetteerLoadAdmin(ReadOnly):
    list_display = ["name", "rows", "loaded_at"]
