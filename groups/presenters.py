"""A group's facts as a visitor reads them: questions and answers, in the order people ask them."""

from common.dates import format_date
from organisations.choices import YesNo

from .choices import Focus, LedBy
from .models import SupportGroup

Facts = list[tuple[str, str | list[str]]]


def key_facts(group: SupportGroup) -> Facts:
    """When, where, what, who runs it, cost: what decides whether somebody can go."""
    return [
        ("When", group.when),
        ("Where", group.where),
        ("Talking or doing", _said(group.get_focus_display(), group.focus == Focus.NOT_SAID)),
        ("What people do", _listed(group.activities.all())),
        ("About", _listed(group.topics.all())),
        ("Ways to wellbeing", ", ".join(group.wellbeing).capitalize()),
        ("Who runs it", _said(group.get_led_by_display(), group.led_by == LedBy.NOT_SAID)),
        ("Cost", cost(group)),
        ("Languages", _listed(group.languages.all())),
    ]


def who_can_come(group: SupportGroup) -> Facts:
    """Whom it is for, and whether somebody may come before, beside or after other help. Only what is said."""
    services = [
        (group.while_waiting, "while you are waiting for other services"),
        (group.alongside_services, "alongside other support, such as counselling"),
        (group.after_services, "after other services have ended"),
    ]
    facts: Facts = [
        ("For", _listed(group.audiences.all())),
        ("Ages", _ages(group.age_from, group.age_to)),
        ("You can come", [words.capitalize() + "." for answer, words in services if answer == YesNo.YES]),
        ("You cannot come", [words.capitalize() + "." for answer, words in services if answer == YesNo.NO]),
    ]
    return [fact for fact in facts if fact[1]]


def first_visit(group: SupportGroup) -> Facts:
    """What somebody fears to ask. Only what is said."""
    facts: Facts = [
        ("Who meets me?", group.who_meets_you),
        ("Do I have to talk?", group.do_i_have_to_talk),
        ("Can I bring someone?", group.can_i_bring_someone),
    ]
    return [fact for fact in facts if fact[1]]


def stage_words(group: SupportGroup) -> str:
    """More about where a group is in its life: since when, until when, why, where members went."""
    said = []
    if group.paused_since:
        said.append(f"The break began on {format_date(group.paused_since)}.")
    if group.paused_until:
        said.append(f"It lasts until {format_date(group.paused_until)}.")
    if group.ended_on:
        said.append(f"It ended on {format_date(group.ended_on)}.")
    return " ".join(filter(None, [*said, group.paused_because, group.where_members_went, group.stage_note]))


def wanted(group: SupportGroup) -> str:
    """Whom and what a group that is being set up was looking for: "members and volunteers"."""
    wants = [
        (group.wants_members, "members"),
        (group.wants_volunteers, "volunteers"),
        (group.wants_place, "a place to meet"),
    ]
    words = [word for is_wanted, word in wants if is_wanted]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))


def _said(words: str, is_silence: bool) -> str:
    return "Not said: ask the organisation" if is_silence else words


def _listed(terms) -> str:
    return ", ".join(term.name for term in terms)


def cost(group: SupportGroup) -> str:
    """What it costs to come, as far as anybody told us."""
    if group.is_free == YesNo.YES:
        return "Free"
    return group.cost_note or "Not said: ask the organisation"


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return f"{youngest} and over"
    return f"{oldest} and under" if youngest is None else f"{youngest} to {oldest}"
