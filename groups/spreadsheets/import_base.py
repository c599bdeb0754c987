"""What the pages of an import share: permissions, writing, and the preview of a dry run."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.models import CHANGE as CHANGED
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from organisations.permissions import permissions_of

from ..models import Source
from . import background
from .forms import ImportForm, MappingForm
from .importer import PreparedImport, write_import
from .mapping import Mapping
from .models import ImportRun, SheetUpload
from .progress import Superseded
from .reader import BadSheet, SheetRow, Table
from .resources.base import SheetResource
from .resources.registry import RESOURCES, guess_resource, resource_called
from .results import ImportResult
from .scope import ImportScope
from .sheet_pages import SheetPages

CHANGED_MEANWHILE = (
    "Nothing was imported: somebody changed the list while you were reading. "
    "Send the file again, to see what it would do now."
)
WAITED_TOO_LONG = "This file has waited too long. Send it again."


class ImportBase(SheetPages):
    """Base of the pages of an import."""

    def scope(self, request: HttpRequest) -> ImportScope:
        return self.resource.scope(request, self.page)

    def importable(self, request: HttpRequest) -> list[SheetResource]:
        """Return the resources that the user may import."""
        return [resource for resource in RESOURCES if self.of(resource).may_import(request)]

    def resource_of_table(self, request: HttpRequest, chosen: str, table: Table) -> SheetResource:
        """Return the resource of a table: the chosen one, else a guess from its titles.

        Raises `BadSheet` if the user may not import it.
        """
        importable = self.importable(request)
        resource = resource_called(chosen) if chosen else guess_resource(table.titles, self.resource, importable)
        if resource not in importable:
            raise BadSheet(f"You may not import {resource.plural}.")
        return resource

    def require_permission(self, request: HttpRequest) -> None:
        if not self.may_import(request):
            raise PermissionDenied

    def back_to_form(self) -> HttpResponse:
        return HttpResponseRedirect(self.url("import"))

    @property
    def title(self) -> str:
        return f"Import {self.resource.plural}"

    def mapping_page(self, request: HttpRequest, form: MappingForm, token: str) -> TemplateResponse:
        return self.sheet_page(request, "map", "What is each column?", form=form, word=token)

    def preview_page(self, request: HttpRequest, upload: SheetUpload, preview: dict[str, Any]) -> TemplateResponse:
        token = upload.token if preview["can_be_written"] else ""
        mapped = upload.token if upload.mapping else ""
        form = ImportForm(self.importable(request))
        return self.import_page(request, form=form, word=token, mapped=mapped, **preview)

    def import_page(self, request: HttpRequest, **context: Any) -> TemplateResponse:
        return self.sheet_page(request, "import", self.title, **context)

    def start(self, upload: SheetUpload, digest: str = "") -> HttpResponse:
        background.start(ImportRun.begin(upload, digest))
        return HttpResponseRedirect(self.url("import_progress"))

    def write(
        self,
        request: HttpRequest,
        upload: SheetUpload,
        rows: Sequence[SheetRow],
        digest: str,
        prepared: PreparedImport | None = None,
    ) -> ImportResult:
        """Write rows, with the log of staff and warnings. Must be called in a transaction."""
        result = write_import(rows, self.scope(request), digest, prepared)
        if result.is_written:
            self._save_mapping(request, Mapping.of_json(upload.mapping))
            self._log(request, result)
            if hasattr(self.page, "warn_of_imported"):
                self.page.warn_of_imported(request, result.changed)
        return result

    def _save_mapping(self, request: HttpRequest, mapping: Mapping) -> None:
        """Save the mapping with the source of the file, for its next file. Only managers add sources."""
        if mapping.source and permissions_of(request.user).is_manager:
            known = Source.objects.filter(name__iexact=mapping.source).first()
            source = known or Source(name=mapping.source)
            source.mapping = mapping.as_json
            source.save()

    def _log(self, request: HttpRequest, result: ImportResult) -> None:
        for flag, states in ((ADDITION, result.new), (CHANGED, result.changed)):
            rows = [state.instance for state in states]
            LogEntry.objects.log_actions(user_of(request).pk, rows, flag, change_message="By a spreadsheet.")


def user_of(request: HttpRequest) -> User:
    """Return the user of a request that the admin has authenticated."""
    user: Any = request.user
    return user


def upload_of(run: ImportRun) -> SheetUpload:
    """Return the upload of a run. Raises `Superseded` if it was deleted."""
    upload = SheetUpload.objects.filter(pk=run.upload_id or 0).first()
    if upload is None:
        raise Superseded
    return upload
