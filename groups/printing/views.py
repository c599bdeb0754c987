"""Lists of groups as HTML pages, PDFs and files. No list is stored: it is in the query string only."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.slots import costly
from places.models import Area

from ..calendars.feed import Feed, render_calendar
from ..search.snapshot.snapshot import current_snapshot
from ..shortlist import MOST_OF_AREA
from .build import build_area_document, build_document
from .choices import Order
from .document import PrintDocument
from .exports import render_csv, render_text, render_xlsx
from .html import HtmlDocument
from .layouts import STANDARD
from .links import document_links
from .list_page import build_list_page
from .parts import with_parts
from .pdf.pdf import render_pdf
from .request import PrintRequest
from .selection import Selection, select_area, select_codes

#: For each file extension the content type, and the function that renders it.
_FILES: dict[str, tuple[str, Callable[[PrintDocument, PrintRequest], bytes | str]]] = {
    "pdf": ("application/pdf", lambda document, print_request: render_pdf(document, print_request.layout)),
    "csv": ("text/csv; charset=utf-8", lambda document, print_request: render_csv(document)),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda document, print_request: render_xlsx(document),
    ),
    "txt": ("text/plain; charset=utf-8", lambda document, print_request: render_text(document)),
}
#: With a column for each fact.
_SPREADSHEETS = ("csv", "xlsx")
#: Shown inline by browsers, to print or to copy; the others are downloaded.
_SHOWN = ("pdf", "txt")


@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """Show the page on which a visitor orders, prints, saves or sends a list."""
    print_request = PrintRequest.read(request.GET)
    selection = select_codes(print_request.shortlist)
    context = {
        "asked": print_request,
        "nation": selection.nation,
        "making": build_list_page(print_request, selection, timezone.now(), request.build_absolute_uri),
    }
    return render(request, "groups/printing/list_own.html", context)


@require_safe
def list_print(request: HttpRequest) -> HttpResponse:
    """Show a list as an HTML page to print."""
    print_request = PrintRequest.read(request.GET)
    selection = select_codes(print_request.shortlist)
    document = build_document(selection, print_request, timezone.now(), request.build_absolute_uri)
    url = reverse("groups:list_print")
    links = document_links(print_request, len(selection.groups), url, url, _list_file_path)
    context = {
        "asked": print_request,
        "nation": selection.nation,
        "print": HtmlDocument(document, print_request.layout, links),
    }
    return render(request, "groups/printing/list_print.html", context)


def _list_page_path(request: HttpRequest, kind: str) -> str:
    return reverse("groups:list_print") + PrintRequest.read(request.GET).suffix


def _area_page_path(request: HttpRequest, slug: str, kind: str = "") -> str:
    return reverse("groups:area_detail", args=[slug])


@require_safe
@costly(_list_page_path, when=lambda request, kind: kind == "pdf")
def list_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Return a list as a file, or redirect to the page of the list if it is empty."""
    print_request = PrintRequest.read(request.GET)
    selection = select_codes(print_request.shortlist)
    if not selection.rows:
        return redirect("groups:list_own")
    document = build_document(selection, print_request, timezone.now(), request.build_absolute_uri)
    page = reverse("groups:list_own") + print_request.shortlist.suffix
    return _file_response(request, kind, document, print_request, Feed(document.title, page, selection.groups), "list")


@require_safe
@costly(_area_page_path)
def area_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all groups of an area as an HTML page to print, or smaller areas where they are too many."""
    area, print_request, selection = _select_from_request(request, slug)
    context: dict[str, Any] = {
        "area": area,
        "nation": area.nation,
        "asked": print_request,
        "most": MOST_OF_AREA,
        "children": _smaller_areas(area),
    }
    if selection is not None:
        document = build_area_document(area, selection, print_request, timezone.now(), request.build_absolute_uri)
        url = reverse("groups:area_print", args=[area.slug])
        links = document_links(print_request, len(selection.groups), url, url, partial(_area_file_path, area))
        context["print"] = HtmlDocument(document, print_request.layout, links)
    return render(request, "groups/printing/area_print.html", context)


@require_safe
@costly(_area_page_path)
def area_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Return all groups of an area as a file, or a page that says what to do where they are too many."""
    area, print_request, selection = _select_from_request(request, slug)
    if selection is None or not selection.rows:
        return redirect("groups:area_print", area.slug)
    if kind == "pdf" and len(selection.groups) > print_request.layout.most_in_pdf:
        return _too_long(request, area, print_request, len(selection.groups))
    document = build_area_document(area, selection, print_request, timezone.now(), request.build_absolute_uri)
    feed = Feed(document.title, area.get_absolute_url(), selection.groups)
    return _file_response(request, kind, document, print_request, feed, f"groups-{area.slug}")


def _list_file_path(kind: str) -> str:
    return reverse("groups:list_file", args=[kind])


def _area_file_path(area: Area, kind: str) -> str:
    return reverse("groups:area_file", args=[area.slug, kind])


def _too_long(request: HttpRequest, area: Area, print_request: PrintRequest, count: int) -> HttpResponse:
    """Return the page, with status 404, that replaces a PDF over the limit of its layout."""
    url = reverse("groups:area_print", args=[area.slug])
    links = document_links(print_request, count, url, url, partial(_area_file_path, area))
    context = {
        "area": area,
        "count": count,
        "layout": next(layout for layout in links.layouts if layout.is_current),
        "others": [layout for layout in links.layouts if layout.pdf],
        "children": _smaller_areas(area),
        "page": url + print_request.replace(layout=print_request.layout.page).suffix,
    }
    return render(request, "groups/printing/area_too_long.html", context, status=404)


def _smaller_areas(area: Area) -> QuerySet[Area]:
    """Return the children of an official area, or the districts of an informal one."""
    return Area.objects.filter(pk__in=area.parts.values("district")) if area.is_informal else area.children.all()


def _select_from_request(request: HttpRequest, slug: str) -> tuple[Area, PrintRequest, Selection | None]:
    area = get_object_or_404(Area, slug=slug)
    return area, PrintRequest.read(request.GET, usual=Order.DAY), select_area(area, current_snapshot())


def _file_response(
    request: HttpRequest, kind: str, document: PrintDocument, print_request: PrintRequest, feed: Feed, name: str
) -> HttpResponse:
    content: bytes | str
    if kind == "ics":
        content_type, content = (
            "text/calendar; charset=utf-8",
            render_calendar(feed, request.build_absolute_uri, timezone.localdate()),
        )
    elif kind in _FILES:
        content_type, write = _FILES[kind]
        if kind in _SPREADSHEETS:
            document = with_parts(document, feed.groups, timezone.now())
        content = write(document, print_request)
    else:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    name = f"{name}-{print_request.layout.key}" if kind == "pdf" and print_request.layout != STANDARD else name
    response["Content-Disposition"] = f'{"inline" if kind in _SHOWN else "attachment"}; filename="{name}.{kind}"'
    # A list says what somebody chose, perhaps for somebody else: no shared cache may store it.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
