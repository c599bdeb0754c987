"""The help-now line: on every page, the one for a broken server too, so it asks nothing of the page's context."""

from typing import Any

from django import template

from peersupport.help_lines import EMERGENCY, NHS_111, SAMARITANS, SHOUT

register = template.Library()


@register.inclusion_tag("components/help_now.html")
def help_now() -> dict[str, Any]:
    """Whom to call or text now, in one line."""
    return {"emergency": EMERGENCY, "nhs": NHS_111, "samaritans": SAMARITANS, "shout": SHOUT}
