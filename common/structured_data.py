"""Structured data for search engines: schema.org as JSON-LD, with the facts that the page shows."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Node = dict[str, Any]

#: Characters that could end the script element.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def site_url(request: HttpRequest) -> str:
    """Return the URL of the requested site, without a slash: "https://example.org"."""
    return request.build_absolute_uri("/").rstrip("/")


def json_ld_script(nodes: Iterable[Node]) -> SafeString:
    """Return the script element of some nodes, without unknown values; "" for no nodes.

    Browsers do not execute it, so policies against inline scripts do not apply.
    """
    graph = [_known(node) for node in nodes]
    if not graph:
        return SafeString()
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def breadcrumbs(trail: Iterable[tuple[str, str]], site: str) -> Node:
    """Return the `BreadcrumbList` of a trail of (label, path) on a site: "https://example.org"."""
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": f"{site}{path}"}
        for position, (label, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        known = {name: _known(each) for name, each in value.items()}
        return {name: each for name, each in known.items() if each not in _EMPTY}
    return [_known(each) for each in value] if isinstance(value, list) else value
