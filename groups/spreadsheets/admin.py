"""Export and import of groups as spreadsheets; an import is a dry run with a preview, then confirmed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.models import CHANGE as CHANGED
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.slots import FILES, slot, slot_for_posts
from organisations.admin import ListingAdmin, changes_since
from organisations.models import Organisation
from organisations.permissions import CHANGE, VIEW, permissions_of

from ..models import Source, SupportGroup
from .export import export_rows
from .formats import csv_bytes, xlsx_bytes
from .forms import ExportForm, ImportForm, MappingForm
from .group_columns import column_titles
from .importer import preview_import, write_import
from .mapping import Mapping
from .models import SheetUpload
from .preview import imported_sentence, preview_context
from .reader import BadSheet, Table, read_table
from .results import ImportResult
from .row_state import RowState
from .scope import ImportScope
from .template import RULES, column_help, template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SpreadsheetAdmin(ListingAdmin):
    """Base of the admin of groups: import, export and template."""

    change_list_template = "admin/groups/supportgroup/change_list.html"
    actions: Any = ["export_chosen", "export_chosen_csv"]

    def get_urls(self) -> list[URLPattern]:
        views = {
            "import/template/": (self.template_view, "template"),
            "import/": (self.import_view, "import"),
            "import/columns/": (self.map_view, "map"),
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

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may change groups of any organisation; those who may only propose cannot import."""
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, self, key) for key in rights.edits)

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

    # Import

    @slot_for_posts(FILES)
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run: show what an uploaded file would change, or its errors; of a foreign file, ask what its columns are.

        The file is stored until it is confirmed.
        """
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        preview, token = {}, ""
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                table = read_table(content, column_titles())
                result = preview_import(table.sheet_rows, self._scope(request)) if table.is_ours else None
            except BadSheet as error:
                form.add_error("file", str(error))
            else:
                if result is None:
                    token = SheetUpload.store(_user(request), content)
                    return self._mapping_page(request, MappingForm(table, saved=_saved_mapping(table)), token)
                preview = preview_context(result)
                if result.changes_anything and not result.errors:
                    token = SheetUpload.store(_user(request), content)
        return self._sheet_page(request, "import", "Import groups", form=form, word=token, **preview)

    @slot_for_posts(FILES)
    def map_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run of a foreign file with what its columns are; `again` asks what they are once more."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        token = request.POST.get("word", "")
        upload = SheetUpload.find(_user(request), token)
        if upload is None:
            messages.error(request, "This file has waited too long. Send it again.")
            return HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        try:
            table = read_table(bytes(upload.content), column_titles())
            if "again" in request.POST:
                saved = Mapping.of_json(upload.mapping) if upload.mapping else None
                return self._mapping_page(request, MappingForm(table, saved=saved), token)
            form = MappingForm(table, request.POST)
            if not form.is_valid():
                return self._mapping_page(request, form, token)
            upload.mapping = form.mapping.as_json
            upload.save(update_fields=["mapping"])
            result = preview_import(form.mapping.rows_of(table), self._scope(request))
        except BadSheet as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        preview = preview_context(result)
        word = token if result.changes_anything and not result.errors else ""
        return self._sheet_page(
            request, "import", "Import groups", form=ImportForm(), word=word, mapped=token, **preview
        )

    def _mapping_page(self, request: HttpRequest, form: MappingForm, token: str) -> TemplateResponse:
        return self._sheet_page(request, "map", "What is each column?", form=form, word=token)

    @slot_for_posts(FILES)
    def process_import_view(self, request: HttpRequest) -> HttpResponse:
        """Write a confirmed upload, once, if its result still has the digest that was previewed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        back_to_form = HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        if request.method != "POST":
            return back_to_form
        try:
            with transaction.atomic():
                upload = SheetUpload.take(_user(request), request.POST.get("word", ""))
                if upload is None:
                    messages.error(
                        request, "This file has been imported already, or has waited too long. Send it again."
                    )
                    return back_to_form
                table = read_table(bytes(upload.content), column_titles())
                mapping = Mapping.of_json(upload.mapping)
                rows = mapping.rows_of(table) if upload.mapping else table.sheet_rows
                result = write_import(rows, self._scope(request), request.POST.get("mark", ""))
                if not result.is_written:
                    messages.error(
                        request,
                        "Nothing was imported: somebody changed the list while you were reading. "
                        "Send the file again, to see what it would do now.",
                    )
                    return back_to_form
                self._save_mapping(request, mapping)
                self._log(request, result)
                self.warn_of_imported(request, result.changed)
        except BadSheet as error:
            # It was read for the preview: now there was no time for it, or no memory.
            messages.error(request, f"Nothing was imported. {error}")
            return back_to_form
        messages.success(request, imported_sentence(result))
        return HttpResponseRedirect(reverse("admin:groups_supportgroup_changelist"))

    def _save_mapping(self, request: HttpRequest, mapping: Mapping) -> None:
        """Save what the columns are with the list that the file is, for its next file. Managers alone add lists."""
        if mapping.source and permissions_of(request.user).is_manager:
            known = Source.objects.filter(name__iexact=mapping.source).first()
            source = known or Source(name=mapping.source)
            source.mapping = mapping.as_json
            source.save()

    def warn_of_imported(self, request: HttpRequest, states: Sequence[RowState]) -> None:
        """Hook: add warnings about the changed groups as messages."""

    def _log(self, request: HttpRequest, result: ImportResult) -> None:
        for flag, states in ((ADDITION, result.new), (CHANGED, result.changed)):
            groups = [state.group for state in states]
            LogEntry.objects.log_actions(_user(request).pk, groups, flag, change_message="By a spreadsheet.")

    def _scope(self, request: HttpRequest) -> ImportScope:
        rights = permissions_of(request.user)
        groups, organisations = SupportGroup.objects.all(), Organisation.objects.all()
        if not rights.is_manager:
            own = [key for key in rights.edits if rights.may(CHANGE, self, key)]
            groups, organisations = groups.filter(organisation__in=own), organisations.filter(pk__in=own)
        changes = partial(changes_since, request)
        return ImportScope(groups, organisations.in_bulk(), changes, may_add_organisations=rights.is_manager)

    def _sheet_page(self, request: HttpRequest, name: str, title: str, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            f"admin/groups/supportgroup/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                "module_name": self.opts.verbose_name_plural,
                "may_import": self.has_import_permission(request),
                "query": request.GET.urlencode(),
                **context,
            },
        )


def _user(request: HttpRequest) -> User:
    """Return the user of a request, which the admin has let in: never an anonymous one."""
    user: Any = request.user
    return user


def _saved_mapping(table: Table) -> Mapping | None:
    """Return the mapping of the list whose file has the same titles; None if there is none, or more than one."""
    saved = [Mapping.of_json(mapping) for mapping in Source.objects.values_list("mapping", flat=True) if mapping]
    fitting = [mapping for mapping in saved if mapping.fits(table.titles)]
    return fitting[0] if len(fitting) == 1 else None


def _file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
