"""The card of a group in a list: HTML of the group alone, which may be cached, and what differs from page to page."""

import datetime
from collections.abc import Iterable
from html import escape
from sys import getsizeof
from types import SimpleNamespace
from typing import NamedTuple, Self, cast

from django.utils.safestring import SafeString

from common.bounded_cache import CACHE
from common.dates import today
from common.rendering import jinja_macros, render_format, render_jinja
from common.text import shortened

from .choices import Stage
from .models import DateRow, DatesToCome, SupportGroup
from .shortlist import CardLinks, ShortlistLinks

#: The most letters of the line that says what a group is.
LINE = 56
# One object each for all cards: an empty one takes 100 bytes.
_NOTHING, _CARD, _CLOSED_CARD = map(SafeString, ("", "card", "card card--closed"))


class CardHtml(NamedTuple):
    """The parts of a card that depend on the group alone, and on which of its meetings is the next."""

    code: SafeString
    url: SafeString
    name: SafeString
    #: Where it meets, as far as that is public; "" for unknown.
    place: str
    css_class: SafeString
    #: Rendered: what is out of the ordinary, when it meets, how to join and when it was checked.
    flags: SafeString
    times: SafeString
    joining: SafeString
    #: What it is, in a line.
    about: SafeString
    #: When a group on a break returns; "" for any other.
    back: SafeString
    #: Whether it may be on a shortlist.
    can_be_printed: bool

    @property
    def size(self) -> int:
        """Roughly its bytes in memory: what many cards share is not counted."""
        return sum(getsizeof(part) for part in self if part) - getsizeof(self.joining) - getsizeof(self.css_class)

    @classmethod
    def of(cls, group: SupportGroup, begins: datetime.datetime | None = None) -> Self:
        """Return the parts of the card of a group, which was read with `for_cards()` and `with_last_check()`.

        The card names the meeting that begins at the moment `begins`; for None, the next.
        """
        return cls(
            code=SafeString(group.code),
            url=_escaped(group.get_absolute_url()),
            name=_escaped(group.name),
            place=group.where,
            css_class=_CLOSED_CARD if group.is_closed or group.has_ended else _CARD,
            flags=_part("flags", group) if _has_flags(group) else _NOTHING,
            times=_next_times(group, begins),
            joining=_joining(group.joining_label if group.can_be_visited else "", group.freshness.in_short),
            about=_escaped(shortened(group.summary, LINE)),
            back=_escaped(group.back) if group.back else _NOTHING,
            can_be_printed=group.can_be_printed,
        )


class GroupCard(NamedTuple):
    """A card as one page shows it. `links` is None on a page without shortlist."""

    html: CardHtml
    #: Where it meets, and how far that is; "" for unknown.
    where: SafeString
    links: CardLinks | None = None

    @classmethod
    def of(cls, html: CardHtml, distance: str = "", links: ShortlistLinks | None = None) -> Self:
        """Return the card of a group, with a distance in words."""
        where = _escaped(" · ".join(filter(None, [html.place, distance])))
        return cls(html, where, links.for_code(html.code) if links else None)

    def render(self, heading: str, is_brief: bool) -> SafeString:
        """Return the rendered card, with a heading such as "h2"; of a group on a break, a brief one."""
        html, where, links = self
        url, suffix = (escape(links.url), escape(links.suffix)) if links else ("", "")
        can_be_chosen = links is not None and html.can_be_printed
        shape = heading, is_brief, bool(where), links is not None, can_be_chosen, bool(url)
        card = _card_format(*shape)
        return SafeString(card.format(html=html, where=where, links=links, url=url, suffix=suffix))


