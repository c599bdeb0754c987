"""The style sheet of maps: a file for pages, and in a picture, which reads no file, part of it."""

from functools import cache

import rcssmin
from django.conf import settings


@cache
def style() -> str:
    """Return the style sheet, without what only people need."""
    return str(rcssmin.cssmin((settings.BASE_DIR / "static/css/map_drawing.css").read_text()))
