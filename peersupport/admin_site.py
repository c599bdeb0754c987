"""The admin site: its titles, the order of models, and the dashboard."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path

from peersupport.accounts.forms import LoginForm
from peersupport.accounts.views import AccountViews
from peersupport.autocomplete import RankedAutocomplete

#: The order of apps and models on the index; others follow by name.
APP_ORDER = ("groups", "organisations", "places", "auth")
MODEL_ORDER = (
    *("SupportGroup", "Venue", "Report", "Proposal", "Suggestion", "Need", "CheckRequest"),
    *("Organisation", "Contact", "PeerRole", "Training", "Area", "Town"),
)


class StaffAdminSite(AccountViews, AdminSite):
    """The admin site of the staff."""

    site_header = f"{settings.SITE_NAME} for staff"
    site_title = f"{settings.SITE_NAME} for staff"
    index_title = "Everything that is kept here"
    site_url = "/"
    logout_template = "admin/logged_out.html"
    login_form = LoginForm
    password_change_done_template = "admin/password_changed.html"

    def get_urls(self) -> list[Any]:
        """Add spreadsheets, and replace Django's view-on-site address, which checks no permission of the row."""
        view_on_site = path(
            "r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.see_on_site), name="view_on_site"
        )
        from groups.spreadsheets.pages import spreadsheet_urls

        own = [view_on_site, *spreadsheet_urls(self)]
        return [*own, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def added_actions(self, page: Any, request: HttpRequest) -> dict[str, Any]:
        """Return the actions that lists have besides their own: those that export rows."""
        from groups.spreadsheets.actions import export_actions

        return export_actions(page, request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Return the autocomplete results, ranked."""
        return RankedAutocomplete.as_view(admin_site=self)(request)

    def see_on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Redirect to the public page of a row. Raises `Http404` if the user may not view the row."""
        content_type = get_object_or_404(ContentType, pk=content_type_id)
        model = content_type.model_class()
        page = self.get_model_admin(model) if model and self.is_registered(model) else None
        if page is None or not page.has_view_permission(request):
            raise Http404
        row = page.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(row.get_absolute_url())

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return the apps and models in the order of `APP_ORDER` and `MODEL_ORDER`."""
        app_list = super().get_app_list(request, app_label)
        for app in app_list:
            app["models"].sort(key=lambda model: (_position(MODEL_ORDER, model["object_name"]), model["name"]))
        return sorted(app_list, key=lambda app: _position(APP_ORDER, app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Render the index with the dashboard."""
        from .dashboard import shortcuts, task_groups

        groups = task_groups(request)
        context = {"task_groups": groups, "shortcuts": shortcuts(request, groups)}
        return super().index(request, {**context, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Render the models of an app, with its name as the title."""
        name = apps.get_app_config(app_label).verbose_name if app_label in apps.app_configs else ""
        return super().app_index(request, app_label, {"title": name, **(extra_context or {})})


def _position(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)
