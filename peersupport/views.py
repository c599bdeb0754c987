"""Pages about the site, and error pages."""

import sys
from functools import cache, lru_cache

from django.conf import settings
from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.content_security_policy import header_value
from common.crisis_lines import EMERGENCY, SECTIONS
from common.slots import PASSWORDS, ServerBusy
from groups.search.snapshot.snapshot import DirectoryNotRead
from peersupport.accounts.login_throttle import SIGN_IN_CONTEXT
from peersupport.data_examples import data_examples
from peersupport.health import database_can_be_read, missing_requirement

#: Raised where pages cannot be made for want of data, and can be a little later.
UNAVAILABLE_ERRORS = (DirectoryNotRead, OperationalError, InterfaceError)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Render what this directory is, and what a peer support group is."""
    return render(request, "peersupport/about.html")


@require_safe
def for_professionals(request: HttpRequest) -> HttpResponse:
    """Render how care coordinators and link workers make a list, refer people, and read the checks."""
    return render(request, "peersupport/for_professionals.html")


@require_safe
def family_and_friends(request: HttpRequest) -> HttpResponse:
    """Render how to help somebody find a group, and what there is for those who help."""
    return render(request, "peersupport/family_and_friends.html")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Render the crisis lines, by nation and by need."""
    return render(request, "peersupport/help_now.html", {"emergency": EMERGENCY, "sections": SECTIONS})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Render how to reach the people who run the directory."""
    return render(
        request, "peersupport/contact.html", {"email": settings.CONTACT_EMAIL, "help_url": reverse("help_now")}
    )


@require_safe
def listing_policy(request: HttpRequest) -> HttpResponse:
    """Render what is listed, how it is checked, and how to have something removed."""
    return render(request, "peersupport/listing_policy.html", {"email": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Render the privacy notice."""
    return render(request, "peersupport/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Render the accessibility statement."""
    return render(request, "peersupport/accessibility.html", {"email": settings.CONTACT_EMAIL})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Render what the data is, how to use it, with examples, and the sources and licences of the places."""
    examples = data_examples(request)
    response = render(request, "peersupport/data.html", {"examples": examples})
    if examples:
        # The one page that shows a list in a frame, of its own site.
        response["Content-Security-Policy"] = header_value(settings.SECURE_CSP | {"frame-src": ["'self'"]})
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Render robots.txt, which excludes staff pages, printed files and searches."""
    return render(request, "peersupport/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site is up: 200 if the tables that pages read can be read, else 503."""
    if not database_can_be_read():
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve every page: 200, or 503 with a word for what is missing."""
    if missing := missing_requirement():
        return HttpResponse(missing, status=503, content_type="text/plain", headers={"Retry-After": "5"})
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Render the 400 page; the 503 page if the database could not save a session."""
    if is_unavailable_error(exception):
        return data_unavailable(request)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Render the 403 page; for staff with the message of the exception."""
    if is_for_staff(request):
        return staff_error(request, "admin/403.html", 403, "You cannot do this here", why=str(exception))
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Render the 403 page for a missing or expired CSRF token."""
    if is_for_staff(request):
        return staff_error(request, "admin/csrf_failure.html", 403, "This was not saved")
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Render the 404 page."""
    if is_for_staff(request):
        return staff_error(request, "admin/404.html", 404, "There is no such page")
    return render(request, "404.html", status=404)


def is_for_staff(request: HttpRequest) -> bool:
    """Return whether staff are on a staff page; False if the request failed before authentication."""
    is_staff_page = request.path.startswith(reverse("admin:index"))
    return is_staff_page and hasattr(request, "user") and admin.site.has_permission(request)


def staff_error(request: HttpRequest, template: str, status: int, title: str, **context: str) -> HttpResponse:
    """Render an error page with the context of the admin site, for its navigation."""
    site_context = admin.site.each_context(request)
    return render(request, template, {**site_context, "title": title, **context}, status=status)


def server_busy(request: HttpRequest, exception: ServerBusy) -> HttpResponse:
    """Render a 503 page with Retry-After: for sign-in, for staff pages, or for the public with a lighter page."""
    if exception.pool == PASSWORDS:
        html, seconds = _staff_page("admin/busy_sign_in.html", "Please try again in a moment"), 5
    elif request.path.startswith(reverse("admin:index")):
        html, seconds = _staff_page("admin/busy.html", "Please try again in a minute"), 60
    else:
        html, seconds = _busy_page(exception.page), 60
    response = HttpResponse(html, status=503)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=128)
def _busy_page(page: str) -> str:
    """Return the page that links a lighter page. Cached: a refusal holds the worker left for pages."""
    return _without_request("503.html", page=page)


@cache
def _staff_page(template: str, title: str) -> str:
    """Return a staff page that is the same for everybody: without the user, the navigation and the database."""
    return render_to_string(template, {**SIGN_IN_CONTEXT, "title": title})


def server_error(request: HttpRequest) -> HttpResponse:
    """Render the 500 page; the 503 page if the database did not answer."""
    if isinstance(sys.exc_info()[1], UNAVAILABLE_ERRORS):
        return data_unavailable(request)
    return HttpResponseServerError(_without_request("500.html"))


def is_unavailable_error(exception: BaseException | None) -> bool:
    """Return whether an exception, or one in its chain, is one of `UNAVAILABLE_ERRORS`."""
    while exception is not None and not isinstance(exception, UNAVAILABLE_ERRORS):
        exception = exception.__cause__ or exception.__context__
    return exception is not None


def data_unavailable(request: HttpRequest) -> HttpResponse:
    """Render a 503 page with Retry-After, for when the database does not answer or the directory is not loaded yet.

    After a form it says that the form may not be saved: the answer to a commit can be lost, too.
    """
    was_sent = request.method == "POST"
    response = HttpResponse(_without_request("503_data_unavailable.html", was_sent=was_sent), status=503)
    response["Retry-After"] = "5"
    response["Cache-Control"] = "no-store"
    return response


def _without_request(template: str, **context: bool | str) -> str:
    """Return a page rendered without the request, its session or the database, which may be what failed."""
    site = {"SITE_NAME": settings.SITE_NAME, "QUICK_EXIT_URL": settings.QUICK_EXIT_URL}
    return render_to_string(template, {**site, **context})
