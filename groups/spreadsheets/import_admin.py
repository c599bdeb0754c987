"""Import of a spreadsheet: a dry run with a preview, then confirmed. A long one has a process and its progress."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.models import CHANGE as CHANGED
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from common.slots import FILES, slot_for_posts
from organisations.admin import ListingAdmin, changes_since
from organisations.models import Organisation
from organisations.permissions import CHANGE, permissions_of

from ..choices import ImportStage
from ..models import Source, SupportGroup
from . import background
from .forms import ImportForm, MappingForm
from .group_columns import column_titles
from .importer import PreparedImport, prepare_import, preview_import, write_import
from .mapping import Mapping
from .models import ImportRun, SheetUpload
from .preview import imported_sentence, preview_page
from .progress import RunProgress, Superseded
from .reader import BadSheet, SheetRow, is_long_file, read_table
from .results import ImportResult
from .row_state import RowState
from .scope import ImportScope
from .uploads import rows_of, saved_mapping, table_of

_CHANGED_MEANWHILE = (
    "Nothing was imported: somebody changed the list while you were reading. "
    "Send the file again, to see what it would do now."
)
_WAITED_TOO_LONG = "This file has waited too long. Send it again."


class ImportAdmin(ListingAdmin):
    """The pages of an import: the file, its columns, what it would change, how far it is."""

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may change groups of any organisation; those who may only propose cannot import."""
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, self, key) for key in rights.edits)

    @slot_for_posts(FILES)
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run: show what an uploaded file would change, or its errors; of a foreign file, ask what its columns are.

        The file is stored until it is confirmed. A long one is looked at by a process of its own.
        """
        self._require_permission(request)
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        preview, token = {}, ""
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            if is_long_file(content):
                return self._start(SheetUpload.store(_user(request), content))
            try:
                table = read_table(content, column_titles())
                if table.is_long:
                    return self._start(SheetUpload.store(_user(request), content))
                result = preview_import(table.sheet_rows, self._scope(request)) if table.is_ours else None
            except BadSheet as error:
                form.add_error("file", str(error))
            else:
                if result is None:
                    token = SheetUpload.store(_user(request), content).token
                    return self._mapping_page(request, MappingForm(table, saved=saved_mapping(table)), token)
                preview = preview_page(result)
                if preview["can_be_written"]:
                    token = SheetUpload.store(_user(request), content).token
        run = ImportRun.objects.filter(user=_user(request)).first()
        return self._sheet_page(request, "import", "Import groups", form=form, word=token, run=run, **preview)

    @slot_for_posts(FILES)
    def map_view(self, request: HttpRequest) -> HttpResponse:
        """Dry run of a foreign file with what its columns are; `again` asks what they are once more."""
        self._require_permission(request)
        if request.method != "POST":
            return self._back_to_form()
        token = request.POST.get("word", "")
        upload = SheetUpload.find(_user(request), token)
        if upload is None:
            messages.error(request, _WAITED_TOO_LONG)
            return self._back_to_form()
        try:
            table = table_of(upload)
            if "again" in request.POST:
                saved = Mapping.of_json(upload.mapping) if upload.mapping else None
                return self._mapping_page(request, MappingForm(table, saved=saved), token)
            form = MappingForm(table, request.POST)
            if not form.is_valid():
                return self._mapping_page(request, form, token)
            upload.mapping = form.mapping.as_json
            upload.save(update_fields=["mapping"])
            if upload.is_long:
                return self._start(upload)
            result = preview_import(form.mapping.rows_of(table), self._scope(request))
        except BadSheet as error:
            messages.error(request, str(error))
            return self._back_to_form()
        return self._preview_page(request, upload, preview_page(result))

    @slot_for_posts(FILES)
    def process_import_view(self, request: HttpRequest) -> HttpResponse:
        """Write a confirmed upload, once, if its result still has the digest that was previewed."""
        self._require_permission(request)
        if request.method != "POST":
            return self._back_to_form()
        token, digest = request.POST.get("word", ""), request.POST.get("mark", "")
        waiting = SheetUpload.find(_user(request), token)
        if waiting is not None and waiting.is_long and digest:
            return self._start(waiting, digest)
        try:
            with transaction.atomic():
                upload = SheetUpload.take(_user(request), token)
                if upload is None:
                    messages.error(
                        request, "This file has been imported already, or has waited too long. Send it again."
                    )
                    return self._back_to_form()
                result = self._write(request, upload, rows_of(upload, table_of(upload)), digest)
                if not result.is_written:
                    messages.error(request, _CHANGED_MEANWHILE)
                    return self._back_to_form()
        except BadSheet as error:
            # It was read for the preview: now there was no time for it, or no memory.
            messages.error(request, f"Nothing was imported. {error}")
            return self._back_to_form()
        messages.success(request, imported_sentence(result))
        return HttpResponseRedirect(reverse("admin:groups_supportgroup_changelist"))

    def progress_view(self, request: HttpRequest) -> HttpResponse:
        """Show how far the long import of the user is, or what came of it. A POST begins it again, or stops it."""
        self._require_permission(request)
        runs = ImportRun.objects.select_related("upload").defer("upload__content", "upload__table")
        run = runs.filter(user=_user(request)).first()
        if run is None:
            return self._back_to_form()
        if request.method == "POST":
            if "stop" in request.POST or run.upload is None:
                run.delete()
                SheetUpload.objects.filter(user=_user(request)).delete()
                messages.success(request, "Stopped. Nothing was written.")
                return self._back_to_form()
            return self._start(run.upload, run.confirmed)
        if run.stage == ImportStage.ASKING and run.upload is not None:
            table = table_of(run.upload)
            return self._mapping_page(request, MappingForm(table, saved=saved_mapping(table)), run.upload.token)
        if run.stage == ImportStage.SHOWN and run.upload is not None:
            return self._preview_page(request, run.upload, run.report)
        if run.stage == ImportStage.FAILED:
            form = ImportForm({}, MultiValueDict())
            form.errors["file"] = form.error_class([run.report["error"]])
            return self._sheet_page(request, "import", "Import groups", form=form)
        is_silent = run.is_silent(timezone.now())
        return self._sheet_page(request, "progress", "Import groups", run=run, is_silent=is_silent)

    # What the process of a long import does

    def look_at_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None:
        """Read the file of a run; note what it would change, or that its columns are to be asked about."""
        upload = _upload_of(run)
        try:
            table = table_of(upload)
        except BadSheet:
            SheetUpload.objects.filter(pk=upload.pk).delete()
            raise
        SheetUpload.objects.filter(pk=upload.pk).update(table=table.pack(), content=b"")
        if not table.is_ours and not upload.mapping:
            progress.finish(ImportStage.ASKING)
            return
        rows = rows_of(upload, table)
        progress.enter(ImportStage.COMPARING, len(rows))
        progress.finish(ImportStage.SHOWN, **preview_page(preview_import(rows, self._scope(request), progress)))

    def write_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None:
        """Write the file of a run that was confirmed, all or nothing, and note it in the same transaction.

        It is compared with our list before others have to wait.
        """
        waiting = _upload_of(run)
        rows = rows_of(waiting, table_of(waiting))
        progress.enter(ImportStage.COMPARING, len(rows))
        prepared = prepare_import(rows, self._scope(request), progress)
        progress.enter(ImportStage.WRITING, len(rows))
        with transaction.atomic():
            upload = SheetUpload.take(run.user, waiting.token)
            if upload is None:
                raise Superseded
            result = self._write(request, upload, rows, run.confirmed, prepared)
            if result.is_written:
                messages.success(request, imported_sentence(result))
                collected: Any = messages.get_messages(request)
                progress.finish(ImportStage.WRITTEN, messages=collected.as_html)
            else:
                progress.finish(ImportStage.FAILED, error=_CHANGED_MEANWHILE)

    def _start(self, upload: SheetUpload, digest: str = "") -> HttpResponse:
        background.start(ImportRun.begin(upload, digest))
        return HttpResponseRedirect(reverse("admin:groups_supportgroup_import_progress"))

    def _write(
        self,
        request: HttpRequest,
        upload: SheetUpload,
        rows: Sequence[SheetRow],
        digest: str,
        prepared: PreparedImport | None = None,
    ) -> ImportResult:
        """Write rows, with the log of staff and warnings. Must be called in a transaction."""
        result = write_import(rows, self._scope(request), digest, prepared)
        if result.is_written:
            self._save_mapping(request, Mapping.of_json(upload.mapping))
            self._log(request, result)
            self.warn_of_imported(request, result.changed)
        return result

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

    def _require_permission(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _back_to_form(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:groups_supportgroup_import"))

    def _mapping_page(self, request: HttpRequest, form: MappingForm, token: str) -> TemplateResponse:
        return self._sheet_page(request, "map", "What is each column?", form=form, word=token)

    def _preview_page(self, request: HttpRequest, upload: SheetUpload, preview: dict[str, Any]) -> TemplateResponse:
        token = upload.token if preview["can_be_written"] else ""
        mapped = upload.token if upload.mapping else ""
        return self._sheet_page(
            request, "import", "Import groups", form=ImportForm(), word=token, mapped=mapped, **preview
        )

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


def _upload_of(run: ImportRun) -> SheetUpload:
    """Return the upload of a run. Raises `Superseded` if it has gone."""
    upload = SheetUpload.objects.filter(pk=run.upload_id or 0).first()
    if upload is None:
        raise Superseded
    return upload
