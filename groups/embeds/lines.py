"""The lines of HTML with which another site shows a list of groups."""

from collections.abc import Callable

from django.conf import settings
from django.utils.html import format_html


def embed_lines(url: str, title: str, absolute: Callable[[str], str]) -> list[str]:
    """Return the line for the frame of a list, and the one for its height.

    `absolute` turns a path into an absolute URL.
    """
    frame = format_html(
        '<iframe src="{}" title="{}" width="100%" height="600" style="border:0" loading="lazy"></iframe>',
        absolute(url),
        title,
    )
    return [frame, format_html('<script src="{}" async></script>', absolute(f"{settings.STATIC_URL}js/embed.js"))]
