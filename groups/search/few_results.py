"""Suggestions where few groups are found: how to relax the query, and where else to look."""

from urllib.parse import urlencode

from common.cached_urls import cached_reverse
from places.choices import LocationKind

from .active_filters import chosen_labels, query_without
from .facets import url_value
from .forms import GroupSearchForm
from .query import miles_in_words
from .relaxation import alternatives, online_today, wider_distances, without_facet, without_words
from .results import Matches


def few_results_suggestions(form: GroupSearchForm, matches: Matches) -> list[tuple[str, str]]:
    """Return (text, address) of each suggestion, the most likely to help first."""
    if form.danger and not form.danger.is_group_search:
        return _when_in_danger(form, matches)
    suggestions = []
    if not form.danger:
        suggestions += _without_words(form, matches)
    for miles, total in wider_distances(matches):
        suggestions.append((f"{total} within {miles_in_words(miles)}", f"?{query_without(form, 'page', within=miles)}"))
    for facet, value, label, total in alternatives(matches):
        option = {facet: url_value(value)}
        suggestions.append((f"{total} {label}", f"?{query_without(form, 'page', **option)}"))
    for facet, question, total in without_facet(matches):
        suggestions.append((f"{total} without your answer to “{question}”", f"?{query_without(form, 'page', facet)}"))
    if total := online_today(matches):
        url = f"{cached_reverse('groups:group_list')}?format=online&soon=today{_shortlist_suffix(form)}"
        suggestions.append((f"{total} online, later today", url))
    area = matches.query.surrounding_area
    if area is not None:
        url = area.get_absolute_url() + form.shortlist.suffix
        suggestions.append((f"See what there is in {area.name}, and near by", url))
    suggestions.append(("See where there are groups now", cached_reverse("groups:area_list")))
    suggestions.append(("Start a group", cached_reverse("groups:start_a_group")))
    suggestions.append(("Tell us what is missing", _missing_url(form)))
    return suggestions


def _without_words(form: GroupSearchForm, matches: Matches) -> list[tuple[str, str]]:
    """Return a suggestion for each typed item: the search without it."""
    words, suggestions = form.query.words, []
    for typed, total, miles in without_words(matches):
        left = " ".join(word for word in words if word not in typed.split())
        changed: dict[str, str | int] = {"q": left} if left else {}
        is_farther = form.query.point is not None and miles != form.query.within
        if is_farther:
            changed["within"] = miles
        label = f"Without “{typed}”: {total}" + (f" within {miles_in_words(miles)}" if is_farther else "")
        suggestions.append((label, f"?{query_without(form, 'page', 'q', **changed)}"))
    return suggestions


def _missing_url(form: GroupSearchForm) -> str:
    """Return the URL of the form for a need, filled in with what was searched for and roughly where.

    Never with a postcode; not filled in for a search with words of danger.
    """
    url, query = cached_reverse("groups:missing"), form.query
    if form.danger:
        return url
    labels = [label for name in ("day", "time", "audience", "topic") for label in chosen_labels(form, name)]
    what = " ".join(filter(None, [query.shown_words, *labels]))
    area = query.surrounding_area
    is_named = query.place is not None and query.place.kind in (LocationKind.TOWN, LocationKind.AREA)
    where = query.place.name if query.place is not None and is_named else area.name if area else ""
    filled = urlencode({name: text for name, text in (("what", what), ("place", where)) if text})
    return f"{url}?{filled}" if filled else url


def _when_in_danger(form: GroupSearchForm, matches: Matches) -> list[tuple[str, str]]:
    """Return the suggestions for somebody in danger: none asks for effort, or repeats their words."""
    query = matches.query
    suggestions = []
    for miles, total in wider_distances(matches):
        suggestions.append((f"{total} within {miles_in_words(miles)}", f"?{query_without(form, 'page', within=miles)}"))
    if query.place is not None or query.area is not None:
        suggestions.append(("See every group there", f"?{query_without(form, 'page', 'q')}"))
    online = f"{cached_reverse('groups:group_list')}?format=online{_shortlist_suffix(form)}"
    suggestions.append(("Groups that meet online", online))
    suggestions.append(("See where there are groups now", cached_reverse("groups:area_list")))
    return suggestions


def _shortlist_suffix(form: GroupSearchForm) -> str:
    return f"&{form.shortlist.query}" if form.shortlist.query else ""
