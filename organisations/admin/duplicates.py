"""The staff page that merges duplicates, and the button that undoes it."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import NoReverseMatch, path, reverse

from ..merges.kinds import MergeKind
from ..merges.merging import MergeError, can_be_undone, lock_rows, merge, undo_merge
from ..merges.plan import MergePlan
from ..models import Merge, MergedRow
from ..permissions import permissions_of
from .errors import error_sentences
from .locking import version_of
from .permissions import nameable_rows
from .revisions import RevisionAdmin

#: The most rows to merge at once: with more, nobody would read the differences.
MOST_ROWS = 5
#: The parameters of the page: the rows, and which of them stays.
ROW, STAYS = "row", "stays"
#: The prefixes of the names of questions, and of the versions that the page was opened with.
_ANSWER, _VERSION = "answer-", "version-"


class MergeAdmin(RevisionAdmin):
    """Mixin, before `ModelAdmin`, for a model whose rows can be merged."""

    merge_kind: ClassVar[MergeKind]

    def get_urls(self) -> list[Any]:
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("merge/", self.admin_site.admin_view(self.merge_view), name=f"{info}_merge"),
            path("<int:object_id>/unmerge/", self.admin_site.admin_view(self.unmerge_view), name=f"{info}_unmerge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may merge rows of this kind for any organisation: contributors never."""
        rights = permissions_of(request.user)
        return rights.is_manager or bool(rights.edits)

    def may_merge(self, request: HttpRequest, row: Any) -> bool:
        """Return whether the user may merge a row with others: a manager, or an editor of it."""
        rights = permissions_of(request.user)
        edits = rights.is_manager or bool(self._organisations_of(row) & rights.edits)
        return edits and self.has_change_permission(request, row)

    def _organisations_of(self, row: Any) -> set[int]:
        page: Any = self
        keys: set[int] = page.organisations_of(row)
        return keys

    def after_merge(self, request: HttpRequest, row: Any) -> None:
        """Hook: add messages about a row into which others were merged."""

    @admin.action(description="Merge into one…", permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Redirect to the page that merges the selected rows, if they are a few and the user may merge all."""
        rows = list(queryset[: MOST_ROWS + 1])
        if not 2 <= len(rows) <= MOST_ROWS:
            messages.error(request, f"Choose those that are the same thing: two, or up to {MOST_ROWS}.")
            return None
        if refused := [row for row in rows if not self.may_merge(request, row)]:
            names = ", ".join(f"“{row}”" for row in refused)
            messages.error(request, f"You may merge what you edit. Ask a manager to merge {names}.")
            return None
        return HttpResponseRedirect(self.merge_url(rows))

    def merge_url(self, rows: Iterable[Model]) -> str:
        return merge_url(self.model, rows)

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Show what merging some rows would change; on POST, merge them.

        Raises `PermissionDenied` if the user may not merge each of them.
        """
        with transaction.atomic():
            rows = self._chosen_rows(request)
            if len(rows) < 2:
                messages.warning(request, "Choose at least two in the list that are the same thing.")
                return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
            plan = self._plan(request, rows)
            error = self._merge(request, plan) if request.method == "POST" else ""
        if error is None:
            return HttpResponseRedirect(self._change_url(plan.target))
        return self._render_plan(request, plan, error)

    def _chosen_rows(self, request: HttpRequest) -> list[Any]:
        """Return the rows of the address, locked on POST. Raises `PermissionDenied` for one that may not be merged."""
        keys = {int(key) for key in request.GET.getlist(ROW)[:MOST_ROWS] if key.isdecimal()}
        if request.method == "POST":
            lock_rows(self.model, keys)
        rows = list(self.get_queryset(request).filter(pk__in=keys).order_by("pk"))
        if not all(self.may_merge(request, row) for row in rows):
            raise PermissionDenied
        return rows

    def _plan(self, request: HttpRequest, rows: Sequence[Any]) -> MergePlan:
        stays = request.GET.get(STAYS, "")
        target = next((row for row in rows if str(row.pk) == stays), rows[0])
        duplicates = [row for row in rows if row != target]
        answers = {
            name.removeprefix(_ANSWER): str(value) for name, value in request.POST.items() if name.startswith(_ANSWER)
        }
        is_manager = permissions_of(request.user).is_manager
        return MergePlan(self.merge_kind, target, duplicates, answers, is_manager, partial(nameable_rows, request))

    def _merge(self, request: HttpRequest, plan: MergePlan) -> str | None:
        """Merge, and return None; why it cannot be done, as a sentence, with nothing changed."""
        if any(request.POST.get(f"{_VERSION}{row.pk}") != version_of(row) for row in plan.rows):
            return "Somebody saved one of them after you opened this page. Look at it again, and merge then."
        names = ", ".join(f"“{row}”" for row in plan.duplicates)
        try:
            with transaction.atomic():
                merge(plan, request.user)
        except MergeError as error:
            return str(error)
        except ValidationError as error:
            return f"They cannot be merged like this. {error_sentences(error, self.model)}"
        target = self.model._base_manager.get(pk=plan.target.pk)
        self.log_change(request, target, f"Merged with {names}.")
        messages.success(request, f"{names} and “{target}” are one now. You can undo it in its history.")
        self.after_merge(request, target)
        return None

    def _render_plan(self, request: HttpRequest, plan: MergePlan, error: str | None) -> HttpResponse:
        others = [row for row in plan.rows if row != plan.target]
        return self._render(
            request,
            "admin/merge.html",
            plan.target,
            title=f"Merge {len(plan.rows)} {self.opts.verbose_name_plural} into one",
            plan=plan,
            error=error,
            versions=[(f"{_VERSION}{row.pk}", version_of(row)) for row in plan.rows],
            stays_links=[(row, merge_url(self.model, plan.rows, stays=row)) for row in others],
            row_links=[(row, self._change_url(row)) for row in plan.rows],
            obstacles=[_Obstacle(row, other) for row, other in plan.obstacles],
        )

    def _change_url(self, row: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    # Undoing

    def unmerge_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """On POST, undo the newest merge into a row; redirect to its history.

        Raises `PermissionDenied` for who may not merge it.
        """
        row = self._get_row(request, str(object_id))
        if not self.may_merge(request, row):
            raise PermissionDenied
        newest = Merge.objects.filter(model=self.opts.label_lower, target_id=row.pk).first()
        if request.method == "POST" and newest is not None:
            names = ", ".join(f"“{each}”" for each in newest.rows.all())
            try:
                target = undo_merge(newest.pk)
            except MergeError as error:
                messages.error(request, f"This cannot be undone. {error}")
            else:
                self.log_change(request, target, f"Not merged with {names} after all.")
                messages.success(request, f"{names} and “{target}” are as they were before.")
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[row.pk])
        )

    def merges_of(self, request: HttpRequest, row: Any) -> list[Merge]:
        """Return the merges into a row, newest first, each with its rows and `may_be_undone`."""
        merges: list[Any] = list(
            Merge.objects.filter(model=self.opts.label_lower, target_id=row.pk).prefetch_related("rows")
        )
        may = bool(merges) and self.may_merge(request, row)
        for each in merges:
            each.may_be_undone = may and each == merges[0] and can_be_undone(each, row)
        return merges

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Redirect to the row that a row was merged into, if the user may see that; else to the first page."""
        merged = MergedRow.objects.filter(model=self.opts.label_lower, row_id=object_id if object_id.isdecimal() else 0)
        newest = merged.select_related("merge").last()
        if newest is not None and self.get_object(request, str(newest.merge.target_id)) is not None:
            messages.info(request, f"“{newest}” was merged into this.")
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[newest.merge.target_id])
            )
        to_first_page: Any = super()._get_obj_does_not_exist_redirect  # type: ignore[misc]  # Django's, in no stub.
        redirect: HttpResponse = to_first_page(request, opts, object_id)
        return redirect


def merge_url(model: type[Model], rows: Iterable[Model], stays: Model | None = None) -> str:
    """Return the address of the page that merges rows, of which one stays."""
    query = QueryDict(mutable=True)
    query.setlist(ROW, [str(row.pk) for row in rows])
    if stays is not None:
        query[STAYS] = str(stays.pk)
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_merge')}?{query.urlencode()}"


class _Obstacle:
    """Two rows that cannot stand beside each other, with where to put that right."""

    def __init__(self, row: Model, other: Model) -> None:
        self.noun, self.name, self.others = row._meta.verbose_name, str(row), str(other)
        try:
            self.url, self.is_merge = merge_url(type(row), [other, row]), True
        except NoReverseMatch:
            self.url, self.is_merge = _change_url_of(row), False


def _change_url_of(row: Model) -> str:
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
