"""Context of every template."""

from django.conf import settings
from django.http import HttpRequest

from common.cached_urls import cached_reverse

#: The pages of the menu whose entry is also that of the pages below them (templates/components/site_nav.html).
_MENU = (
    "groups:group_list",
    "groups:area_list",
    "help_now",
    "organisations:organisation_list",
    "organisations:role_list",
    "organisations:training_list",
    "groups:start_a_group",
)


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's name, the quick exit URL, and the path for which the menu is rendered."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "menu_path": menu_path(request.path),
    }


def menu_path(path: str) -> str:
    """Return a path with the same menu as that of a page; "" for none.

    There are few of these. Keyed by its own path, every page would have its own masthead in the cache.
    """
    entry = next((entry for entry in map(cached_reverse, _MENU) if path.startswith(entry)), "")
    if not entry:
        return path and "/"
    return entry if path == entry else f"{entry}below/"
