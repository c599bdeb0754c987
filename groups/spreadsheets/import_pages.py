"""Import of a spreadsheet: a dry run with a preview, then confirmation. A long file is imported by its own process."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from common.slots import FILES, slot_for_posts

from .forms import ImportForm, MappingForm
from .import_base import CHANGED_MEANWHILE, WAITED_TOO_LONG, user_of
from .importer import preview_import
from .long_import_pages import LongImportPages
from .mapping import Mapping
from .models import ImportRun, SheetUpload
from .preview import preview_page
from .reader import BadSheet, is_long_file, read_table
from .resources.registry import all_titles
from .uploads import as_sheet_of, rows_of, saved_mapping, table_of


class ImportPages(LongImportPages):
    """The pages of an import: upload, mapping of columns, preview, progress.

    Each kind of row has pages of its own, but any takes a file of any kind: the kind is guessed from the titles, or
    chosen.
    """

    @slot_for_posts(FILES)
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run: show what an uploaded file would change, or its errors; for a foreign file, ask for its columns.

        The file is stored until it is confirmed. A long one is previewed by a process of its own.
        """
        self.require_permission(request)
        choices = self.importable(request)
        form = ImportForm(choices, request.POST, request.FILES) if request.method == "POST" else ImportForm(choices)
        pages, preview, token = self, {}, ""
        if form.is_valid():
            content, chosen = form.cleaned_data["file"].read(), form.cleaned_data["resource"]
            if is_long_file(content):
                return self.start(SheetUpload.store(user_of(request), content, chosen))
            try:
                table = read_table(content, all_titles())
                if table.is_long:
                    return self.start(SheetUpload.store(user_of(request), content, chosen))
                pages = self.of(self.resource_of_table(request, chosen, table))
                table = as_sheet_of(pages.resource, table)
                result = preview_import(table.sheet_rows, pages.scope(request)) if table.is_ours else None
            except BadSheet as error:
                form.add_error("file", str(error))
            else:
                if result is None:
                    token = SheetUpload.store(user_of(request), content, pages.resource.key).token
                    return pages.mapping_page(request, MappingForm(table, saved=saved_mapping(table)), token)
                preview = preview_page(pages.resource, result, table)
                if preview["can_be_written"]:
                    token = SheetUpload.store(user_of(request), content, pages.resource.key).token
        run = ImportRun.objects.filter(user=user_of(request)).first()
        return pages.import_page(request, form=form, word=token, run=run, **preview)

    @slot_for_posts(FILES)
    def map_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run of a foreign file with its mapping; `again` asks for the mapping again."""
        self.require_permission(request)
        if request.method != "POST":
            return self.back_to_form()
        token = request.POST.get("word", "")
        upload = SheetUpload.find(user_of(request), token)
        if upload is None:
            messages.error(request, WAITED_TOO_LONG)
            return self.back_to_form()
        try:
            table = table_of(upload)
            if "again" in request.POST:
                saved = Mapping.of_json(upload.mapping) if upload.mapping else None
                return self.mapping_page(request, MappingForm(table, saved=saved), token)
            form = MappingForm(table, request.POST)
            if not form.is_valid():
                return self.mapping_page(request, form, token)
            upload.mapping = form.mapping.as_json
            upload.save(update_fields=["mapping"])
            if upload.is_long:
                return self.start(upload)
            result = preview_import(form.mapping.rows_of(table), self.scope(request))
        except BadSheet as error:
            messages.error(request, str(error))
            return self.back_to_form()
        return self.preview_page(request, upload, preview_page(self.resource, result, table))

    @slot_for_posts(FILES)
    def process_import_view(self, request: HttpRequest) -> HttpResponse:
        """Write a confirmed upload, once, if its result still has the digest that was previewed."""
        self.require_permission(request)
        if request.method != "POST":
            return self.back_to_form()
        token, digest = request.POST.get("word", ""), request.POST.get("mark", "")
        waiting = SheetUpload.find(user_of(request), token)
        if waiting is not None and waiting.resource != self.resource.key:
            messages.error(request, WAITED_TOO_LONG)
            return self.back_to_form()
        if waiting is not None and waiting.is_long and digest:
            return self.start(waiting, digest)
        try:
            with transaction.atomic():
                upload = SheetUpload.take(user_of(request), token)
                if upload is None:
                    messages.error(
                        request, "This file has been imported already, or has waited too long. Send it again."
                    )
                    return self.back_to_form()
                result = self.write(request, upload, rows_of(upload, table_of(upload)), digest)
                if not result.is_written:
                    messages.error(request, CHANGED_MEANWHILE)
                    return self.back_to_form()
        except BadSheet as error:
            # It was read for the preview: now there was no time for it, or no memory.
            messages.error(request, f"Nothing was imported. {error}")
            return self.back_to_form()
        messages.success(request, self.resource.imported_sentence(result))
        return HttpResponseRedirect(self.url("changelist"))
