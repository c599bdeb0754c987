"""A tag for the answers of a facet: a hundred of them stand on a page, and a loop in a template would be most of it."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from groups.search.facets import Option

register = template.Library()


@register.simple_tag
def facet_options(options: Iterable[Option]) -> SafeString:
    """Return the answers of a facet, each with the number of groups it would leave."""
    # Every part is a SafeString or a number: escaping each again would take four times as long.
    return mark_safe(
        "".join(
            f'<label class="{option.css_class}">{option.input} <span>{option.count:d}</span></label>'
            for option in options
        )
    )
