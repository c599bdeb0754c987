"""The views of a search (list, map, week), each on a page of its own."""

from common.cached_urls import cached_reverse

from .active_filters import query_without
from .forms import GroupSearchForm

#: (label, name of the URL) of each page.
_VIEWS = (("List", "groups:group_list"), ("Week", "groups:group_week"), ("Map", "groups:group_list_map"))


def view_switch(form: GroupSearchForm, current: str) -> list[tuple[str, str, bool]]:
    """Return (label, address, whether it is the page with the URL name `current`) of each view of the same search."""
    query = query_without(form, "page")
    suffix = f"?{query}" if query else ""
    return [(label, cached_reverse(name) + suffix, name == current) for label, name in _VIEWS]
