"""The choices in force above the results: each can be taken away, and nothing filters unseen."""

from urllib.parse import urlencode

from .facets import FACETS, in_address
from .forms import GroupSearchForm
from .query import DEFAULT_MILES


def active_filters(form: GroupSearchForm) -> list[tuple[str, str]]:
    """Each choice in words, with the address of the same search without it."""
    query, clean = form.query, form.cleaned_data
    chips = []
    if query.place is not None:
        chips.append((f"Near {query.place.name}", _without(form, "near", "within")))
        if query.point is not None and query.within != DEFAULT_MILES:
            chips.append((f"Within {query.within} miles", _without(form, "within")))
    if query.area is not None:
        chips.append((f"In {query.area.name}", _without(form, "area")))
    if query.organisation is not None:
        chips.append((f"By {clean['organisation'].name}", _without(form, "organisation")))
    if query.words:
        chips.append((f"“{clean['q']}”", _without(form, "q")))
    for facet in FACETS:
        chosen = query.chosen(facet.name)
        labels = dict(facet.answers(form.directory.terms).values()) if chosen else {}
        for value in chosen:
            chips.append((facet.in_chip.format(labels[value]), _without(form, (facet.name, in_address(value)))))
    return chips


def query_without(form: GroupSearchForm, *dropped: str | tuple[str, str], **instead: str | int) -> str:
    """The search as an address carries it, without some parameters (or without one value of one).

    Only what was understood is carried on. The list that somebody makes comes along, as "list".
    """
    kept = [
        said
        for name, value, said in form.asked
        if name not in dropped and (name, value) not in dropped and name not in instead
    ]
    changed = [urlencode(instead)] if instead else []
    chosen = [form.chosen.query] if "list" not in dropped and form.chosen.query else []
    return "&".join([*kept, *changed, *chosen])


def _without(form: GroupSearchForm, *dropped: str | tuple[str, str]) -> str:
    return f"?{query_without(form, 'page', *dropped)}"
