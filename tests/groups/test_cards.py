"""The card of a group in a list, filled in for each group. No database."""

from datetime import date

import pytest
from django.utils.safestring import SafeString

from groups.cards import CardHtml, GroupCard, _part, _times
from groups.models import DateRow, DatesToCome
from groups.shortlist import Shortlist, ShortlistLinks
from groups.timetable.meetings import Meeting


def card_html(**parts):
    """Return the parts of a card, of which those that are not given are empty."""
    names = ("code", "url", "name", "css_class", "flags", "times", "joining", "about", "back")
    texts = {name: SafeString(parts.get(name, "")) for name in names}
    return CardHtml(**texts, place=parts.get("place", ""), can_be_printed=parts.get("can_be_printed", True))


def lines(card, heading="h2", is_brief=False):
    """Return the lines of a rendered card that are not empty."""
    return [line for line in card.render(heading, is_brief).split("\n") if line]


def test_card_has_its_own_texts_and_what_differs_from_page_to_page():
    html = card_html(code="jkm67", url="/groups/art/", name="Art", css_class="card", about="We draw.", place="Chard")
    links = ShortlistLinks(Shortlist(("fgh45",)), "near=Chard&q=art")

    assert lines(GroupCard.of(html, "2.0 miles", links)) == [
        '<li><article id="g-jkm67" class="card">',
        '<h2 class="card__title"><a href="/groups/art/?list=fgh45">Art</a></h2>',
        '<p class="card__choose"><a rel="nofollow" href="?near=Chard&amp;q=art&amp;list=fgh45,jkm67#g-jkm67">'
        'Add<span class="visually-hidden"> to my list: Art</span></a></p>',
        '<dl class="card__facts">',
        "<div><dt>Where</dt><dd>Chard · 2.0 miles</dd></div>",
        "<div><dt>What</dt><dd>We draw.</dd></div>",
        "</dl>",
        "</article></li>",
    ]


def test_card_has_no_place_that_is_not_known_and_no_link_to_a_list_for_who_cannot_be_on_one():
    html = card_html(code="jkm67", url="/groups/art/", name="Art", css_class="card", can_be_printed=False)

    linked, plain = lines(GroupCard.of(html, links=ShortlistLinks())), lines(GroupCard.of(html), "h3")

    assert linked[:3] == [
        '<li><article id="g-jkm67" class="card">',
        '<h2 class="card__title"><a href="/groups/art/">Art</a></h2>',
        '<dl class="card__facts">',
    ]
    assert plain[:2] == ['<li><article class="card">', '<h3 class="card__title"><a href="/groups/art/">Art</a></h3>']
    assert [card[-4:] for card in (linked, plain)] == [
        ['<dl class="card__facts">', "<div><dt>What</dt><dd></dd></div>", "</dl>", "</article></li>"]
    ] * 2


def test_brief_card_says_where_a_group_is_and_when_it_is_back():
    html = card_html(url="/groups/art/", name="Art", css_class="card", place="Chard", back="Back on 5 January 2027.")

    assert lines(GroupCard.of(html), is_brief=True)[2:] == [
        '<p class="card__under"><span>Back on 5 January 2027.</span> <span>Chard</span></p>',
        "</article></li>",
    ]


def test_text_that_looks_like_a_field_is_shown_as_it_is():
    html = card_html(code="jkm67", name="{html.code} {where} %s", place="<{html.code}>")

    assert lines(GroupCard.of(html))[1] == '<h2 class="card__title"><a href="">{html.code} {where} %s</a></h2>'
    assert lines(GroupCard.of(html))[3] == "<div><dt>Where</dt><dd>&lt;{html.code}&gt;</dd></div>"


@pytest.mark.parametrize("different", ["", "At the library & café that day."])
@pytest.mark.parametrize("day_caution", ["", "ask first: it is Christmas Eve"])
@pytest.mark.parametrize("caution", ["", "if it still meets then"])
def test_next_meeting_is_filled_in_as_the_template_draws_it(caution, day_caution, different):
    row = DateRow(Meeting(date(2026, 12, 24)), "Thursday 24 December", "", "6.30pm", different, caution, day_caution)
    dates = DatesToCome([row], [])

    assert _times(None, dates) == _part("times", None, dates)
    # What it says for one group is not what it says for another.
    assert _times(None, DatesToCome([row._replace(starts="7pm")], [])) == _times(None, dates).replace("6.30pm", "7pm")
