"""Export and import of groups as spreadsheets, and their template."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.slots import FILES, slot, slot_for_posts
from organisations.permissions import VIEW, permissions_of

from ..models import SupportGroup
from .export import export_rows
from .formats import csv_bytes, xlsx_bytes
from .forms import ExportForm
from .group_columns import column_titles
from .import_admin import ImportAdmin
from .template import RULES, column_help, template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SpreadsheetAdmin(ImportAdmin):
    """Base of the admin of groups: import, export and template."""

    change_list_template = "admin/groups/supportgroup/change_list.html"
    actions: Any = ["export_chosen", "export_chosen_csv"]

    def get_urls(self) -> list[URLPattern]:
        views = {
            "import/template/": (self.template_view, "template"),
            "import/": (self.import_view, "import"),
            "import/columns/": (self.map_view, "map"),
            "import/progress/": (self.progress_view, "import_progress"),
            "process_import/": (self.process_import_view, "process_import"),
            "export/": (self.export_view, "export"),
        }
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"groups_supportgroup_{name}") for route, (view, name) in views.items()]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may = {
            "has_import_permission": self.has_import_permission(request),
            "has_export_permission": self.has_export_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **may})

    def has_export_permission(self, request: HttpRequest) -> bool:
        return permissions_of(request.user).may(VIEW, self)

    # The template

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Show the help for each column; with `?as=csv` or `?as=xlsx`, return the empty template file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        if request.GET.get("as") == "csv":
            return _file_response(template_csv(), "text/csv; charset=utf-8", "groups-template.csv")
        if request.GET.get("as") == "xlsx":
            return _file_response(template_xlsx(), XLSX, "groups-template.xlsx")
        return self._sheet_page(request, "template", "Groups in a spreadsheet", columns=column_help(), rules=RULES)

    # Export

    @slot_for_posts(FILES)
    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Export the groups of the filtered changelist; redirect to it if a filter is unknown."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        try:
            groups = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse('admin:groups_supportgroup_changelist')}?e=1")
        if form.is_valid():
            return self._export_response(request, groups, form.cleaned_data["kind"])
        return self._sheet_page(request, "export", "Export groups", form=form, number=groups.count())

    @admin.action(description="Export the chosen ones as an Excel workbook", permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[SupportGroup]) -> HttpResponse | None:
        return self._export_response(request, queryset, "xlsx") if queryset.exists() else None

    @admin.action(description="Export the chosen ones as CSV", permissions=["export"])
    def export_chosen_csv(self, request: HttpRequest, queryset: QuerySet[SupportGroup]) -> HttpResponse | None:
        return self._export_response(request, queryset, "csv") if queryset.exists() else None

    def _export_response(self, request: HttpRequest, groups: QuerySet[SupportGroup], kind: str) -> HttpResponse:
        # A fresh queryset: the annotations of the changelist are not needed.
        visible = self.filter_visible(request, SupportGroup.objects.filter(pk__in=groups.order_by().values("pk")))
        rows = export_rows(visible.order_by("organisation__name", "name", "pk"))
        name = f"groups-{timezone.localdate():%Y-%m-%d}.{kind}"
        with slot(FILES, request):
            if kind == "csv":
                return _file_response(csv_bytes(column_titles(), rows), "text/csv; charset=utf-8", name)
            return _file_response(xlsx_bytes(column_titles(), rows), XLSX, name)


def _file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
