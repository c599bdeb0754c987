"""A filter for pages that show groups which they did not search for."""

from collections.abc import Iterable

from django import template

from groups.cards import GroupCard
from groups.cards import group_cards as cards_of
from groups.models import SupportGroup

register = template.Library()


@register.filter
def group_cards(groups: Iterable[SupportGroup]) -> list[GroupCard]:
    """Return the cards of groups, which were read with `for_cards()` and `with_last_check()`."""
    return cards_of(groups)
