"""The environment of Jinja2 components."""

from typing import Any

from django.template.defaultfilters import capfirst, linebreaks_filter
from django.templatetags.static import static
from jinja2 import Environment

from common.dates import format_date
from common.page_addresses import address_at, page_address


def environment(**options: Any) -> Environment:
    """Return an environment whose templates have the addresses of pages and files, and a few of Django's filters."""
    made = Environment(**options)
    made.globals |= {"static": static, "page_address": page_address, "address_at": address_at}
    made.filters |= {"capfirst": capfirst, "linebreaks": linebreaks_filter, "date": format_date}
    return made
