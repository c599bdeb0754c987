"""Pages about the site itself, and what is said when something goes wrong."""

from django.conf import settings
from django.contrib import admin
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.crisis_lines import EMERGENCY, SECTIONS
from common.slots import PASSWORDS, ServerBusy
from peersupport.accounts.login_throttle import FRAME


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this directory is, and what a peer support group is."""
    return render(request, "peersupport/about.html")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call or text now, by nation and by need."""
    return render(request, "peersupport/help_now.html", {"emergency": EMERGENCY, "sections": SECTIONS})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the people who keep the directory."""
    return render(
        request, "peersupport/contact.html", {"email": settings.CONTACT_EMAIL, "help_url": reverse("help_now")}
    )


@require_safe
def listing_policy(request: HttpRequest) -> HttpResponse:
    """What is listed, how it is checked, and how to have something taken down."""
    return render(request, "peersupport/listing_policy.html", {"email": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known about a visitor: nothing that is kept."""
    return render(request, "peersupport/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we aim for, what is tested, and what we know is missing."""
    return render(request, "peersupport/accessibility.html", {"email": settings.CONTACT_EMAIL})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where the places come from, and under which licences."""
    return render(request, "peersupport/data.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone: staff pages, files to print, and searches, of which there is no end."""
    return render(request, "peersupport/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell whoever watches the servers whether this one can answer, its database included."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address cannot be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page is not for this visitor. Staff are told why, where that is known."""
    if is_for_staff(request):
        return staff_error(request, "admin/403.html", 403, "You cannot do this here", why=str(exception))
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the mark that our own pages give it: from another site, or from a page that is too old."""
    if is_for_staff(request):
        return staff_error(request, "admin/csrf_failure.html", 403, "This was not saved")
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or no longer."""
    if is_for_staff(request):
        return staff_error(request, "admin/404.html", 404, "There is no such page")
    return render(request, "404.html", status=404)


def is_for_staff(request: HttpRequest) -> bool:
    """Whether somebody of the staff is on one of their pages. What fails early has not yet been told who they are."""
    is_below = request.path.startswith(reverse("admin:index"))
    return is_below and hasattr(request, "user") and admin.site.has_permission(request)


def staff_error(request: HttpRequest, template: str, status: int, title: str, **context: str) -> HttpResponse:
    """What went wrong, in the frame of the staff pages, so that the way back is where it always is."""
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "title": title, **context}, status=status)


def server_busy(request: HttpRequest, exception: ServerBusy) -> HttpResponse:
    """Too much that takes long is being done already: say when to come again, and what works meanwhile."""
    if exception.pool == PASSWORDS:
        frame = {**FRAME, "title": "Please try again in a moment"}
        response, seconds = render(request, "admin/busy_sign_in.html", frame, status=503), 5
    elif is_for_staff(request):
        response, seconds = staff_error(request, "admin/busy.html", 503, "Please try again in a minute"), 60
    else:
        response, seconds = render(request, "503.html", {"page": exception.page}, status=503), 60
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, perhaps the database: so this asks nothing of it, nor of the request."""
    site = {"SITE_NAME": settings.SITE_NAME, "QUICK_EXIT_URL": settings.QUICK_EXIT_URL}
    return HttpResponseServerError(render_to_string("500.html", site))
