"""The rendered fragments of a results page that depend on the interpreted query: all but its search box."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from common.cached_urls import cached_reverse
from common.rendering import render_jinja

from .active_filters import active_filters, filters_in_words, query_without, quick_filters, unsaid_links
from .few_results import few_results_suggestions
from .forms import GroupSearchForm
from .quarters import quarters
from .results import Results
from .unknown_place import unknown_place
from .view_switch import view_switch


class Fragments(NamedTuple):
    """A results page without its frame and box, and without what depends on the typed text."""

    #: The number of the page.
    page: int
    title: str
    heading: str
    #: The choices in force, each with the address without it, and the same in words.
    chips: SafeString
    chips_in_words: str
    #: The questions beside the box, with counts.
    questions: SafeString
    #: How many groups were found, and the other ways to see them.
    summary: SafeString
    #: The groups, and what else there is.
    matches: SafeString


def render_fragments(form: GroupSearchForm, results: Results) -> Fragments:
    """Return the fragments of the results."""
    chips, danger, unknown = active_filters(form), form.danger, unknown_place(form)
    parts = None if danger else quarters(form, results.matches)
    has_choice = results.total > 1 and not danger
    return Fragments(
        page=results.page.number,
        title=results.title,
        heading=results.heading,
        chips=render_jinja(
            "components/chips.jinja",
            chips=chips,
            quarters=parts,
            quick=quick_filters(form, results.counts) if has_choice else [],
        ),
        chips_in_words=filters_in_words(chips),
        questions=render_jinja("components/filters_more.jinja", form=form, facets=results.facets, total=results.total),
        summary=render_jinja(
            "components/results_summary.jinja",
            results=results,
            views=view_switch(form, "groups:group_list") if results.cards else [],
            is_counted=not form.candidates and not unknown,
            is_crisis=danger and not danger.is_group_search,
        ),
        matches=SafeString("")
        if form.candidates
        else render_jinja(
            "components/results_found.jinja",
            form=form,
            results=results,
            danger=danger,
            nation=form.nation,
            chips=chips,
            quarters=parts,
            unknown=unknown,
            unsaid=[] if danger else unsaid_links(form, results.unsaid),
            query=query_without(form, "page"),
            feed_query=query_without(form, "page", "sort", "list"),
            map_urls={
                "picture": f"{cached_reverse('groups:group_map')}?{query_without(form, 'list')}",
                "page": f"{cached_reverse('groups:group_list_map')}?{query_without(form)}",
            },
            help_on=few_results_suggestions(form, results.matches) if results.are_few else [],
        ),
    )
