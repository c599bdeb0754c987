"""A tag that draws a Jinja2 component inside a Django template."""

from django import template
from django.utils.safestring import SafeString

from common.rendering import render_jinja

register = template.Library()


@register.simple_tag
def jinja(component: str, **inputs: object) -> SafeString:
    """Return a component of `templates/`, such as "components/facets.jinja", with no other context than `inputs`."""
    return render_jinja(component, **inputs)