class _Fields:
    """The fields of a format string that stand for the attributes of an object: `name` is "{object.name}"."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> SafeString:
        return SafeString(f"{{{self._name}.{attribute}}}")


def _card_format(
    heading: str, is_brief: bool, has_where: bool, has_links: bool, can_be_chosen: bool, has_url: bool
) -> str:
    """Return a card of some shape as a format string: rendering a template for each card takes three times as long."""

    def render() -> SafeString:
        return render_jinja(
            "components/group_card.jinja",
            html=_Fields("html"),
            links=_Fields("links") if has_links else None,
            where="{where}" if has_where else "",
            url="{url}" if has_url else "",
            suffix="{suffix}",
            heading=heading,
            is_brief=is_brief,
            can_be_chosen=can_be_chosen,
        )

    shape = heading, is_brief, has_where, has_links, can_be_chosen, has_url
    card: str = CACHE.get_or_make(("card format", *shape), render)
    return card


def _has_flags(group: SupportGroup) -> bool:
    """Return whether a card has flags: the group is not running, is closed, or stands for several."""
    return group.stage != Stage.RUNNING or group.is_closed or group.stands_for_several


def _joining(label: str, checked: str) -> SafeString:
    """Return the last fact of a card, rendered once for all groups that one joins alike and that were checked alike.

    `label` is how to join; "" for a group that nobody can.
    """

    def render() -> SafeString:
        return _part("joining", label, checked)

    html: SafeString = CACHE.get_or_make(("joining", label, checked), render)
    return html


def _next_times(group: SupportGroup, begins: datetime.datetime | None) -> SafeString:
    """Return the facts on when it meets; if that is one date, rendered once for all groups that meet then."""
    meeting = group.only_date(begins) if begins else None
    if meeting is None:
        return _times(group, group.card_dates(begins))
    day = today()

    def render() -> SafeString:
        return _times(group, DatesToCome([group.date_row(meeting, day)], []))

    html: SafeString = CACHE.get_or_make(("times", day, begins, meeting.term_time_only, group.caution), render)
    return html


def _times(group: SupportGroup, dates: DatesToCome) -> SafeString:
    """Return the facts on some dates; of a meeting without notes, which most have, by a format string."""
    if len(dates.rows) != 1 or dates.notes:
        return _part("times", group, dates)
    row = dates.rows[0]
    texts = {"starts": row.starts, "caution": row.caution, "day_caution": row.day_caution, "different": row.different}
    escaped = {name: escape(text) for name, text in texts.items()}
    return SafeString(_next_format(*map(bool, texts.values())).format(row.meeting.date, row.short_day, **escaped))


def _next_format(*has: bool) -> str:
    """Return the fact of the next meeting as a format string, with those texts of it that there are."""

    def render() -> SafeString:
        names = ("starts", "caution", "day_caution", "different")
        texts = {name: SafeString(f"{{{name}}}" * is_there) for name, is_there in zip(names, has, strict=True)}
        row = SimpleNamespace(meeting=SimpleNamespace(date=SafeString("{}")), short_day=SafeString("{}"), **texts)
        return _part("times", None, DatesToCome([cast("DateRow", row)], []))

    text: str = CACHE.get_or_make(("next format", *has), render)
    return text


def _part(macro: str, *inputs: object) -> SafeString:
    return SafeString(getattr(jinja_macros("components/group_card_parts.jinja"), macro)(*inputs).strip())


def _escaped(text: str) -> SafeString:
    return SafeString(escape(text))


def card_list(
    cards: Iterable[GroupCard], heading: str, start: int = 0, is_brief: bool = False, list_id: str = ""
) -> SafeString:
    """Return the rendered list of some cards, whose headings are such as "h2", numbered from `start` on unless 0."""
    rendered = SafeString("".join([f"{card.render(heading, is_brief)}\n" for card in cards]))
    texts = {"cards": rendered, "start": str(start or ""), "list_id": list_id}
    return render_format("components/card_list.jinja", texts, ())


def group_cards(groups: Iterable[SupportGroup], links: ShortlistLinks | None = None) -> list[GroupCard]:
    """Return the cards of groups outside a search, uncached."""
    return [GroupCard.of(CardHtml.of(group), links=links) for group in groups]
