"""Rendering of template components, cached in the process."""

import re
from collections.abc import Hashable
from sys import getsizeof
from typing import Any

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .bounded_cache import CACHE

#: Whitespace around line breaks, which has no meaning in HTML.
_EMPTY_LINES = re.compile(r"\s*\n\s*")


def render_cached(template: str, **inputs: Hashable) -> SafeString:
    """Render a component that depends only on its (hashable) inputs; cached, unless DEBUG.

    Only for components with few different inputs: the frame of the site, facet options.
    """
    key = ("component", template, *inputs.items())
    component: SafeString = CACHE.get_or_make(key, lambda: render_component(template, **inputs), getsizeof)
    return component


def render_jinja_cached(template: str, **inputs: Hashable) -> SafeString:
    """Render a Jinja2 component as `render_cached` does one of Django's."""
    key = ("component", template, *inputs.items())
    component: SafeString = CACHE.get_or_make(key, lambda: render_jinja(template, **inputs), getsizeof)
    return component


def render_component(template: str, **inputs: object) -> SafeString:
    """Render a component, uncached, without the empty lines that template tags leave."""
    return mark_safe(_EMPTY_LINES.sub("\n", render_to_string(template, inputs)).strip())


def render_jinja(template: str, **inputs: object) -> SafeString:
    """Render a Jinja2 component. For components that repeat on a page, where Django's templates are slow."""
    return mark_safe(_jinja().env.get_template(template).render(inputs))


def jinja_macros(template: str) -> Any:
    """Return the macros of a Jinja2 component, for parts that are rendered many times on a page."""
    return _jinja().env.get_template(template).module


def _jinja() -> Jinja2:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine
