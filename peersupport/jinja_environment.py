"""The Jinja2 environment of components and of the busiest pages."""

from collections.abc import MutableMapping
from typing import Any

from django.template.defaultfilters import capfirst, linebreaks_filter
from django.templatetags.static import static
from jinja2 import Environment, Template

from common.bounded_cache import CACHE
from common.cached_urls import cached_reverse, reverse_slug
from common.dates import format_date, today
from common.rendering import render_cached, render_component
from groups.cards import card_list, group_cards

from .templatetags.crisis_lines import help_now
from .templatetags.danger import danger_line, danger_panels


def static_url(path: str) -> str:
    """Return the URL of a static file, cached in the process."""
    url: str = CACHE.get_or_make(("static", path), lambda: static(path))
    return url


class _Environment(Environment):
    """Jinja2's, with less work for each rendered template: a page of results includes some thirty.

    Templates share one dictionary of globals, which nothing changes once it is made: Jinja2 copies a chain of two for
    each rendering. Loaded templates are found without a lock or a reference to the loader.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else super().make_globals(d)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if self.auto_reload or globals or isinstance(name, Template):
            return super().get_template(name, parent, globals)
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = super().get_template(name, parent)
        return template


def environment(**options: Any) -> Environment:
    """Return an environment with the equivalents of our Django tags and filters: URLs, components, dates and so on."""
    made = _Environment(**options)
    made.globals |= {
        "static": static_url,
        "cached_reverse": cached_reverse,
        "reverse_slug": reverse_slug,
        "today": today,
    }
    made.globals |= {"card_list": card_list, "component": render_component, "cached_component": render_cached}
    made.globals |= {"help_now": help_now, "danger_panels": danger_panels, "danger_line": danger_line}
    made.filters |= {"capfirst": capfirst, "linebreaks": linebreaks_filter, "date": format_date}
    made.filters["group_cards"] = group_cards
    return made
