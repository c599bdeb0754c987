"""Lists of groups: making one, and all the ways it goes on paper or into a file. Nothing of a list is ever kept."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.slots import costly
from places.models import Area

from ..calendars.feed import Feed, render_calendar
from .bounds import MOST_IN_PDF, MOST_OF_AREA
from .build import build_area_document, build_document
from .choices import Layout, Order
from .document import PrintDocument
from .exports import render_csv, render_text, render_xlsx
from .html import HtmlDocument
from .layouts import document_links
from .list_page import build_list_page
from .pdf.pdf import render_pdf
from .request import PrintRequest
from .selection import Selection, select_area, select_codes

#: What each kind of file is, and how a list is written as one.
_FILES: dict[str, tuple[str, Callable[[PrintDocument, PrintRequest], bytes | str]]] = {
    "pdf": ("application/pdf", lambda paper, asked: render_pdf(paper, asked.layout)),
    "csv": ("text/csv; charset=utf-8", lambda paper, asked: render_csv(paper)),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda paper, asked: render_xlsx(paper),
    ),
    "txt": ("text/plain; charset=utf-8", lambda paper, asked: render_text(paper)),
}
#: What a browser shows by itself, to print or to copy; the others are saved.
_SHOWN = ("pdf", "txt")


@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """The list that somebody makes: its order, what has changed, and every way out of it."""
    asked = PrintRequest.read(request.GET)
    found = select_codes(asked.chosen)
    context = {
        "asked": asked,
        "nation": found.nation,
        "making": build_list_page(asked, found, timezone.now(), request.build_absolute_uri),
    }
    return render(request, "groups/printing/list_own.html", context)


@require_safe
def list_print(request: HttpRequest) -> HttpResponse:
    """The list as a page that prints well from any browser."""
    asked = PrintRequest.read(request.GET)
    found = select_codes(asked.chosen)
    paper = build_document(found, asked, timezone.now(), request.build_absolute_uri)
    address = reverse("groups:list_print")
    ways = document_links(asked, len(found.groups), address, address, _own_file)
    context = {"asked": asked, "nation": found.nation, "print": HtmlDocument(paper, asked.layout, ways)}
    return render(request, "groups/printing/list_print.html", context)


def _own_page(request: HttpRequest, kind: str) -> str:
    return reverse("groups:list_print") + PrintRequest.read(request.GET).suffix


def _area_page(request: HttpRequest, slug: str, kind: str = "") -> str:
    return reverse("groups:area_detail", args=[slug])


@require_safe
@costly(_own_page, when=lambda request, kind: kind == "pdf")
def list_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a file. An empty one is no file: the page of the list says what to do."""
    asked = PrintRequest.read(request.GET)
    found = select_codes(asked.chosen)
    if not found.rows:
        return redirect("groups:list_own")
    paper = build_document(found, asked, timezone.now(), request.build_absolute_uri)
    page = reverse("groups:list_own") + asked.chosen.suffix
    return _file(request, kind, paper, asked, Feed(paper.title, page, found.groups), "list")


@require_safe
@costly(_area_page)
def area_print(request: HttpRequest, slug: str) -> HttpResponse:
    """All groups of an area as a page that prints well from any browser; of too many, smaller areas to choose."""
    area, asked, found = _of_area(request, slug)
    context = {"area": area, "nation": area.nation, "asked": asked, "most": MOST_OF_AREA, "children": _smaller(area)}
    if found is not None:
        paper = build_area_document(area, found, asked, timezone.now(), request.build_absolute_uri)
        here = reverse("groups:area_print", args=[area.slug])
        ways = document_links(asked, len(found.groups), here, here, partial(_area_file, area))
        context["print"] = HtmlDocument(paper, asked.layout, ways)
    return render(request, "groups/printing/area_print.html", context)


@require_safe
@costly(_area_page)
def area_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """All groups of an area as a file. Where they are too many, a page says what to do."""
    area, asked, found = _of_area(request, slug)
    if found is None or not found.rows:
        return redirect("groups:area_print", area.slug)
    if kind == "pdf" and len(found.groups) > MOST_IN_PDF[asked.layout]:
        return _too_long(request, area, asked, len(found.groups))
    paper = build_area_document(area, found, asked, timezone.now(), request.build_absolute_uri)
    feed = Feed(paper.title, area.get_absolute_url(), found.groups)
    return _file(request, kind, paper, asked, feed, f"groups-{area.slug}")


def _own_file(kind: str) -> str:
    return reverse("groups:list_file", args=[kind])


def _area_file(area: Area, kind: str) -> str:
    return reverse("groups:area_file", args=[area.slug, kind])


def _too_long(request: HttpRequest, area: Area, asked: PrintRequest, count: int) -> HttpResponse:
    """Return the page shown instead of a PDF over the bound of its layout. There is no such file: 404."""
    here = reverse("groups:area_print", args=[area.slug])
    ways = document_links(asked, count, here, here, partial(_area_file, area))
    context = {
        "area": area,
        "count": count,
        "layout": next(layout for layout in ways.layouts if layout.is_current),
        "others": [layout for layout in ways.layouts if layout.pdf],
        "children": _smaller(area),
        "page": here + asked.but(layout=asked.layout if asked.layout != Layout.POCKET else Layout.STANDARD).suffix,
    }
    return render(request, "groups/printing/area_too_long.html", context, status=404)


def _smaller(area: Area) -> QuerySet:
    """The areas inside an area: those below an official one, the districts of an informal one."""
    return Area.objects.filter(pk__in=area.parts.values("district")) if area.is_informal else area.children.all()


def _of_area(request: HttpRequest, slug: str) -> tuple[Area, PrintRequest, Selection | None]:
    area = get_object_or_404(Area, slug=slug)
    return area, PrintRequest.read(request.GET, usual=Order.DAY), select_area(area, timezone.localdate())


def _file(
    request: HttpRequest, kind: str, paper: PrintDocument, asked: PrintRequest, feed: Feed, name: str
) -> HttpResponse:
    if kind == "ics":
        content_type, content = (
            "text/calendar; charset=utf-8",
            render_calendar(feed, request.build_absolute_uri, timezone.localdate()),
        )
    elif kind in _FILES:
        content_type, write = _FILES[kind]
        content = write(paper, asked)
    else:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    name = f"{name}-{asked.layout}" if kind == "pdf" and asked.layout != Layout.STANDARD else name
    response["Content-Disposition"] = f'{"inline" if kind in _SHOWN else "attachment"}; filename="{name}.{kind}"'
    # What somebody chose for somebody else is nobody else's to keep.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
