"""Who stands at the door: what django-axes counts wrong passwords by, and what it says to whom it keeps out."""

import hashlib
import hmac
import ipaddress
import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.requests import client_address, client_network

#: What stands around a page that is shown before somebody is let in.
FRAME = dict.fromkeys(("site_header", "site_title"), f"{settings.SITE_NAME} for staff")


def address_for_today(request: HttpRequest) -> str:
    """A mark that is the same for a household all day, and from which nobody without our key learns its address.

    It is written as an IPv6 address of nobody's, for that is what the column takes.
    """
    said = f"wrong passwords {timezone.localdate()} {client_network(client_address(request))}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256)
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


def typed_name(request: HttpRequest | None, credentials: dict | None) -> str | None:
    """The account that somebody tried, however they wrote it: another mix of capitals is no new try."""
    typed = (credentials or {}).get("username") or (request.POST.get("username") if request else None)
    return typed.strip().lower()[:255] if typed else None


def locked_out(request: HttpRequest, credentials: dict | None) -> HttpResponse:
    """Kind words for somebody who has typed a wrong password too often, and what to do now."""
    minutes = math.ceil(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    context = {
        **FRAME,
        "title": "Please wait a little",
        "minutes": minutes,
        "refusal": getattr(request, "axes_refusal", ""),
    }
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
