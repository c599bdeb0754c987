"""The staff pages as a whole: their name, and what wants doing, on the first of them."""

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path

from peersupport.accounts.forms import LoginForm
from peersupport.accounts.views import AccountViews
from peersupport.autocomplete import RankedAutocomplete

#: Apps and kinds of thing in the order in which editors want them; what is not named comes after, by its name.
APPS = ("groups", "organisations", "places", "auth")
OFTEN = (
    *("SupportGroup", "Venue", "Report", "Proposal", "Suggestion", "Need", "CheckRequest"),
    *("Organisation", "Contact", "PeerRole", "Training", "Area", "Town"),
)


class StaffAdminSite(AccountViews, AdminSite):
    """The pages where editors keep the listings."""

    site_header = f"{settings.SITE_NAME} for staff"
    site_title = f"{settings.SITE_NAME} for staff"
    index_title = "Everything that is kept here"
    site_url = "/"
    logout_template = "admin/logged_out.html"
    login_form = LoginForm
    password_change_done_template = "admin/password_changed.html"

    def get_urls(self) -> list:
        """With a way to the public page of a row that asks, as every page does, who may see the row."""
        see = path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.see_on_site), name="view_on_site")
        return [see, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What a box that finds as you type offers, of every kind of thing."""
        return RankedAutocomplete.as_view(admin_site=self)(request)

    def see_on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Lead to the public page of a row that somebody may see here."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        page = self._registry.get(kind.model_class())
        if page is None or not page.has_view_permission(request):
            raise Http404
        row = page.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(row.get_absolute_url())

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The kinds of thing, those that an editor opens most often first."""
        listed = super().get_app_list(request, app_label)
        for app in listed:
            app["models"].sort(key=lambda model: (_place(OFTEN, model["object_name"]), model["name"]))
        return sorted(listed, key=lambda app: _place(APPS, app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The first page, with what wants doing for whoever may see it."""
        from .dashboard import task_groups

        return super().index(request, {"piles": task_groups(request), **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict | None = None) -> HttpResponse:
        """The kinds of thing of one app, under its name."""
        name = apps.get_app_config(app_label).verbose_name if app_label in apps.app_configs else ""
        return super().app_index(request, app_label, {"title": name, **(extra_context or {})})


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)
