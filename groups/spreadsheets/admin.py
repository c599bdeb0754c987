"""Export and import of groups as spreadsheets; an import is a dry run with a preview, then confirmed."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from import_export.admin import ImportExportMixin
from import_export.results import Result, RowResult

from common.slots import FILES, slot
from organisations.admin import changes_since
from organisations.models import Organisation
from organisations.permissions import CHANGE, VIEW, permissions_of

from ..models import SupportGroup
from .formats import CsvSheet, XlsxSheet
from .models import SheetUpload
from .reader import MOST_BYTES, BadSheet
from .resource import GroupSheet
from .row_relations import shown_as_contact_first
from .scope import ImportScope
from .template import RULES, column_help, template_csv, template_xlsx

#: The most rows of each kind in a preview: more would be slow, and nobody reads them.
MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = [("xlsx", "Excel workbook"), ("csv", "CSV, for any spreadsheet")]


class ImportForm(forms.Form):
    """Upload of a file, at most `MOST_BYTES`."""

    file = forms.FileField(
        label="Your file",
        help_text="An Excel workbook (.xlsx) or a CSV file, up to 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB. Send it in parts.")
        return file


class ExportForm(forms.Form):
    """Choice of the file format."""

    kind = forms.ChoiceField(label="What kind of file", choices=_KINDS, widget=forms.RadioSelect, initial="xlsx")


class SpreadsheetAdmin(ImportExportMixin):
    """Mixin for the admin of groups: import, export and template. Must come before `ModelAdmin` in the bases."""

    import_export_change_list_template = "admin/groups/supportgroup/change_list.html"
    resource_classes = [GroupSheet]
    actions = ["export_chosen", "export_chosen_csv"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.template_view)
        return [path("import/template/", view, name="groups_supportgroup_template"), *super().get_urls()]

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

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Export the groups of the filtered changelist."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        groups = self.get_export_queryset(request)
        if form.is_valid():
            return self._export_response(request, groups, form.cleaned_data["kind"])
        return self._sheet_page(request, "export", "Export groups", form=form, number=groups.count())

    @admin.action(description="Export the chosen ones as an Excel workbook", permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._export_response(request, queryset, "xlsx") if queryset.exists() else None

    @admin.action(description="Export the chosen ones as CSV", permissions=["export"])
    def export_chosen_csv(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._export_response(request, queryset, "csv") if queryset.exists() else None

    def _export_response(self, request: HttpRequest, groups: QuerySet, kind: str) -> HttpResponse:
        # A fresh queryset: the annotations of the changelist are not needed.
        rows = self.filter_visible(request, SupportGroup.objects.filter(pk__in=groups.order_by().values("pk")))
        name = f"groups-{timezone.localdate():%Y-%m-%d}.{kind}"
        with slot(FILES):
            data = GroupSheet().export(rows.order_by("organisation__name", "name", "pk"))
            if kind == "csv":
                return _file_response(CsvSheet().export_data(data), "text/csv; charset=utf-8", name)
            return _file_response(XlsxSheet().export_data(data), XLSX, name)

    # Import

    def import_action(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Dry run: show what an uploaded file would change, or its errors, and store it for confirmation."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        result, token = None, ""
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                with slot(FILES):
                    result = self._resource(request).import_data(XlsxSheet().create_dataset(content), dry_run=True)
            except BadSheet as error:
                form.add_error("file", str(error))
            else:
                _raise_unexpected_errors(result)
                if not result.has_validation_errors() and _has_changes(result):
                    token = SheetUpload.store(request.user, content)
        return self._sheet_page(
            request, "import", "Import groups", form=form, word=token, **(_preview(result) if result else {})
        )

    def process_import(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Write a confirmed upload, once, if its result still has the digest that was previewed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        back_to_form = HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        if request.method != "POST":
            return back_to_form
        with slot(FILES), transaction.atomic():
            content = SheetUpload.take(request.user, request.POST.get("word", ""))
            if content is None:
                messages.error(request, "This file has been imported already, or has waited too long. Send it again.")
                return back_to_form
            result = self._resource(request, confirmed_digest=request.POST.get("mark", "")).import_data(
                XlsxSheet().create_dataset(content), dry_run=False, rollback_on_validation_errors=True
            )
            _raise_unexpected_errors(result)
            if not result.is_written:
                messages.error(
                    request,
                    "Nothing was imported: somebody changed the list while you were reading. "
                    "Send the file again, to see what it would do now.",
                )
                return back_to_form
            self.warn_of_imported(request, [row.instance for row in result.rows if row.is_update()])
            return self.process_result(result, request)

    def warn_of_imported(self, request: HttpRequest, groups: list[SupportGroup]) -> None:
        """Hook: add warnings about imported groups as messages."""

    def _create_log_entry(self, user_pk: int, rows: list, import_type: str, action_flag: int) -> None:
        LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message="By a spreadsheet.")

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        new, changed = result.totals[RowResult.IMPORT_TYPE_NEW], result.totals[RowResult.IMPORT_TYPE_UPDATE]
        messages.success(
            request,
            f"Imported: {_count(new)} added, as drafts; {_count(changed)} changed. None of them counts as checked.",
        )

    def _resource(self, request: HttpRequest, confirmed_digest: str | None = None) -> GroupSheet:
        rights = permissions_of(request.user)
        groups, organisations = SupportGroup.objects.all(), Organisation.objects.all()
        if not rights.is_manager:
            own_organisations = [key for key in rights.edits if rights.may(CHANGE, self, key)]
            groups, organisations = (
                groups.filter(organisation__in=own_organisations),
                organisations.filter(pk__in=own_organisations),
            )
        return GroupSheet(
            ImportScope(groups, organisations.in_bulk(), partial(changes_since, request)),
            confirmed_digest=confirmed_digest,
        )

    def _sheet_page(self, request: HttpRequest, name: str, title: str, **context) -> TemplateResponse:
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


def _preview(result: Result) -> dict:
    """Return the template context of a dry run: errors, new rows and changed rows, at most `MOST_SHOWN` of each."""
    rows = {
        kind: [row for row in result.rows if row.import_type == kind]
        for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
    }
    new, changed = rows[RowResult.IMPORT_TYPE_NEW], rows[RowResult.IMPORT_TYPE_UPDATE]
    wrong = [
        (row.number, title, sentence)
        for row in result.invalid_rows
        for title, sentences in row.error_dict.items()
        for sentence in sentences
    ]
    return {
        "is_read": True,
        "wrong": wrong[:MOST_SHOWN],
        "wrong_number": len(wrong),
        "wrong_rows": len(result.invalid_rows),
        "new": new[:MOST_SHOWN],
        "new_number": len(new),
        "changed": changed[:MOST_SHOWN],
        "changed_number": len(changed),
        "same_number": result.totals[RowResult.IMPORT_TYPE_SKIP],
        "venues": result.new_venues[:MOST_SHOWN],
        "contact_first": shown_as_contact_first(row.instance for row in (*new, *changed))[:MOST_SHOWN],
        "mark": result.digest,
    }


def _raise_unexpected_errors(result: Result) -> None:
    """Re-raise the first error that is no validation error: it is a bug, not something an editor can correct."""
    errors = [*result.base_errors, *(error for _, errors in result.row_errors() for error in errors)]
    if errors:
        raise errors[0].error


def _has_changes(result: Result) -> bool:
    return bool(result.totals[RowResult.IMPORT_TYPE_NEW] or result.totals[RowResult.IMPORT_TYPE_UPDATE])


def _file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _count(number: int) -> str:
    return "1 group" if number == 1 else f"{number:,} groups"
