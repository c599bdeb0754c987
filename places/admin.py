from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import JSONField

from .list_field import ListOfWordsField
from .models import Area, AreaPart, GazetteerLoad, Postcode, PostcodeSector, Town


class ReadOnly(admin.ModelAdmin):
    """Official data, to look at: `load_places` brings it, nobody edits it."""

    kept_because = "This is here to look at. A command of the site keeps it; nobody adds to it or deletes from it."
    show_facets = admin.ShowFacets.NEVER

    def add_view(self, request, form_url="", extra_context=None):
        raise PermissionDenied(self.kept_because)

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied(self.kept_because)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class AreaPartInline(admin.StackedInline):
    model = AreaPart
    fields = [("district", "outward_code")]
    fk_name = "area"
    extra = 0
    autocomplete_fields = ["district"]


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    is_shared = True
    list_display = ["name", "name_cy", "kind", "parent", "gss_code"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_cy", "folded_names", "gss_code"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["public_id", "path", "created_at", "updated_at"]
    formfield_overrides = {JSONField: {"form_class": ListOfWordsField}}
    inlines = [AreaPartInline]
    show_facets = admin.ShowFacets.NEVER


@admin.register(Town)
class TownAdmin(admin.ModelAdmin):
    is_shared = True
    list_display = ["name", "district", "population", "sector"]
    list_select_related = ["district", "sector"]
    search_fields = ["name", "folded_name", "folded_aliases"]
    autocomplete_fields = ["district", "sector"]
    readonly_fields = ["public_id", "folded_name", "created_at", "updated_at"]
    formfield_overrides = {JSONField: {"form_class": ListOfWordsField}}


@admin.register(PostcodeSector)
class PostcodeSectorAdmin(ReadOnly):
    list_display = ["sector", "district", "postcodes"]
    list_select_related = ["district"]
    search_fields = ["^sector"]


@admin.register(Postcode)
class PostcodeAdmin(ReadOnly):
    list_display = ["__str__", "district"]
    list_select_related = ["district"]
    search_fields = ["^postcode"]
    search_help_text = "Without the space: TA201AA."
    # Counting 1.74 million rows to say "of 1,742,406" on every page is slow.
    show_full_result_count = False


@admin.register(GazetteerLoad)
class GazetteerLoadAdmin(ReadOnly):
    list_display = ["name", "rows", "loaded_at"]
