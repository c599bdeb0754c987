"""No results is a page of help: what could be loosened, and where else to look."""

from django.urls import reverse

from .chips import query_without
from .forms import GroupSearchForm
from .search.facets import in_address
from .search.loosen import corrected, instead, wider, without_a_choice


def help_on(form: GroupSearchForm) -> list[tuple[str, str]]:
    """What to try next, as words and address, the likeliest to help first."""
    query, here = form.query, form.directory
    ways = []
    better = corrected(query, here)
    if better:
        ways.append((f"Did you mean “{better}”?", f"?{query_without(form, 'page', q=better)}"))
    for miles, total in wider(query, here):
        ways.append((f"{total} within {miles} miles", f"?{query_without(form, 'page', within=miles)}"))
    for facet, value, label, total in instead(query, here):
        asked = {facet: in_address(value)}
        ways.append((f"{total} {label}", f"?{query_without(form, 'page', **asked)}"))
    for facet, question, total in without_a_choice(query, here):
        ways.append((f"{total} without your answer to “{question}”", f"?{query_without(form, 'page', facet)}"))
    area = query.area_round_about
    if area is not None:
        ways.append((f"See what there is in {area.name}, and near by", area.get_absolute_url() + form.chosen.suffix))
    ways.append(("See where there are groups now", reverse("groups:area_list")))
    ways.append(("Start a group", reverse("groups:start_a_group")))
    ways.append(("Tell us what is missing", reverse("groups:missing")))
    return ways
