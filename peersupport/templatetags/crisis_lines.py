"""Tags for crisis lines: the strip on every page, the 500 page included, and the rows in e-mails."""

from django import template
from django.utils.safestring import SafeString

from common.crisis_lines import EMERGENCY, SAMARITANS, SHORT_IN_ANY_NATION, SHOUT, first_lines, urgent_lines
from common.nations import Nation
from common.rendering import render_cached

register = template.Library()


@register.simple_tag
def help_now_rows(nation: Nation | str | None = None) -> list[tuple[str, str]]:
    """Return (what to do, number) rows for plain text, of a nation; without one, of all nations."""
    return [line.paper_row for line in first_lines({Nation(nation)} if nation else ())]


@register.simple_tag
def help_now(nation: Nation | str | None = None) -> SafeString:
    """Return the strip for a nation; for None or "" (an undefined variable), for all nations."""
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
