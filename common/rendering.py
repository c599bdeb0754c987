"""Pieces of pages that are drawn once: the same for the same inputs, however often a page shows them."""

import re
from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

#: With what stands before the first word of the next line: HTML means nothing by it.
_EMPTY_LINES = re.compile(r"\s*\n\s*")


def render_cached(template: str, **inputs: Hashable) -> SafeString:
    """A component drawn with inputs that are all it depends on; kept in this process, but while somebody works on it.

    Only for what has few different inputs: the frame of the site, the answers to choose from. Of what is drawn the
    8,192 pieces asked for last are kept.
    """
    return render_component(template, **inputs) if settings.DEBUG else _kept(template, **inputs)


def render_component(template: str, **inputs: object) -> SafeString:
    """A component drawn with its inputs, and kept nowhere; without the empty lines that tags leave behind."""
    return mark_safe(_EMPTY_LINES.sub("\n", render_to_string(template, inputs)).strip())


_kept = lru_cache(maxsize=8192)(render_component)
