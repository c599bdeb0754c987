"""Pages that explain the terms of our taxonomy: the addresses by which other directories name them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from msgspec import UNSET

from .catalogue import Versions


@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """Render all terms by their parents, each with what it means."""
    terms = Versions().vocabulary.records.values()
    parents = [(term, [child for child in terms if child.parent_id == term.id]) for term in terms if _is_parent(term)]
    return render(request, "groups/open_referral/term_list.html", {"parents": parents})


@require_safe
def term_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Render a term: what it means, other words for it, and the terms below it; 404 for none with this code."""
    vocabulary = Versions().vocabulary
    term = vocabulary.records.get(code)
    if term is None:
        raise Http404("There is no such term.")
    terms = vocabulary.records.values()
    context = {
        "term": term,
        "parent": next((other for other in terms if other.id == term.parent_id), None),
        "children": [other for other in terms if other.parent_id == term.id],
        "other_words": vocabulary.other_words.get(code, []),
    }
    return render(request, "groups/open_referral/term_detail.html", context)


def _is_parent(term: object) -> bool:
    return getattr(term, "parent_id", UNSET) is UNSET
