"""The active filters of a search, shown above the results, each with a link that removes it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from .facets import FACETS_BY_NAME, url_value
from .forms import GroupSearchForm
from .query import DEFAULT_MILES, miles_in_words

#: The prefixes of labels of places and organisations: in a sentence they start in lower case.
_OF_PLACE = ("Near ", "Within ", "In ", "By ")
#: (facet, value, label) of the most used filters.
_QUICK = (
    ("soon", "today", "Today"),
    ("soon", "this week", "This week"),
    ("joining", "just come", "I can just turn up"),
    ("time", "evening", "Evenings"),
    ("format", "online", "Online"),
    ("audience", "women", "Women"),
    ("audience", "men", "Men"),
)


def active_filters(form: GroupSearchForm) -> list[tuple[str, str]]:
    """Return (label, address of the same search without it) of each active filter."""
    query, clean = form.query, form.cleaned_data
    filters = []
    if query.place is not None:
        filters.append((f"Near {query.place.name}", _without(form, "near", "within")))
        if query.point is not None and query.within != DEFAULT_MILES:
            filters.append((f"Within {miles_in_words(query.within)}", _without(form, "within")))
    if query.area is not None:
        filters.append((f"In {query.area.name}", _without(form, "area")))
    if query.organisation is not None:
        filters.append((f"By {clean['organisation'].name}", _without(form, "organisation")))
    if clean.get("q"):
        filters.append((f"“{clean['q']}”", _without(form, "q")))
    for name, chosen in query.choices:
        for value, label in zip(chosen, chosen_labels(form, name), strict=True):
            filters.append((FACETS_BY_NAME[name].filter_label.format(label), _without(form, (name, url_value(value)))))
    for name in query.unsaid:
        if query.chosen(name):
            filters.append(("Those that do not say, too", _without(form, ("unsaid", name))))
    return filters


def filters_in_words(filters: list[tuple[str, str]]) -> str:
    """Return the labels of active filters in a line: "near Margate, “art”, Doing"; "" for none."""
    return ", ".join(f"{label[0].lower()}{label[1:]}" if label.startswith(_OF_PLACE) else label for label, _ in filters)


def quick_filters(form: GroupSearchForm, counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Return (label, address of the same search with it) of the most used filters that would leave a group.

    Each replaces another answer to its question. `counts` are the facet counts of the result.
    """
    return [
        (label, f"?{query_without(form, 'page', **{facet: url_value(value)})}")
        for facet, value, label in _QUICK
        if counts[facet].get(value) and value not in form.query.chosen(facet)
    ]


def unsaid_links(form: GroupSearchForm, unsaid: list[tuple[str, str, int]]) -> list[tuple[str, int, str]]:
    """Return (question, number of groups, address that shows them too) of each question that groups leave open."""
    shown = form.query.unsaid
    return [
        (label, count, "?" + "&".join([query_without(form, "page"), urlencode({"unsaid": name})]))
        for name, label, count in unsaid
        if name not in shown
    ]


def as_words(form: GroupSearchForm) -> tuple[str, str] | None:
    """Return (text, address) of the search for the typed text as words alone; None if it already is."""
    typed = form.interpretation
    if form.danger or typed.is_long or not typed.has_more_than_words:
        return None
    parameters = urlencode({"q": f'"{typed.text}"'})
    return typed.text, f"?{'&'.join(filter(None, [parameters, form.shortlist.query]))}"


def chosen_labels(form: GroupSearchForm, name: str) -> list[str]:
    """Return the labels of the chosen answers of a facet."""
    chosen = form.query.chosen(name)
    labels = dict(FACETS_BY_NAME[name].answers(form.snapshot.terms).values()) if chosen else {}
    return [labels[value] for value in chosen]


def query_without(form: GroupSearchForm, *dropped: str | tuple[str, str], **replaced: str | int) -> str:
    """Return the encoded query string without some parameters (or (name, value) pairs), and with some replaced.

    Only valid parameters are included, and the shortlist, as "list".
    """
    parameters = [
        encoded
        for name, value, encoded in form.parameters
        if name not in dropped and (name, value) not in dropped and name not in replaced
    ]
    changed = [urlencode(replaced)] if replaced else []
    shortlist = [form.shortlist.query] if "list" not in dropped and form.shortlist.query else []
    return "&".join([*parameters, *changed, *shortlist])


def _without(form: GroupSearchForm, *dropped: str | tuple[str, str]) -> str:
    return f"?{query_without(form, 'page', *dropped)}"
