"""The environment of Jinja2 components."""

from typing import Any

from django.templatetags.static import static
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Return an environment whose templates have `static`, which returns the address of a static file."""
    made = Environment(**options)
    made.globals["static"] = static
    return made
