"""The help-now strip: on every page, the one for a broken server too, so it asks nothing of the page's context."""

from django import template
from django.utils.safestring import SafeString

from organisations.crisis_lines import EMERGENCY, SAMARITANS, SHOUT, urgent_lines
from places.drawn import drawn_once
from places.nations import Nation

register = template.Library()


@register.simple_tag
def help_now(nation: Nation | str | None = None) -> SafeString:
    """Return the strip for a nation; where the page says none, or has no such variable, for all of them."""
    urgent, *elsewhere = urgent_lines(Nation(nation) if nation else None)
    return drawn_once(
        "components/help_now.html",
        emergency=EMERGENCY,
        urgent=urgent,
        elsewhere=tuple(elsewhere),
        samaritans=SAMARITANS,
        shout=SHOUT,
    )
