"""Format the facts of a group for visitors, in the order people ask for them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from common.dates import format_date
from common.models import related_rows
from organisations.choices import YesNo
from organisations.models import Contact

from .choices import Focus, Joining, LedBy
from .models import DateRow, DatesToCome, SupportGroup, Venue
from .models.date_rows import difference_sentence
from .timetable.meetings import Meeting

Facts = list[tuple[str, str | list[str]]]

NOT_SAID = "Not said: ask the organisation"

#: Numbers of further dates, in words.
_NUMBERS = ("", "One more date", *(f"{n} more dates" for n in ("Two", "Three", "Four", "Five", "Six", "Seven")))
#: The sentence on joining for answers that do not say how.
_ASK_HOW_TO_JOIN = {
    Joining.NOT_SAID: "Ask how to join",
    Joining.MEMBERS_DECIDE: "How to join is for the members to decide",
}


@dataclass(frozen=True)
class Essentials:
    """What decides whether somebody can go to a group: its next meeting, where that is, how to join, whom to call."""

    #: The meeting to name: the one that is on, else the next; None if no date is known or public.
    row: DateRow | None
    #: The label of its date; "" for an ordinary meeting.
    label: str
    #: What differs from usual that day, except the place.
    different: str
    #: The meeting after one that is on now.
    following: DateRow | None
    #: Further meetings, to be folded, and how many they are, in words.
    later: DatesToCome
    later_words: str
    #: Where that meeting is; None if it has no venue, or that is not public.
    venue: Venue | None
    place: str
    #: A note on the place: that it is confidential, or that one can join from home.
    place_note: str
    joining: str
    #: Sentences on how to join, and on the cost.
    joining_notes: list[str]
    #: A contact whose number somebody has checked.
    call: Contact | None

    @property
    def access(self) -> str:
        """The access features of the venue: "Step-free entrance. Hearing loop."; "" if none are known."""
        features = related_rows(self.venue, "access_features") if self.venue and not self.venue.is_confidential else []
        return "".join(f"{feature.name}. " for feature in features).strip()

    @property
    def shows_the_way(self) -> bool:
        """Whether there is an address to go to."""
        return self.venue is not None and not self.venue.is_confidential


def essentials(group: SupportGroup, dates: DatesToCome, today: datetime.date) -> Essentials:
    """Return what a group's page begins with. Nothing in it is more public than on a card."""
    rows = dates.rows
    row = dates.on_now or (rows[0] if rows else None)
    label = _label(group, dates, today)
    venue = group.venue_of(row.meeting) if row else group.public_venue
    later = rows[1:] if rows else []
    return Essentials(
        row=row,
        label=label,
        different=_difference(row.meeting, today, is_extra=not label) if row else "",
        following=rows[0] if dates.on_now and rows else None,
        later=DatesToCome(later, []),
        later_words=_NUMBERS[len(later)],
        venue=venue,
        place=_place(group, venue),
        place_note=_place_note(group, venue),
        joining=_ASK_HOW_TO_JOIN.get(group.public_joining, group.joining_label),
        joining_notes=[text for text in (group.joining_reason, group.referral_words, _cost_sentence(group)) if text],
        call=next((row for row in group.released_contacts if row.phone and row.number_is_checked), None),
    )


def venues_to_find(group: SupportGroup, facts: Essentials, dates: DatesToCome) -> list[Venue]:
    """Return the public venues of the dates that a page shows, each once, that of the next first."""
    venues = [facts.venue, *(group.venue_of(row.meeting) for row in dates.rows)]
    public = {venue.pk: venue for venue in venues if venue is not None and not venue.is_confidential}
    return list(public.values())


def _difference(meeting: Meeting, today: datetime.date, *, is_extra: bool) -> str:
    """Return what is not as usual at a meeting, but for its place. Where no day is usual, none is extra."""
    return difference_sentence(meeting, today, None, meeting.venue) if is_extra else meeting.words


