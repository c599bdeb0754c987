"""The actions of the list of groups that make a spreadsheet of the chosen ones."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from organisations.admin import ListingAdmin
from organisations.permissions import VIEW, permissions_of

from ..models import SupportGroup
from .pages import pages_of


class SpreadsheetAdmin(ListingAdmin):
    """Base of the admin of groups: the export of chosen ones."""

    actions: Any = ["export_chosen", "export_chosen_csv"]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return permissions_of(request.user).may(VIEW, self)

    @admin.action(description="Export the chosen ones as an Excel workbook", permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[SupportGroup]) -> StreamingHttpResponse | None:
        return self._export(request, queryset, "xlsx")

    @admin.action(description="Export the chosen ones as CSV", permissions=["export"])
    def export_chosen_csv(self, request: HttpRequest, queryset: QuerySet[SupportGroup]) -> StreamingHttpResponse | None:
        return self._export(request, queryset, "csv")

    def _export(self, request: HttpRequest, groups: QuerySet[SupportGroup], kind: str) -> StreamingHttpResponse | None:
        pages = pages_of(self)
        return pages.export_response(request, groups, kind) if pages and groups.exists() else None
