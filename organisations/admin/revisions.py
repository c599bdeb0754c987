"""Admin pages of models with revisions: each save is one revision; history, diffs and restoring."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from common.models import reverse_relation

from ..models import MergedRow, Revision, has_revisions, merged_ids, single_revision
from ..models.revision import history_model
from ..permissions import permissions_of
from ..revisions.diff_text import RevisionComparison, RevisionDiff, revision_diffs
from ..revisions.labels import referenced_rows
from ..revisions.restoring import restore_revision
from ..revisions.snapshots import states
from .errors import error_sentences
from .locking import LockedForm
from .mixin_bases import ModelAdminMixin
from .permissions import nameable_rows

VERSIONS_ON_A_PAGE = 20


class RevisionAdmin(ModelAdminMixin):
    """Mixin, before `ModelAdmin`, for a model with a `RevisionHistory`."""

    form = LockedForm

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Do nothing: `save_related` saves the row with its relations and parts, as one revision."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        """Save the row as one revision, also if only its parts have changed; make none if nothing has."""
        row = form.instance
        parts = {
            reverse_relation(self.model, name).related_model
            for name in history_model(self.model).revision_history.part_names
        }
        _say_what_was_merged(request, form, formsets)
        has_changed = form.has_changed() or any(formset.has_changed() for formset in formsets if formset.model in parts)
        if change and not has_changed:
            super().save_related(request, form, formsets, change)
            return
        with single_revision(row):
            row.save()
            super().save_related(request, form, formsets, change)

    # History

    def get_urls(self) -> list[Any]:
        info = self.opts.app_label, self.opts.model_name
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<int:object_id>/history/<int:version_id>/", view, name="{}_{}_version".format(*info)),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Render a page of the revisions of a row, newest first, each with its diff in sentences.

        With the parameter "merged", of a row that was merged into it.
        """
        row = self._get_row(request, object_id)
        merges = self.merges_of(request, row)
        key = request.GET.get("merged", "")
        merged = MergedRow.objects.filter(model=self.opts.label_lower, row_id=key).last() if key.isdecimal() else None
        if key and (merged is None or merged.row_id not in merged_ids(self.model, row.pk)):
            raise Http404
        history = self.versions_for(request, row, row.pk if merged is None else merged.row_id)
        page = Paginator(history.select_related("history_user"), VERSIONS_ON_A_PAGE).get_page(request.GET.get("p"))
        versions = list(page)
        before = history[page.end_index() : page.end_index() + 1]
        return self._render(
            request,
            "admin/version_list.html",
            row,
            title=f"History: {row}",
            page=page,
            steps=revision_diffs(
                versions, before=before[0] if before else None, name_filter=partial(nameable_rows, request)
            ),
            newest=versions[0] if versions and page.number == 1 and merged is None else None,
            merges=[] if merged else merges,
            merged_name=merged,
            merged_query=f"&merged={merged.row_id}" if merged else "",
            unmerge_url=f"admin:{self.opts.app_label}_{self.opts.model_name}_unmerge",
            version_url=f"admin:{self.opts.app_label}_{self.opts.model_name}_version",
        )

    def version_view(self, request: HttpRequest, object_id: int, version_id: int) -> HttpResponse:
        """Render a revision in full, with the diff that restoring it would make; on POST, restore it.

        Raises `PermissionDenied` on POST for who may not change the row.
        """
        row = self._get_row(request, str(object_id))
        version = get_object_or_404(
            self.versions_for(request, row, row.pk, *merged_ids(self.model, row.pk)).select_related("history_user"),
            pk=version_id,
        )
        history = self.versions_for(request, row, version.id)
        is_merged = version.id != row.pk
        may_change = not is_merged and self.has_change_permission(request, row) and not self.only_proposes(request, row)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            return self._restore(request, row, version)
        newest = history.first()
        comparison = RevisionComparison([version, newest], partial(nameable_rows, request))
        return self._render(
            request,
            "admin/version_detail.html",
            row,
            title=f"{row}, as it was",
            version=version,
            who=RevisionDiff(version).who,
            values=comparison.values(version),
            changes=comparison.difference(newest, version),
            is_newest=version == newest,
            may_change=may_change,
            is_merged=is_merged,
        )

    def versions_for(self, request: HttpRequest, row: Any, *keys: int) -> Any:
        """Return the revisions with some keys that the user may read: by default those of the row itself.

        All for managers, else those of the same organisation as now, or of one that was merged into that.
        """
        versions = history_model(self.model).objects.filter(id__in=keys or [row.pk])
        if permissions_of(request.user).is_manager or not hasattr(row, "organisation_id"):
            return versions
        organisation: Any = self.model._meta.get_field("organisation").related_model
        owners = {row.organisation_id, *merged_ids(organisation, row.organisation_id)}
        return versions.filter(organisation_id__in=owners)

    def merges_of(self, request: HttpRequest, row: Any) -> list[Any]:
        """Return the merges into a row, newest first: none for a model whose rows cannot be merged."""
        return []

    def only_proposes(self, request: HttpRequest, row: Any) -> bool:
        """Return whether what the user saves on the page becomes a proposal."""
        return False

    def _get_row(self, request: HttpRequest, object_id: str) -> Any:
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _render(self, request: HttpRequest, template: str, row: Any, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "app_label": self.opts.app_label,
                "module_name": self.opts.verbose_name_plural,
                "object": row,
                **context,
            },
        )

    def _restore(self, request: HttpRequest, row: Any, version: Revision) -> HttpResponseRedirect:
        then = timezone.localtime(version.history_date)
        when = f"{then.day} {then:%B %Y, %H:%M}"
        if self._references_hidden_rows(request, row, version):
            messages.error(
                request,
                f"It cannot be put back as it was on {when}: it names what you may not choose. Ask a manager.",
            )
            return HttpResponseRedirect(request.path)
        try:
            lost = restore_revision(version)
        except ValidationError as error:
            messages.error(request, f"It cannot be put back as it was on {when}: {error_sentences(error, type(row))}")
            return HttpResponseRedirect(request.path)
        self.log_change(request, row, f"Put back as it was on {when}.")
        messages.success(request, f"“{row}” is put back as it was on {when}.")
        for sentence in lost:
            messages.warning(request, sentence)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        )

    def _references_hidden_rows(self, request: HttpRequest, row: Any, version: Revision) -> bool:
        """Return whether a revision references a row that the user may not see and the row does not reference now."""
        if permissions_of(request.user).is_manager:
            return False
        then, now = states([version, row.history.first()])
        if then.parts.get("network_links", []) != now.parts.get("network_links", []):
            return True
        added = set(referenced_rows(self.model, [then])) - set(referenced_rows(self.model, [now]))
        return any(
            key is not None and not nameable_rows(request, model._base_manager.filter(pk=key)).exists()
            for model, key in added
        )


def _say_what_was_merged(request: HttpRequest, form: ModelForm, formsets: list[Any]) -> None:
    """Tell the editor what only somebody else changed while they were editing, which is kept."""
    conflict = getattr(form, "conflict", None)
    if conflict is None:
        return
    merges = [conflict.merge, *(formset.merge for formset in formsets if hasattr(formset, "merge"))]
    taken = [label for merge in merges if merge for label in merge.taken]
    sentence = f" What they changed is kept: {'; '.join(taken)}." if taken else ""
    messages.info(request, f"Somebody else saved “{form.instance}” while you were editing.{sentence}")


def save_rows(request: HttpRequest, formset: Any) -> None:
    """Save an inline formset: one revision for each row that has them; the user is the editor of a new check."""
    rows = formset.save(commit=False)
    for row in formset.deleted_objects:
        row.delete()
    for row in rows:
        if getattr(row, "editor_id", "") is None:
            row.editor = request.user
        if has_revisions(type(row)):
            with single_revision(row):
                row.save()
        else:
            row.save()
    formset.save_m2m()
