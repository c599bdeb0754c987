"""The environment of Jinja2: of components, and of pages that are often asked for."""

from collections.abc import MutableMapping
from typing import Any

from django.template.defaultfilters import capfirst, linebreaks_filter
from django.templatetags.static import static
from jinja2 import Environment, Template

from common.bounded_cache import CACHE
from common.dates import format_date, today
from common.page_addresses import address_at, page_address
from common.rendering import render_cached, render_component, render_jinja_cached
from groups.cards import group_cards

from .templatetags.crisis_lines import help_now
from .templatetags.danger import danger_line, danger_panels


def static_address(path: str) -> str:
    """Return the address of a static file, from the cache of the process: it is looked up in the settings."""
    address: str = CACHE.get_or_make(("static", path), lambda: static(path))
    return address


class _Environment(Environment):
    """Jinja2's, with less work for each template that is drawn: a page of results includes some thirty.

    Templates share one dictionary of globals, which nothing changes once it is made: a chain of two for each template
    is copied, key by key, whenever it is drawn. Those that have been loaded are found without a lock or a reference to
    the loader.
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
    """Return an environment whose templates have what Django's have by tags and filters: addresses of pages and files,
    components of Django's, crisis lines and panels, dates.
    """
    made = _Environment(**options)
    made.globals |= {"static": static_address, "page_address": page_address, "address_at": address_at, "today": today}
    made.globals |= {"component": render_component, "cached_component": render_cached}
    made.globals["cached_jinja"] = render_jinja_cached
    made.globals |= {"help_now": help_now, "danger_panels": danger_panels, "danger_line": danger_line}
    made.filters |= {"capfirst": capfirst, "linebreaks": linebreaks_filter, "date": format_date}
    made.filters["group_cards"] = group_cards
    return made
