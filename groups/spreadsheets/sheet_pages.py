"""What all pages of spreadsheets share: their resource, permissions and URLs."""

from typing import Any, Self

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from .resources.base import SheetResource

#: The ends of the names of the pages that others link to.
_LINKED = ("changelist", "import", "process_import", "import_progress", "export", "export_progress", "template")


class SheetPages:
    """Base of the pages of the spreadsheets of one resource."""

    def __init__(self, resource: SheetResource, site: AdminSite) -> None:
        self.resource, self.site = resource, site

    def of(self, resource: SheetResource) -> Self:
        """Return the pages of another resource."""
        return type(self)(resource, self.site)

    @property
    def page(self) -> Any:
        """The `ModelAdmin` of the rows, with the permissions of their pages."""
        return self.site.get_model_admin(self.resource.model)

    def url(self, name: str) -> str:
        """Return the address of one of its pages, by the end of its name: "import", "export", "changelist"."""
        return reverse(f"admin:{self.resource.model._meta.app_label}_{self.resource.key}_{name}")

    def may_import(self, request: HttpRequest) -> bool:
        return self.resource.may_import(request, self.page)

    def sheet_page(self, request: HttpRequest, name: str, title: str, **context: Any) -> TemplateResponse:
        request.current_app = self.site.name
        opts = self.resource.model._meta
        return TemplateResponse(
            request,
            f"admin/spreadsheets/{name}.html",
            {
                **self.site.each_context(request),
                "opts": opts,
                "title": title,
                "module_name": opts.verbose_name_plural,
                "resource": self.resource,
                "urls": {page: self.url(page) for page in (*_LINKED, *(["map"] if self.resource.is_mapped else []))},
                "may_import": self.may_import(request),
                "query": request.GET.urlencode(),
                **context,
            },
        )
