"""Same-origin checks and client addresses of requests. Nothing is stored."""

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def public_form_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate the view of a public form: no CSRF cookie (the view must check `is_same_origin`), no caching."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether a form was submitted from a page of this site, by Sec-Fetch-Site, Origin or Referer.

    Every browser in use sends at least one of the three headers; a request with none is rejected.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None and fetched_from != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin.lower() == _origin_of(request)
    if fetched_from is not None:
        return True
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return f"{referer.scheme}://{referer.netloc}".lower() == _origin_of(request)


def _origin_of(request: HttpRequest) -> str:
    """Return scheme and host of a request: a page that came without TLS could have been anybody's."""
    return f"{request.scheme}://{request.get_host()}".lower()


def client_address(request: HttpRequest) -> str:
    """Return the IP address of the client; "" if it is unknown.

    With `BEHIND_PROXY` it is the last entry of X-Forwarded-For, which the proxy adds; earlier entries can be forged.
    Without it the header is ignored.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def client_network(address: str) -> str:
    """Return the network of a household: an IPv4 address, or the /64 of an IPv6 one; "" for an invalid one."""
    try:
        network = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if network.version == 6:
        network = network.ipv4_mapped or ipaddress.ip_network((network, 64), strict=False).network_address
    return str(network)
