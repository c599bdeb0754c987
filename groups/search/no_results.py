"""No results is a page of help: what could be loosened, and where else to look."""

from django.urls import reverse

from .active_filters import query_without
from .facets import in_address
from .forms import GroupSearchForm
from .relaxation import corrected, instead, wider, without_a_choice


def no_results_suggestions(form: GroupSearchForm) -> list[tuple[str, str]]:
    """What to try next, as words and address, the likeliest to help first."""
    query, here = form.query, form.directory
    if form.danger and not form.danger.is_group_search:
        return _when_in_danger(form)
    ways = []
    # What shows danger is read though it is misspelt, and no page says it again.
    better = "" if form.danger else corrected(query, here)
    if better:
        ways.append((f"Did you mean “{better}”?", f"?{query_without(form, 'page', q=better)}"))
    for miles, total in wider(query, here):
        ways.append((f"{total} within {miles} miles", f"?{query_without(form, 'page', within=miles)}"))
    for facet, value, label, total in instead(query, here):
        asked = {facet: in_address(value)}
        ways.append((f"{total} {label}", f"?{query_without(form, 'page', **asked)}"))
    for facet, question, total in without_a_choice(query, here):
        ways.append((f"{total} without your answer to “{question}”", f"?{query_without(form, 'page', facet)}"))
    area = query.surrounding_area
    if area is not None:
        ways.append((f"See what there is in {area.name}, and near by", area.get_absolute_url() + form.chosen.suffix))
    ways.append(("See where there are groups now", reverse("groups:area_list")))
    ways.append(("Start a group", reverse("groups:start_a_group")))
    ways.append(("Tell us what is missing", reverse("groups:missing")))
    return ways


def _when_in_danger(form: GroupSearchForm) -> list[tuple[str, str]]:
    """Where else to look, for somebody who needs other help first: nothing that asks for work, or for their words."""
    query, ways = form.query, []
    for miles, total in wider(query, form.directory):
        ways.append((f"{total} within {miles} miles", f"?{query_without(form, 'page', within=miles)}"))
    if query.place is not None or query.area is not None:
        ways.append(("See every group there", f"?{query_without(form, 'page', 'q')}"))
    ways.append(("Groups that meet online", f"{reverse('groups:group_list')}?format=online{_and_list(form)}"))
    ways.append(("See where there are groups now", reverse("groups:area_list")))
    return ways


def _and_list(form: GroupSearchForm) -> str:
    return f"&{form.chosen.query}" if form.chosen.query else ""
