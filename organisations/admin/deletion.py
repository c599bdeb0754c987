"""Deletion pages that describe the cascade: what is deleted too, what loses a link, what blocks deletion."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import router
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from ..permissions import model_permission_page
from .mixin_bases import ModelAdminMixin

#: How many rows of a model are listed by name; the rest are counted.
MAX_NAMED = 10


class DescribedDeletionMixin(ModelAdminMixin):
    """Mixin, before `ModelAdmin`: the confirmation page lists in words what deleting would change."""

    #: The explanation on the 403 page when a row may not be deleted.
    undeletable_reason = ""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except PermissionDenied as refusal:
            is_there = self.get_object(request, unquote(object_id)) is not None
            raise PermissionDenied(self.undeletable_reason if is_there else "") from refusal

    def get_deleted_objects(
        self, objs: Iterable[Model], request: HttpRequest
    ) -> tuple[list[Any], dict[str, Any], set[Any], list[Any]]:
        """Return what Django's deletion page needs: rows, counts, models that the user may not delete, protected rows.

        The rows are the selected ones and a list of what else changes, which has the counts: the second value is empty.
        """
        selected = list(objs)
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(selected)
        collected: dict[Any, set[Model]] = collector.model_objs
        cascaded = {model: rows for model, rows in collected.items() if model is not self.model}
        lines = [line for model, rows in cascaded.items() for line in _describe(request, model, rows, self.model)]
        return (
            [_link(row) for row in selected] + (["What else changes:", lines] if lines else []),
            {},
            {
                model._meta.verbose_name
                for model, rows in cascaded.items()
                if not all(_may(request, "delete", row) for row in rows)
            }
            | {self.opts.verbose_name for row in selected if not self.has_delete_permission(request, row)},
            _list_names(request, collector.protected),
        )


def _describe(request: HttpRequest, model: type[Model], rows: set[Model], deleted: type[Model]) -> list[str]:
    """Return lines about the rows of a model that are deleted too; for many-to-many links, how many owners lose one."""
    # For the model of many-to-many links, Django stores here the model that has the relation.
    owner: Any = model._meta.auto_created
    if owner:
        if owner is deleted:
            return []
        number = len({getattr(row, f"{owner._meta.model_name}_id") for row in rows})
        has, stays = ("has", "It stays") if number == 1 else ("have", "They stay")
        return [f"{_count(owner, number)} {has} it. {stays}, without it."]
    return _list_names(request, rows)


def _list_names(request: HttpRequest, rows: Iterable[Model]) -> list[str]:
    """Return links to the first `MAX_NAMED` rows that the user may see, and a line with the count of the others."""
    rows = sorted(rows, key=lambda row: (row._meta.model_name, str(row), row.pk))
    named: list[str] = [_link(row) for row in [row for row in rows if _may(request, "view", row)][:MAX_NAMED]]
    more = len(rows) - len(named)
    return [*named, f"And {more} more" if named else f"{more} that your account may not see"] if more else named


def _count(model: type[Model], number: int) -> str:
    return f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"


def _link(row: Model) -> SafeString:
    noun, name = capfirst(row._meta.verbose_name), str(row)
    try:
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return format_html("{}: {}", noun, name)
    return format_html('{}: <a class="staff-link" href="{}">{}</a>', noun, url, name)


def _may(request: HttpRequest, action: str, row: Model) -> bool:
    """Return whether the user may view or delete a row; True for a model without an admin page of its own."""
    page = model_permission_page(type(row))
    return page is None or getattr(page, f"has_{action}_permission")(request, row)