def _label(group: SupportGroup, dates: DatesToCome, today: datetime.date) -> str:
    if not dates.rows or not group.has_single_dates_only(today):
        return ""
    return "We do not know its usual day. " + (
        "One date we know:" if len(dates.rows) == 1 else "The next date we know:"
    )


def _place(group: SupportGroup, venue: Venue | None) -> str:
    """Return where it is, in a line without the postcode."""
    if not group.meets_in_person or venue is None:
        return group.where
    return venue.public_words


def _place_note(group: SupportGroup, venue: Venue | None) -> str:
    if not group.can_be_visited:
        return ""
    notes = []
    if group.meets_in_person and venue is None:
        notes.append("Ask where it meets.")
    elif group.meets_in_person and venue is not None and venue.is_confidential:
        notes.append("To keep people safe, the address is not shown. The group will tell you where.")
    if group.meets_in_person and venue is not None:
        notes += ["Also online."] * group.meets_online + ["Also by phone."] * group.meets_by_phone
    return " ".join(notes)


def more_facts(group: SupportGroup) -> Facts:
    """Return what else is known of it: what people do and talk about, who runs it, languages. Known facts only."""
    facts: Facts = [
        ("Talking or doing", group.get_focus_display() if group.focus == Focus.MEMBERS_DECIDE else ""),
        ("What people do", _names(related_rows(group, "activities"))),
        ("About", _names(related_rows(group, "topics"))),
        ("Ways to wellbeing", ", ".join(group.wellbeing).capitalize()),
        ("Who runs it", group.get_led_by_display() if group.led_by != LedBy.NOT_SAID else ""),
        ("Languages", _names(related_rows(group, "languages"))),
    ]
    return [fact for fact in facts if fact[1]]


def not_known(group: SupportGroup, venue: Venue | None) -> list[str]:
    """Return what nobody has told us of an open group and people ask for, in words; [] for one that is not open."""
    if not group.can_be_visited:
        return []
    has_access = venue is None or venue.is_confidential or venue.access_note or related_rows(venue, "access_features")
    answers = [
        (cost(group) != NOT_SAID, "the cost"),
        (group.who_meets_you, "who meets you"),
        (group.do_i_have_to_talk, "if you must talk"),
        (group.can_i_bring_someone, "if you can bring someone"),
        (group.focus != Focus.NOT_SAID, "talking or doing"),
        (group.led_by != LedBy.NOT_SAID, "who runs it"),
        (has_access or group.accessibility, "access"),
    ]
    return [words for is_known, words in answers if not is_known]


def who_can_come(group: SupportGroup) -> Facts:
    """Return whom it is for, and whether people may come before, during or after other services. Known facts only."""
    facts: Facts = [
        ("For", _names(related_rows(group, "audiences"))),
        ("Ages", _ages(group.age_from, group.age_to)),
        ("Only if you are", group.eligible_by_place),
        *beside_services(group).items(),
    ]
    return [fact for fact in facts if fact[1]]


def beside_services(group: SupportGroup) -> dict[str, list[str]]:
    """Return sentences on when somebody with other services can come, and when not, below the words of each answer."""
    services = [
        (group.while_waiting, "while you are waiting for other services"),
        (group.alongside_services, "alongside other support, such as counselling"),
        (group.after_services, "after other services have ended"),
    ]
    return {
        "You can come": [words.capitalize() + "." for answer, words in services if answer == YesNo.YES],
        "You cannot come": [words.capitalize() + "." for answer, words in services if answer == YesNo.NO],
    }


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


def _names(terms: Iterable[Any]) -> str:
    return ", ".join(term.name for term in terms)


def cost(group: SupportGroup) -> str:
    """Return the cost, or that it is not known."""
    if group.is_free == YesNo.YES:
        return "Free"
    return group.cost_note or NOT_SAID


def _cost_sentence(group: SupportGroup) -> str:
    if not group.can_be_visited:
        return ""
    if group.is_free == YesNo.YES:
        return "It is free."
    return f"Cost: {group.cost_note.rstrip('.')}." if group.cost_note else ""


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return f"{youngest} and over"
    return f"{oldest} and under" if youngest is None else f"{youngest} to {oldest}"
