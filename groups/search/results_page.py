"""The page around the fragments of results: a format string for each of its shapes, filled in for each search."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from common.dates import today
from common.rendering import render_component, render_format, render_jinja

from .active_filters import as_words, query_without
from .forms import GroupSearchForm
from .fragments import Fragments


def render_results_page(request: HttpRequest, form: GroupSearchForm, fragments: Fragments) -> SafeString:
    """Return the page of a search, with its fragments."""
    origin = f"{request.scheme}://{request.get_host()}"
    canonical, danger = query_without(form, "page", "list"), form.danger
    is_open, has_list = not form.data.keys() - {"list"}, bool(form.shortlist)
    start, end = "Please check: " if form.errors else "", f", page {fragments.page}" if fragments.page > 1 else ""
    lines = form.lines_typed
    texts = {
        "title": f"{start}{fragments.title}{end}",
        # The place at most, as the site has understood it: what was typed is in the address alone.
        "preview_title": form.query.title,
        "address": f"{origin}{request.path}{canonical and '?'}{canonical}",
        "heading": fragments.heading,
        "typed_number": render_component("components/typed_number.html", lines=lines) if lines else "",
        "list_bar": render_jinja("components/list_bar.jinja", chosen=form.shortlist) if has_list else "",
        "chips": fragments.chips,
        "box": _box(form, fragments, request.path, is_open=is_open),
        "summary": fragments.summary,
        "notices": _notices(form),
        "matches": fragments.matches,
    }
    shape = {"nation": form.nation, "is_open": is_open, "has_list": has_list}
    key = *shape.values(), danger.code if danger else "", origin, request.path, today()
    return render_format("groups/search/group_list.jinja", texts, key, request, danger=danger, **shape)


def _box(form: GroupSearchForm, fragments: Fragments, action: str, *, is_open: bool) -> SafeString:
    """Return the form with its boxes and questions."""
    query, (near, words) = form.query, form.typed
    texts = {
        "near": near,
        "words": words,
        "area": form["area"].value() if query.area else "",
        "organisation": form["organisation"].value() if query.organisation else "",
        "codes": ",".join(form.shortlist.codes),
        "asked": fragments.chips_in_words,
        "questions": fragments.questions,
    }
    if form.errors:
        return render_jinja("components/filters.jinja", form=form, action=action, is_open=True, **texts)
    key = is_open, action
    return render_format("components/filters.jinja", texts, key, form=form, action=action, is_open=is_open)


def _notices(form: GroupSearchForm) -> SafeString:
    """Return what is said between the box and the results; "" for nothing."""
    inputs = {
        "as_words": as_words(form),
        "sentences": form.sentences,
        "other_help": form.interpretation.other_help,
        "choices": () if form["near"].errors else form.choices_of_place,
    }
    if not any(inputs.values()):
        return SafeString("")
    return render_jinja("components/results_notices.jinja", sure=form.query.place, **inputs)
