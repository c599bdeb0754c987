"""What has versions: saved as one, read as sentences, put back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from ..models import Revision, has_revisions, single_revision
from ..permissions import permissions_of
from ..revisions.diff_text import Reading, RevisionDiff, revision_diffs
from ..revisions.labels import referenced_rows
from ..revisions.restoring import restore_revision
from ..revisions.snapshots import states
from .errors import error_sentences
from .locking import LockedForm
from .permissions import named

VERSIONS_ON_A_PAGE = 20


class RevisionAdmin:
    """For the page of something that has versions. It stands before `ModelAdmin` among the bases."""

    form = LockedForm

    # Saving

    def save_model(self, request: HttpRequest, obj, form: ModelForm, change: bool) -> None:
        """Nothing yet: `save_related` saves it with its relations and parts, as one version."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list, change: bool) -> None:
        """Save it, unless nothing was changed. A change of its parts is one of its own, so that others learn of it."""
        row = form.instance
        parts = {self.model._meta.get_field(name).related_model for name in self.model.history.model.keeper.part_names}
        has_changed = form.has_changed() or any(each.has_changed() for each in formsets if each.model in parts)
        if change and not has_changed:
            super().save_related(request, form, formsets, change)
            return
        with single_revision(row):
            row.save()
            super().save_related(request, form, formsets, change)

    # History

    def get_urls(self) -> list:
        info = self.opts.app_label, self.opts.model_name
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<int:object_id>/history/<int:version_id>/", view, name="{}_{}_version".format(*info)),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Its versions, newest first, each with what it changed, in sentences."""
        row = self._row(request, object_id)
        told = self.versions_for(request, row)
        page = Paginator(told.select_related("history_user"), VERSIONS_ON_A_PAGE).get_page(request.GET.get("p"))
        versions = list(page)
        before = told[page.end_index() : page.end_index() + 1]
        return self._show(
            request,
            "admin/version_list.html",
            row,
            title=f"History: {row}",
            page=page,
            revision_diffs=revision_diffs(
                versions, before=before[0] if before else None, named=partial(named, request)
            ),
            newest=versions[0] if versions and page.number == 1 else None,
            version_url=f"admin:{self.opts.app_label}_{self.opts.model_name}_version",
        )

    def version_view(self, request: HttpRequest, object_id: int, version_id: int) -> HttpResponse:
        """One version, whole, and what putting it back would change; posted, it is put back."""
        row = self._row(request, str(object_id))
        told = self.versions_for(request, row)
        version = get_object_or_404(told.select_related("history_user"), pk=version_id)
        may_change = self.has_change_permission(request, row) and not self.only_proposes(request, row)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            return self._put_back(request, row, version)
        newest = told.first()
        reading = Reading([version, newest], partial(named, request))
        return self._show(
            request,
            "admin/version_detail.html",
            row,
            title=f"{row}, as it was",
            version=version,
            who=RevisionDiff(version).who,
            said=reading.say_all(version),
            changes=reading.difference(newest, version),
            is_newest=version == newest,
            may_change=may_change,
        )

    def versions_for(self, request: HttpRequest, row) -> QuerySet:
        """The versions that somebody may read: for all but managers, those from when it belonged where it does now."""
        versions = row.history.all()
        if permissions_of(request.user).is_manager or not hasattr(row, "organisation_id"):
            return versions
        return versions.filter(organisation_id=row.organisation_id)

    def only_proposes(self, request: HttpRequest, row) -> bool:
        """Whether somebody who may open its page does not save, but propose."""
        return False

    def _row(self, request: HttpRequest, object_id: str):
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _show(self, request: HttpRequest, template: str, row, **context) -> TemplateResponse:
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

    def _put_back(self, request: HttpRequest, row, version: Revision) -> HttpResponseRedirect:
        then = timezone.localtime(version.history_date)
        when = f"{then.day} {then:%B %Y, %H:%M}"
        if self._points_out_of_reach(request, row, version):
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

    def _points_out_of_reach(self, request: HttpRequest, row, version: Revision) -> bool:
        """Whether a version names anything, beside what its row names now, that somebody could not choose."""
        if permissions_of(request.user).is_manager:
            return False
        then, now = states([version, row.history.first()])
        if then.parts.get("network_links", []) != now.parts.get("network_links", []):
            return True
        anew = set(referenced_rows(self.model, [then])) - set(referenced_rows(self.model, [now]))
        return any(
            key is not None and not named(request, model._base_manager.filter(pk=key)).exists() for model, key in anew
        )


def save_rows(request: HttpRequest, formset) -> None:
    """Save the rows below a page; what has versions of its own gets one, and a check its editor."""
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
