"""Format the facts of a group for visitors, as (label, text) in the order people ask for them."""

from typing import Any

from common.dates import format_date
from organisations.choices import YesNo

from .choices import Focus, LedBy
from .models import SupportGroup

Facts = list[tuple[str, str | list[str]]]


def key_facts(group: SupportGroup) -> Facts:
    """Return when, where, what, who runs it and the cost: what decides whether somebody can go."""
    return [
        ("When", group.when),
        ("Where", group.where),
        ("Talking or doing", _known(group.get_focus_display(), group.focus == Focus.NOT_SAID)),
        ("What people do", _names(group.activities.all())),
        ("About", _names(group.topics.all())),
        ("Ways to wellbeing", ", ".join(group.wellbeing).capitalize()),
        ("Who runs it", _known(group.get_led_by_display(), group.led_by == LedBy.NOT_SAID)),
        ("Cost", cost(group)),
        ("Languages", _names(group.languages.all())),
    ]


def who_can_come(group: SupportGroup) -> Facts:
    """Return whom it is for, and whether people may come before, during or after other services. Known facts only."""
    services = [
        (group.while_waiting, "while you are waiting for other services"),
        (group.alongside_services, "alongside other support, such as counselling"),
        (group.after_services, "after other services have ended"),
    ]
    facts: Facts = [
        ("For", _names(group.audiences.all())),
        ("Ages", _ages(group.age_from, group.age_to)),
        ("You can come", [words.capitalize() + "." for answer, words in services if answer == YesNo.YES]),
        ("You cannot come", [words.capitalize() + "." for answer, words in services if answer == YesNo.NO]),
    ]
    return [fact for fact in facts if fact[1]]


def first_visit(group: SupportGroup) -> Facts:
    """Return answers to the questions before a first visit. Known facts only."""
    facts: Facts = [
        ("Who meets me?", group.who_meets_you),
        ("Do I have to talk?", group.do_i_have_to_talk),
        ("Can I bring someone?", group.can_i_bring_someone),
    ]
    return [fact for fact in facts if fact[1]]


def stage_words(group: SupportGroup) -> str:
    """Return sentences on a group's stage: dates and reason of a break, date of its end, where members went."""
    sentences = []
    if group.paused_since:
        sentences.append(f"The break began on {format_date(group.paused_since)}.")
    if group.paused_until:
        sentences.append(f"It lasts until {format_date(group.paused_until)}.")
    if group.ended_on:
        sentences.append(f"It ended on {format_date(group.ended_on)}.")
    return " ".join(filter(None, [*sentences, group.paused_because, group.where_members_went, group.stage_note]))


def wanted(group: SupportGroup) -> str:
    """Return what a group that is being set up looks for: "members and volunteers"."""
    wants = [
        (group.wants_members, "members"),
        (group.wants_volunteers, "volunteers"),
        (group.wants_place, "a place to meet"),
    ]
    words = [word for is_wanted, word in wants if is_wanted]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))


def _known(label: str, is_unknown: bool) -> str:
    return "Not said: ask the organisation" if is_unknown else label


def _names(terms: Any) -> str:
    return ", ".join(term.name for term in terms)


def cost(group: SupportGroup) -> str:
    """Return the cost, or that it is not known."""
    if group.is_free == YesNo.YES:
        return "Free"
    return group.cost_note or "Not said: ask the organisation"


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return f"{youngest} and over"
    return f"{oldest} and under" if youngest is None else f"{youngest} to {oldest}"
