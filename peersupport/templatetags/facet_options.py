"""A tag for the answers of a facet: a hundred of them stand on a page, and a loop in a template would be most of it."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from groups.search.facets import Option

register = template.Library()


@register.simple_tag
def facet_options(options: Iterable[Option]) -> SafeString:
    """Return the answers of a facet, each with the number of groups it would leave."""
    return format_html_join(
        "",
        '<label class="{}">{} <span>{}</span></label>',
        ((option.css_class, option.input, option.count) for option in options),
    )
