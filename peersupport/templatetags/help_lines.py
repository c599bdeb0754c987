"""The help-now line: on every page, the one for a broken server too, so it asks nothing of the page's context."""

from django import template
from django.utils.safestring import SafeString

from organisations.help_lines import EMERGENCY, NHS_111, SAMARITANS, SHOUT
from places.drawn import drawn_once

register = template.Library()


@register.simple_tag
def help_now() -> SafeString:
    """Whom to call or text now, in one line."""
    return drawn_once("components/help_now.html", emergency=EMERGENCY, nhs=NHS_111, samaritans=SAMARITANS, shout=SHOUT)
