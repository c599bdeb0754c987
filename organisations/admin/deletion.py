"""Deleting: what goes with a thing, what stays without it, and what it cannot go before, each in words."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import router
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

#: How many of one kind are named; of the rest it is said how many they are.
NAMED = 10


class DeletesInWords:
    """For a page: what deleting would do. It stands before `ModelAdmin` among the bases."""

    #: Why a thing of this kind is kept, for somebody who asks to delete it all the same.
    kept_because = ""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except PermissionDenied as refusal:
            is_there = self.get_object(request, unquote(object_id)) is not None
            raise PermissionDenied(self.kept_because if is_there else "") from refusal

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple[list, dict, set, list]:
        """What is chosen, with a list of what else changes; nothing; which kinds this account may not delete; what
        needs it. (Nothing, where Django counts by kind: that is said in the list.)"""
        chosen = list(objs)
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(chosen)
        goes = {kind: rows for kind, rows in collector.model_objs.items() if kind is not self.model}
        lacking = [kind for kind, rows in goes.items() if not all(_may(request, "delete", row) for row in rows)]
        if not all(self.has_delete_permission(request, row) for row in chosen):
            lacking.append(self.model)
        lines = [line for kind, rows in goes.items() for line in _lines(request, kind, rows, self.model)]
        return (
            [_link(row) for row in chosen] + (["What else changes:", lines] if lines else []),
            {},
            {
                kind._meta.verbose_name
                for kind, rows in goes.items()
                if not all(_may(request, "delete", row) for row in rows)
            }
            | {self.opts.verbose_name for row in chosen if not self.has_delete_permission(request, row)},
            _named(request, collector.protected),
        )


def _lines(request: HttpRequest, kind: type[Model], rows: set[Model], deleted: type[Model]) -> list[str]:
    """What is said of rows of one kind that would go too: of links, only whose they are, for those stay."""
    owner = kind._meta.auto_created
    if owner:
        if owner is deleted:
            return []
        number = len({getattr(row, f"{owner._meta.model_name}_id") for row in rows})
        has, stays = ("has", "It stays") if number == 1 else ("have", "They stay")
        return [f"{_number(owner, number)} {has} it. {stays}, without it."]
    return _named(request, rows)


def _named(request: HttpRequest, rows: Iterable[Model]) -> list[str]:
    """The names of some rows that this account may see, and how many more there are."""
    rows = sorted(rows, key=lambda row: (row._meta.model_name, str(row), row.pk))
    named = [_link(row) for row in rows if _may(request, "view", row)][:NAMED]
    more = len(rows) - len(named)
    return [*named, f"And {more} more" if named else f"{more} that your account may not see"] if more else named


def _number(kind: type[Model], number: int) -> str:
    return f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"


def _link(row: Model) -> SafeString:
    kind, said = capfirst(row._meta.verbose_name), str(row)
    try:
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return format_html("{}: {}", kind, said)
    return format_html('{}: <a class="staff-link" href="{}">{}</a>', kind, url, said)


def _may(request: HttpRequest, action: str, row: Model) -> bool:
    """Whether this account may see or delete a row. What has no page of its own goes with what it belongs to."""
    page = admin.site._registry.get(type(row))
    return page is None or getattr(page, f"has_{action}_permission")(request, row)
