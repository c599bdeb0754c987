"""Components that are the same on every page are drawn once."""

from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString

from common.rendering import render_cached

register = template.Library()


@register.simple_tag
def kept(component: str, **inputs: Hashable) -> SafeString:
    """A component drawn once in this process for the same inputs, which must be all that it depends on."""
    return render_cached(component, **inputs)
