"""Links from import messages to the page that merges rows of ours that may be duplicates."""

import html
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from organisations.admin.duplicates import MOST_ROWS, merge_url


def with_merge_link(sentence: str, rows: Iterable[Any]) -> str:
    """Return a sentence as HTML with a link to merge rows of one model, which the user must be allowed to merge.

    Unsaved rows do not count. With fewer than two left the sentence is returned unchanged.
    """
    stored = [*{row.pk: row for row in rows if (row.pk or 0) > 0}.values()][:MOST_ROWS]
    if len(stored) < 2:
        return sentence
    names = " and ".join(f"“{getattr(row, 'name', '') or row}”" for row in stored)
    url = merge_url(type(stored[0]), stored)
    return format_html('{} <a class="staff-link" href="{}">Merge {}, if they are one</a>', sentence, url, names)


def without_links(sentence: str) -> str:
    """Return a sentence as plain text, for where there are no links."""
    return html.unescape(strip_tags(sentence.partition(" <a ")[0])) if isinstance(sentence, SafeString) else sentence
