"""Context of every template."""

from django.conf import settings
from django.http import HttpRequest

from common.page_addresses import page_address

#: The pages that the menu knows (templates/components/site_nav.html).
_MENU = (
    "groups:group_list",
    "groups:area_list",
    "groups:start_a_group",
    "help_now",
    "organisations:organisation_list",
    "organisations:role_list",
    "organisations:training_list",
)


def site(request: HttpRequest) -> dict[str, str]:
    """Return the name of the site, the address of its quick exit, and which path the menu is that of."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "menu_path": menu_path(request.path),
    }


def menu_path(path: str) -> str:
    """Return the path of a page or, of one below those in the menu, a path that stands for all with the same menu.

    The head of a page is drawn once for each: not once for every group.
    """
    above = [address for address in map(page_address, _MENU) if address in path]
    return path if path in above else "".join(f"{address}-" for address in above) or "/"
