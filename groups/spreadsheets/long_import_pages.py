"""The import of a long spreadsheet: its progress page, and the work of its process."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from ..choices import ImportStage
from .forms import ImportForm, MappingForm
from .import_base import CHANGED_MEANWHILE, ImportBase, upload_of, user_of
from .importer import prepare_import, preview_import
from .models import ImportRun, SheetUpload
from .preview import preview_page
from .progress import RunProgress, Superseded
from .reader import BadSheet
from .resources.registry import resource_called
from .uploads import as_sheet_of, rows_of, saved_mapping, table_of


class LongImportPages(ImportBase):
    """The progress page of a long import, and the work of its process."""

    def progress_view(self, request: HttpRequest) -> HttpResponse:
        """Show the progress or the outcome of the user's long import. A POST restarts it, or stops it."""
        self.require_permission(request)
        runs = ImportRun.objects.select_related("upload").defer("upload__content", "upload__table")
        run = runs.filter(user=user_of(request)).first()
        if run is None:
            return self.back_to_form()
        if request.method == "POST":
            if "stop" in request.POST or run.upload is None:
                run.delete()
                SheetUpload.objects.filter(user=user_of(request)).delete()
                messages.success(request, "Stopped. Nothing was written.")
                return self.back_to_form()
            return self.start(run.upload, run.confirmed)
        known = run.upload.resource if run.upload is not None else run.report.get("resource", "")
        pages = self.of(resource_called(known)) if known else self
        pages.require_permission(request)
        if run.stage == ImportStage.ASKING and run.upload is not None:
            table = table_of(run.upload)
            return pages.mapping_page(request, MappingForm(table, saved=saved_mapping(table)), run.upload.token)
        if run.stage == ImportStage.SHOWN and run.upload is not None:
            return pages.preview_page(request, run.upload, run.report)
        if run.stage == ImportStage.FAILED:
            form = ImportForm(self.importable(request), {}, MultiValueDict())
            form.errors["file"] = form.error_class([run.report["error"]])
            return pages.import_page(request, form=form)
        is_silent = run.is_silent(timezone.now())
        return pages.sheet_page(request, "progress", pages.title, run=run, is_silent=is_silent)

    # What the process of a long import does

    def preview_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None:
        """Dry run of the file of a run; store the preview, or that its columns must be mapped."""
        upload = upload_of(run)
        try:
            table = table_of(upload)
            pages = self.of(self.resource_of_table(request, upload.resource, table))
            table = as_sheet_of(pages.resource, table)
        except BadSheet:
            SheetUpload.objects.filter(pk=upload.pk).delete()
            raise
        values = {"table": table.pack(), "content": b"", "resource": pages.resource.key}
        SheetUpload.objects.filter(pk=upload.pk).update(**values)
        if not table.is_ours and not upload.mapping:
            progress.finish(ImportStage.ASKING)
            return
        rows = rows_of(upload, table)
        progress.enter(ImportStage.COMPARING, len(rows))
        result = preview_import(rows, pages.scope(request), progress)
        progress.finish(ImportStage.SHOWN, **preview_page(pages.resource, result, table))

    def write_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None:
        """Write the confirmed file of a run, all or nothing, and record it in the same transaction.

        It is compared with our list before the directory is locked.
        """
        waiting = upload_of(run)
        if waiting.resource != self.resource.key:
            self.of(resource_called(waiting.resource)).write_long(request, run, progress)
            return
        self.require_permission(request)
        rows = rows_of(waiting, table_of(waiting))
        progress.enter(ImportStage.COMPARING, len(rows))
        prepared = prepare_import(rows, self.scope(request), progress)
        progress.enter(ImportStage.WRITING, len(rows))
        with transaction.atomic():
            upload = SheetUpload.take(run.user, waiting.token)
            if upload is None:
                raise Superseded
            result = self.write(request, upload, rows, run.confirmed, prepared)
            if result.is_written:
                messages.success(request, self.resource.imported_sentence(result))
                collected: Any = messages.get_messages(request)
                progress.finish(ImportStage.WRITTEN, messages=collected.as_html, resource=self.resource.key)
            else:
                progress.finish(ImportStage.FAILED, error=CHANGED_MEANWHILE)
