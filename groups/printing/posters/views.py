"""The poster and the door sheet of a group, as PDFs. They hold public facts only, so anybody may open them.

They are linked from the pages of staff and of owners. Search engines are told not to index them.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.slots import costly
from organisations.views import listing_at

from ...models import SupportGroup
from ..pdf.compiler import compile_pdf
from .content import build_poster
from .request import PaperSize
from .serialise import serialise_poster


def _group_path(request: HttpRequest, slug: str) -> str:
    return reverse("groups:group_detail", args=[slug])


@require_safe
@costly(_group_path)
def group_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the poster of a group, for a notice board. 404 if it may have none (`SupportGroup.has_poster`)."""
    return _paper_response(request, slug, "poster")


@require_safe
@costly(_group_path)
def group_door_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the sheet for the door of a group's venue. 404 if it may have none (`SupportGroup.has_door_sheet`)."""
    return _paper_response(request, slug, "door-sheet")


def _paper_response(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    size = PaperSize.read(request.GET)
    public = SupportGroup.objects.published().of_listed_organisations().with_last_check().for_cards()
    try:
        group = listing_at(public.prefetch_related("routes", "contacts", "venue__access_features"), slug)
    except Http404:
        group = None
    if group is None or not (group.has_poster if kind == "poster" else group.has_door_sheet):
        return render(request, "groups/printing/no_poster.html", {"is_door_sheet": kind != "poster"}, status=404)
    if group.slug != slug:
        name = "groups:group_poster" if kind == "poster" else "groups:group_door_sheet"
        return redirect(reverse(name, args=[group.slug]) + size.suffix, permanent=True)
    content = build_poster(group, timezone.now(), request.build_absolute_uri)
    pdf = compile_pdf(f"posters/{kind}.typ", serialise_poster(content, size.value))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{group.slug}-{size.value}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response
