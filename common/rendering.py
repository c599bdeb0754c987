"""Rendering of template components, cached in the process."""

import re
from collections.abc import Hashable, Mapping
from sys import getsizeof
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from .bounded_cache import CACHE

#: Whitespace around line breaks, which has no meaning in HTML.
_EMPTY_LINES = re.compile(r"\s*\n\s*")
#: What stands for a text while a format string is made: no template has a null character.
_TEXT = re.compile("\0([a-z_]+)\0")


def render_cached(template: str, **inputs: Hashable) -> SafeString:
    """Render a component that depends only on its (hashable) inputs; cached, unless DEBUG.

    Only for components with few different inputs: the frame of the site, facet options.
    """
    key = ("component", template, *inputs.items())
    component: SafeString = CACHE.get_or_make(key, lambda: render_component(template, **inputs), getsizeof)
    return component


def render_component(template: str, **inputs: object) -> SafeString:
    """Render a component, uncached, without the empty lines that template tags leave."""
    return mark_safe(_EMPTY_LINES.sub("\n", render_to_string(template, inputs)).strip())


def render_jinja(template: str, **inputs: object) -> SafeString:
    """Render a Jinja2 component. For components that repeat on a page, where Django's templates are slow."""
    return mark_safe(_jinja().env.get_template(template).render(inputs))


def render_format(
    template: str,
    texts: Mapping[str, str],
    key: tuple[Hashable, ...],
    request: HttpRequest | None = None,
    **inputs: Any,
) -> SafeString:
    """Render a Jinja2 component or page as a format string, cached by `key`, and fill in the texts, escaped.

    All other inputs, and what is read of the request, follow from the key. The template may print a text, and ask
    whether there is one, never what it is. Rendering it takes fifty times as long.
    """

    def render() -> str:
        stand_ins = {name: SafeString(f"\0{name}\0" if text else "") for name, text in texts.items()}
        html = _jinja().get_template(template).render(inputs | stand_ins, request)
        return _TEXT.sub(r"{\1}", html.replace("{", "{{").replace("}", "}}"))

    full_key = ("format", template, *key, *map(bool, texts.values()))
    format_string: str = CACHE.get_or_make(full_key, render)
    return SafeString(format_string.format_map({name: escape(text) for name, text in texts.items()}))


def jinja_macros(template: str) -> Any:
    """Return the macros of a Jinja2 component, for parts that are rendered many times on a page."""
    return _jinja().env.get_template(template).module


def _jinja() -> Jinja2:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine
