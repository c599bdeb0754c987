"""Groups by the sheet: out as a file, and in again once its sender has seen what it would change."""

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

#: How many rows of a kind are shown: nobody reads more, and a page of them all would be slow.
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = [("xlsx", "Excel workbook"), ("csv", "CSV, for any spreadsheet")]


class ImportForm(forms.Form):
    """The file that somebody sends."""

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
    """As what kind of file."""

    kind = forms.ChoiceField(label="What kind of file", choices=_KINDS, widget=forms.RadioSelect, initial="xlsx")


class SpreadsheetAdmin(ImportExportMixin):
    """For the page of groups: import, export and the template. It stands before `ModelAdmin` among the bases."""

    import_export_change_list_template = "admin/groups/supportgroup/change_list.html"
    resource_classes = [GroupSheet]
    actions = ["export_chosen", "export_chosen_csv"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.template_view)
        return [path("import/template/", view, name="groups_supportgroup_template"), *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether somebody changes any groups themselves: those who only propose send no files."""
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, self, key) for key in rights.edits)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return permissions_of(request.user).may(VIEW, self)

    # The template

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """What each column takes; with `?as=csv` or `?as=xlsx` the empty file itself."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        if request.GET.get("as") == "csv":
            return _file(template_csv(), "text/csv; charset=utf-8", "groups-template.csv")
        if request.GET.get("as") == "xlsx":
            return _file(template_xlsx(), XLSX, "groups-template.xlsx")
        return self._sheet_page(request, "template", "Groups in a spreadsheet", columns=column_help(), rules=RULES)

    # Out

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """The groups of the list as it is filtered, as a file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        groups = self.get_export_queryset(request)
        if form.is_valid():
            return self._exported(request, groups, form.cleaned_data["kind"])
        return self._sheet_page(request, "export", "Export groups", form=form, number=groups.count())

    @admin.action(description="Export the chosen ones as an Excel workbook", permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._exported(request, queryset, "xlsx") if queryset.exists() else None

    @admin.action(description="Export the chosen ones as CSV", permissions=["export"])
    def export_chosen_csv(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._exported(request, queryset, "csv") if queryset.exists() else None

    def _exported(self, request: HttpRequest, groups: QuerySet, kind: str) -> HttpResponse:
        # Asked for anew: what the list has beside each group is of no use here.
        rows = self.in_reach(request, SupportGroup.objects.filter(pk__in=groups.order_by().values("pk")))
        name = f"groups-{timezone.localdate():%Y-%m-%d}.{kind}"
        with slot(FILES):
            data = GroupSheet().export(rows.order_by("organisation__name", "name", "pk"))
            if kind == "csv":
                return _file(CsvSheet().export_data(data), "text/csv; charset=utf-8", name)
            return _file(XlsxSheet().export_data(data), XLSX, name)

    # In

    def import_action(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Take a file, and show what it would change, or what is wrong with it. Nothing is written."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        result, word = None, ""
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                with slot(FILES):
                    result = self._sheet(request).import_data(XlsxSheet().create_dataset(content), dry_run=True)
            except BadSheet as error:
                form.add_error("file", str(error))
            else:
                _raise_what_is_ours(result)
                if not result.has_validation_errors() and _writes(result):
                    word = SheetUpload.keep(request.user, content)
        return self._sheet_page(
            request, "import", "Import groups", form=form, word=word, **(_preview(result) if result else {})
        )

    def process_import(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Write what somebody has seen and said yes to."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        again = HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))
        if request.method != "POST":
            return again
        with slot(FILES), transaction.atomic():
            content = SheetUpload.take(request.user, request.POST.get("word", ""))
            if content is None:
                messages.error(request, "This file has been imported already, or has waited too long. Send it again.")
                return again
            result = self._sheet(request, shown=request.POST.get("mark", "")).import_data(
                XlsxSheet().create_dataset(content), dry_run=False, rollback_on_validation_errors=True
            )
            _raise_what_is_ours(result)
            if not result.is_written:
                messages.error(
                    request,
                    "Nothing was imported: somebody changed the list while you were reading. "
                    "Send the file again, to see what it would do now.",
                )
                return again
            self.look_again(request, [row.instance for row in result.rows if row.is_update()])
            return self.process_result(result, request)

    def look_again(self, request: HttpRequest, groups: list[SupportGroup]) -> None:
        """Say what an editor should look at in groups that a file has changed."""

    def _create_log_entry(self, user_pk: int, rows: list, import_type: str, action_flag: int) -> None:
        LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message="By a spreadsheet.")

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        new, changed = result.totals[RowResult.IMPORT_TYPE_NEW], result.totals[RowResult.IMPORT_TYPE_UPDATE]
        messages.success(
            request,
            f"Imported: {_groups(new)} added, as drafts; {_groups(changed)} changed. None of them counts as checked.",
        )

    def _sheet(self, request: HttpRequest, shown: str | None = None) -> GroupSheet:
        rights = permissions_of(request.user)
        groups, organisations = SupportGroup.objects.all(), Organisation.objects.all()
        if not rights.is_manager:
            mine = [key for key in rights.edits if rights.may(CHANGE, self, key)]
            groups, organisations = groups.filter(organisation__in=mine), organisations.filter(pk__in=mine)
        return GroupSheet(ImportScope(groups, organisations.in_bulk(), partial(changes_since, request)), shown=shown)

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
    """What a page shows of a file: what is wrong, or else what would be new and what would change."""
    rows = {
        kind: [row for row in result.rows if row.import_type == kind]
        for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
    }
    new, changed = rows[RowResult.IMPORT_TYPE_NEW], rows[RowResult.IMPORT_TYPE_UPDATE]
    wrong = [
        (row.number, title, message)
        for row in result.invalid_rows
        for title, said in row.error_dict.items()
        for message in said
    ]
    return {
        "is_read": True,
        "wrong": wrong[:SHOWN],
        "wrong_number": len(wrong),
        "wrong_rows": len(result.invalid_rows),
        "new": new[:SHOWN],
        "new_number": len(new),
        "changed": changed[:SHOWN],
        "changed_number": len(changed),
        "same_number": result.totals[RowResult.IMPORT_TYPE_SKIP],
        "venues": result.new_venues[:SHOWN],
        "contact_first": shown_as_contact_first(row.instance for row in (*new, *changed))[:SHOWN],
        "mark": result.mark,
    }


def _raise_what_is_ours(result: Result) -> None:
    """An error that no sentence is written for is a fault of the site, and nothing that an editor could mend."""
    errors = [*result.base_errors, *(error for _, errors in result.row_errors() for error in errors)]
    if errors:
        raise errors[0].error


def _writes(result: Result) -> bool:
    return bool(result.totals[RowResult.IMPORT_TYPE_NEW] or result.totals[RowResult.IMPORT_TYPE_UPDATE])


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _groups(number: int) -> str:
    return "1 group" if number == 1 else f"{number:,} groups"
