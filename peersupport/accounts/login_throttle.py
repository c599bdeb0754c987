"""Callables for django-axes: the keys that it counts failures by, and the lockout response."""

import hashlib
import hmac
import ipaddress
import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.requests import client_address, client_network

#: The context of pages before authentication is complete.
SIGN_IN_CONTEXT = dict.fromkeys(("site_header", "site_title"), f"{settings.SITE_NAME} for staff")


def client_digest_of_today(request: HttpRequest) -> str:
    """Return a keyed digest (HMAC-SHA-256) of the date and the client's network, which does not reveal the address.

    It has the form of a unique local IPv6 address (fd00::/8), since the column stores addresses.
    """
    message = f"wrong passwords {timezone.localdate()} {client_network(client_address(request))}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256)
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


def attempted_username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """Return the username that was tried, in lower case, so that capitals do not start a new count; None for none."""
    typed = (credentials or {}).get("username") or (request.POST.get("username") if request else None)
    return typed.strip().lower()[:255] if typed else None


def lockout_response(request: HttpRequest, credentials: dict[str, Any] | None) -> HttpResponse:
    """Return the 429 page for a locked-out user, with Retry-After."""
    minutes = math.ceil(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    context = {
        **SIGN_IN_CONTEXT,
        "title": "Please wait a little",
        "minutes": minutes,
        "refusal": getattr(request, "axes_refusal", ""),
    }
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
