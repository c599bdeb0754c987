"""Whom to call or text now: the strip on every page, the one for a broken server too, and the end of letters."""

from django import template
from django.utils.safestring import SafeString

from common.crisis_lines import EMERGENCY, SAMARITANS, SHORT_IN_ANY_NATION, SHOUT, first_lines, urgent_lines
from common.nations import Nation
from common.rendering import render_cached

register = template.Library()


@register.simple_tag
def help_now_rows(nation: Nation | str | None = None) -> list[tuple[str, str]]:
    """Return whom to call first in a nation, for plain text: what to do, and the number; of all where none is known."""
    return [line.paper_row for line in first_lines({Nation(nation)} if nation else ())]


@register.simple_tag
def help_now(nation: Nation | str | None = None) -> SafeString:
    """Return the strip for a nation; where the page says none, or has no such variable, for all of them."""
    urgent, *elsewhere = urgent_lines(Nation(nation) if nation else None)
    return render_cached(
        "components/help_now.html",
        emergency=EMERGENCY,
        urgent=urgent,
        urgent_words=SHORT_IN_ANY_NATION if elsewhere else urgent.short,
        elsewhere=tuple(elsewhere),
        samaritans=SAMARITANS,
        shout=SHOUT,
    )
