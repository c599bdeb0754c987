"""A tag for components that are rendered once and cached in the process."""

from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString

from common.rendering import render_cached

register = template.Library()


@register.simple_tag
def cached_component(component: str, **inputs: Hashable) -> SafeString:
    """Return a component, cached by its inputs, on which alone it must depend."""
    return render_cached(component, **inputs)
