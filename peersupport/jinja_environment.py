"""The environment of Jinja2 components."""

from typing import Any

from django.templatetags.static import static
from jinja2 import Environment

from common.page_addresses import page_address


def environment(**options: Any) -> Environment:
    """Return an environment whose templates have `static`, the address of a static file, and `page_address`."""
    made = Environment(**options)
    made.globals |= {"static": static, "page_address": page_address}
    return made
