"""The pages of the spreadsheets of each resource: export, import and template."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone

from common.slots import FILES, hold_slot, slot_for_posts
from organisations.permissions import VIEW, permissions_of

from .export_progress import ExportProgress
from .formats import csv_stream, xlsx_stream
from .forms import ExportForm
from .import_base import user_of
from .import_pages import ImportPages
from .models import ExportRun
from .preview import count_of
from .resources.registry import RESOURCES, resource_called
from .template import column_help, template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class SpreadsheetPages(ImportPages):
    """The pages of the spreadsheets of one resource."""

    @property
    def urls(self) -> list[URLPattern]:
        """The addresses of the pages, which stand before those of the rows."""
        views = {
            "import/template/": (self.template_view, "template"),
            "import/": (self.import_view, "import"),
            "import/progress/": (self.progress_view, "import_progress"),
            "process_import/": (self.process_import_view, "process_import"),
            "export/": (self.export_view, "export"),
            "export/progress/": (self.export_progress_view, "export_progress"),
        }
        if self.resource.is_mapped:
            views["import/columns/"] = (self.map_view, "map")
        label, name, wrap = self.resource.model._meta.app_label, self.resource.key, self.site.admin_view
        return [
            path(f"{label}/{name}/{route}", wrap(view), name=f"{label}_{name}_{page}")
            for route, (view, page) in views.items()
        ]

    def may_export(self, request: HttpRequest) -> bool:
        return permissions_of(request.user).may(VIEW, self.page)

    # The template

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Show the help for each column; with `?as=csv` or `?as=xlsx`, return the empty template file."""
        self._require_export(request)
        resource, name = self.resource, f"{self._file_name}-template"
        if request.GET.get("as") == "csv":
            return _file_response(template_csv(resource), CSV, f"{name}.csv")
        if request.GET.get("as") == "xlsx":
            return _file_response(template_xlsx(resource), XLSX, f"{name}.xlsx")
        title = f"{resource.plural.capitalize()} in a spreadsheet"
        return self.sheet_page(request, "template", title, columns=column_help(resource), rules=resource.rules)

    # Export

    @slot_for_posts(FILES)
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Export the rows of the filtered changelist; redirect to it if a filter is unknown."""
        self._require_export(request)
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        try:
            rows = self.page.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self.url('changelist')}?e=1")
        if form.is_valid():
            return self.export_response(request, rows, form.cleaned_data["kind"])
        number = count_of(self._exported(request, rows).count(), self.resource.noun, self.resource.plural)
        context = {"form": form, "number": number, **self._progress_context(request)}
        return self.sheet_page(request, "export", f"Export {self.resource.plural}", **context)

    def export_progress_view(self, request: HttpRequest) -> HttpResponse:
        """Show how much of the user's last export is sent; redirect to the export if there is none."""
        self._require_export(request)
        context = self._progress_context(request)
        if context["run"] is None:
            messages.info(request, "You have exported no file yet.")
            return HttpResponseRedirect(self.url("export"))
        return self.sheet_page(request, "export_progress", "How far is your file?", **context)

    def _progress_context(self, request: HttpRequest) -> dict[str, Any]:
        run = ExportRun.objects.filter(user=user_of(request)).first()
        return {
            "run": run,
            "noun": resource_called(run.resource).plural if run else "",
            "is_silent": run is not None and run.is_silent(timezone.now()),
        }

    def export_response(self, request: HttpRequest, rows: QuerySet[Any], kind: str) -> StreamingHttpResponse:
        """Return those of the rows that the user may see as a streamed file, "csv" or "xlsx".

        The slot is held until it has been sent.
        """
        resource, exported = self.resource, self._exported(request, rows)
        progress = ExportProgress(user_of(request), resource.key, exported.count())
        titles, texts = resource.titles(), progress.rows(resource.export_rows(exported))
        is_csv = kind == "csv"
        parts = csv_stream(titles, texts) if is_csv else xlsx_stream(titles, texts, resource.plural.capitalize())
        return StreamingHttpResponse(
            hold_slot(FILES, request, progress.parts(parts)),
            content_type=CSV if is_csv else XLSX,
            headers=_attachment(f"{self._file_name}-{timezone.localdate():%Y-%m-%d}.{kind}"),
        )

    def _exported(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        # A fresh queryset: the annotations of the changelist are not needed.
        chosen = self.resource.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
        return self.resource.exported(self.page.filter_visible(request, chosen))

    @property
    def _file_name(self) -> str:
        return self.resource.plural.replace(" ", "-")

    def _require_export(self, request: HttpRequest) -> None:
        if not self.may_export(request):
            raise PermissionDenied


def spreadsheet_urls(site: AdminSite) -> list[URLPattern]:
    """Return the addresses of the spreadsheets of all resources on a site of staff pages."""
    return [url for resource in RESOURCES for url in SpreadsheetPages(resource, site).urls]


def pages_of(page: Any) -> SpreadsheetPages | None:
    """Return the pages of the spreadsheets of the model of a `ModelAdmin`; None if it has none."""
    resource = next((resource for resource in RESOURCES if resource.model is page.model), None)
    return SpreadsheetPages(resource, page.admin_site) if resource else None


def links_of(changelist: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """Return `(address, words)` of the pages to import to and export from a changelist, those the user may open."""
    pages = pages_of(changelist.model_admin)
    if pages is None:
        return []
    links = [(pages.url("import"), "Import")] if pages.may_import(request) else []
    if pages.may_export(request):
        links.append((f"{pages.url('export')}{changelist.get_query_string()}", "Export these"))
    return links


def _file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers=_attachment(name))


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
