"""The choices in force above the results: each can be taken away, and nothing filters unseen."""

from urllib.parse import urlencode

from .forms import GroupSearchForm
from .search.query import DEFAULT_MILES


def chips_in_force(form: GroupSearchForm) -> list[tuple[str, str]]:
    """Each choice in words, with the address of the same search without it."""
    query = form.query
    chips = []
    if query.place is not None:
        chips.append((f"Near {query.place.name}", _without(form, "near", "within")))
        if query.point is not None and query.within != DEFAULT_MILES:
            chips.append((f"Within {query.within} miles", _without(form, "within")))
    if query.area is not None:
        chips.append((f"In {query.area.name}", _without(form, "area")))
    if query.words:
        chips.append((f"“{form.cleaned_data['q']}”", _without(form, "q")))
    if query.focus:
        chips.append((dict(form.fields["focus"].choices)[query.focus], _without(form, "focus")))
    if query.format:
        chips.append((dict(form.fields["format"].choices)[form.cleaned_data["format"]], _without(form, "format")))
    labels = dict(form.fields["joining"].choices)
    for joining in query.joining:
        value = joining.replace(" ", "-")
        chips.append((labels[value], _without(form, ("joining", value))))
    return chips


def query_without(form: GroupSearchForm, *dropped: str | tuple[str, str]) -> str:
    """The search as an address carries it, without some parameters (or without one value of one).

    Only what was understood is carried on, and of a place the sector, never the whole postcode that was typed.
    """
    query, clean = form.query, form.cleaned_data
    pairs = [
        ("near", query.place.query if query.place is not None else ""),
        ("within", query.within if query.point is not None and query.within != DEFAULT_MILES else ""),
        ("area", query.area.slug if query.area is not None else ""),
        ("q", clean.get("q", "") if query.words else ""),
        ("focus", query.focus),
        ("format", clean.get("format", "")),
        *(("joining", joining.replace(" ", "-")) for joining in query.joining),
        ("page", query.page if query.page != 1 else ""),
    ]
    return urlencode([pair for pair in pairs if pair[1] and pair[0] not in dropped and pair not in dropped])


def _without(form: GroupSearchForm, *dropped: str | tuple[str, str]) -> str:
    return f"?{query_without(form, 'page', *dropped)}"
