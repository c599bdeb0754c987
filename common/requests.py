"""Where a request comes from: from a page of our own or not, and from which address. Nothing here is kept."""

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def public_form_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the view of a form that anybody may send: instead of a cookie, it asks `is_same_origin`."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as the browser says, which needs no cookie.

    Browsers say it in one of three ways; what says nothing at all is no browser that a person uses.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None and fetched_from != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is not None:
        return _host_of(origin) == request.get_host()
    if fetched_from is not None:
        return True
    return _host_of(request.headers.get("Referer", "")) == request.get_host()


def _host_of(address: str) -> str:
    """The host that an address names; "" for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def client_address(request: HttpRequest) -> str:
    """The network address that a request comes from; "" if nobody can tell.

    Behind a front server it is the last one of X-Forwarded-For, which that server adds itself: what stands before it
    is the visitor's own word. Without one, the header is not believed at all.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def client_network(address: str) -> str:
    """What one household or office has in common: an IPv4 address; of an IPv6 address, the first half."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 6:
        found = found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address
    return str(found)
