from django.urls import path, re_path

from . import views

app_name = "open_referral"


def _both(route: str, view: views.View, name: str) -> object:
    """Return the pattern of an address that is answered with a slash at its end and without one."""
    return re_path(rf"^{route}/?$", view, name=name)


def _kind(route: str, of_list: views.View, of_item: views.View, name: str) -> list[object]:
    by_id = r"(?P<public_id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
    return [_both(route, of_list, f"{name}_list"), _both(f"{route}/{by_id}", of_item, f"{name}_detail")]


urlpatterns = [
    path("", views.root, name="root"),
    _both("openapi.json", views.openapi_document, "openapi_document"),
    *_kind("services", views.service_list, views.service_detail, "service"),
    *_kind("service_at_locations", views.place_list, views.place_detail, "place"),
    *_kind("organizations", views.organization_list, views.organization_detail, "organization"),
    *_kind("taxonomies", views.taxonomy_list, views.taxonomy_detail, "taxonomy"),
    *_kind("taxonomy_terms", views.taxonomy_term_list, views.taxonomy_term_detail, "taxonomy_term"),
    path("<path:path>", views.unknown_path, name="unknown_path"),
]
