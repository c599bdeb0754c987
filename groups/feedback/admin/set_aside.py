"""Admin filter and actions for rows that were set aside: the change list hides them unless they are asked for."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from organisations.admin.mixin_bases import ModelAdminMixin


class SetAsideFilter(admin.SimpleListFilter):
    """Show the queue by default; or what was set aside, or everything."""

    title = "queue"
    parameter_name = "set_aside"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [("yes", "Set aside"), ("all", "All")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Yield the choices with the queue first, in place of Django's "All"."""
        first: Any
        first, *others = super().choices(changelist)
        yield first | {"display": "In the queue"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() == "all" else queryset.filter(is_set_aside=self.value() == "yes")


class SetAsideMixin(ModelAdminMixin):
    """Admin actions that set rows aside, and take them back into the queue."""

    @admin.action(description="Take back into the queue", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._update_rows(request, queryset, False, "taken back into the queue")

    @admin.action(description="Set aside: delete after 90 days", permissions=["change"])
    def set_aside(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._update_rows(request, self.may_be_set_aside(queryset), True, "set aside")

    def may_be_set_aside(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that may be set aside, and so deleted later: those that nobody has handled yet."""
        raise NotImplementedError

    def _update_rows(self, request: HttpRequest, rows: QuerySet[Any], is_set_aside: bool, words: str) -> None:
        moved = list(rows.exclude(is_set_aside=is_set_aside))
        # The retention period is counted from this change.
        self.model._default_manager.filter(pk__in=[row.pk for row in moved]).update(
            is_set_aside=is_set_aside, updated_at=timezone.now()
        )
        for row in moved:
            self.log_change(request, row, f"{words.capitalize()}.")
        noun = self.opts.verbose_name if len(moved) == 1 else self.opts.verbose_name_plural
        messages.success(request, f"{len(moved) or 'No'} {noun} {words}.")
