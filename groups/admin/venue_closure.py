"""Close a venue for a period: find the groups affected, and set those off that meet only there."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db import transaction

from organisations.models import single_revision

from ..choices import ChangeKind
from ..models import Schedule, ScheduleChange, SupportGroup, Venue
from ..timetable.meetings import MeetingKind, meetings
from ..timetable.sentences import format_day, listed

#: The kinds of meetings that a range off does not cancel, each with its description for editors.
_SINGLE = (
    ((MeetingKind.EXTRA, MeetingKind.MOVED), "an extra or moved meeting"),
    ((MeetingKind.CONFIRMED,), "a meeting that is marked as on"),
)


@dataclass
class VenueClosure:
    """A dry run of closing a venue from the first to the last day, both included.

    `off`: the groups that would meet only there in the period, each with the number of meetings cancelled.
    `already_off`: groups with a range off that covers the period. `by_hand`: groups that an editor must handle, each
    with the reason. Groups without a meeting there in the period are in none of these.
    """

    venue: Venue
    first: datetime.date
    last: datetime.date
    words: str = ""
    off: list[tuple[SupportGroup, int]] = field(default_factory=list)
    already_off: list[SupportGroup] = field(default_factory=list)
    by_hand: list[tuple[SupportGroup, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for group in self._groups():
            self._classify(group)

    @property
    def opens_again_on(self) -> datetime.date:
        return self.last + datetime.timedelta(days=1)

    @property
    def period(self) -> str:
        return f"from {day_in_full(self.first)} to {day_in_full(self.last)}"

    @property
    def public_words(self) -> str:
        """The public note for each group: the editor's words, if any, and the reopening. Never the venue's name."""
        if not self.words:
            return f"The venue {_reopening(self.last)}"
        stop = "" if self.words[-1] in ".!?" else "."
        return f"{self.words}{stop} It {_reopening(self.last)}"

    @property
    def reason(self) -> str:
        """The reason recorded in the history of each group."""
        return f"{self.venue.name} is closed"

    def _groups(self) -> list[SupportGroup]:
        keys = SupportGroup.objects.meeting_at(self.venue).values("pk")
        return list(SupportGroup.objects.for_cards().filter(pk__in=keys).order_by("name", "pk"))

    def _classify(self, group: SupportGroup) -> None:
        schedules = list(group.schedules.all())
        if group.venue_id == self.venue.pk and not any(_has_dates(schedule) for schedule in schedules):
            self.by_hand.append((group, "we do not know when it meets. Ask the group."))
        days = {schedule: self._days(group, schedule) for schedule in schedules}
        at_venue = [
            schedule for schedule in schedules if days[schedule] and self._is_at_venue(group, schedule.venue_id)
        ]
        elsewhere = [schedule for schedule in schedules if days[schedule] and schedule not in at_venue]
        if at_venue and elsewhere:
            self.by_hand.append((group, f"only some of its meetings are here: {_sentences(at_venue)}"))
        elif at_venue and self._is_off_already(group):
            self.already_off.append(group)
        elif at_venue:
            self.off.append((group, len(set().union(*(days[schedule] for schedule in at_venue)))))
        for kinds, what in _SINGLE:
            if days_of_kind := self._single_days(group, kinds):
                dates = listed([day_in_full(day) for day in days_of_kind])
                self.by_hand.append((group, f"{what} is here on {dates}."))

    def _days(self, group: SupportGroup, schedule: Schedule) -> list[datetime.date]:
        """Return the days of the period on which a schedule meets, without the bank holidays that it skips."""
        slot = schedule.slot(group.holiday_nation)
        return [day for day in slot.pattern.dates(self.first, self.last) if not slot.is_off(day)]

    def _is_at_venue(self, group: SupportGroup, venue_id: Hashable) -> bool:
        return (venue_id or group.venue_id) == self.venue.pk

    def _is_off_already(self, group: SupportGroup) -> bool:
        return any(
            change.kind == ChangeKind.OFF_RANGE
            and change.date <= self.first
            and change.until is not None
            and change.until >= self.last
            for change in group.schedule_changes.all()
        )

    def _single_days(self, group: SupportGroup, kinds: tuple[MeetingKind, ...]) -> list[datetime.date]:
        """Return the dates of meetings at the venue of some kinds, which a range off does not cancel."""
        return [
            meeting.date
            for meeting in meetings(group.timetable, self.first, self.last)
            if meeting.kind in kinds and self._is_at_venue(group, meeting.venue)
        ]


@transaction.atomic
def close(venue: Venue, first: datetime.date, last: datetime.date, words: str) -> VenueClosure:
    """Set every group off that meets only at the venue, with one revision each, in a single transaction."""
    # Locked in order of key, so that two editors who close two venues cannot deadlock.
    keys = list(SupportGroup.objects.meeting_at(venue).values_list("pk", flat=True))
    list(SupportGroup.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    closing = VenueClosure(venue, first, last, words)
    for group, _ in closing.off:
        with single_revision(group, closing.reason):
            group.save()
            # Not `group.schedule_changes`: those were read with a join of venues, which PostgreSQL cannot lock.
            ScheduleChange.objects.update_or_create(
                group=group,
                kind=ChangeKind.OFF_RANGE,
                date=first,
                starts_at=None,
                defaults={"until": last, "words": closing.public_words},
            )
    return closing


@dataclass(frozen=True)
class CurrentClosure:
    """A closure of a venue that is not over: its first and last day, and the changes that it made."""

    first: datetime.date
    last: datetime.date
    changes: list[ScheduleChange]

    @property
    def key(self) -> str:
        return f"{self.first.isoformat()} {self.last.isoformat()}"

    @property
    def period(self) -> str:
        return f"from {day_in_full(self.first)} to {day_in_full(self.last)}"


def current_closures(venue: Venue, today: datetime.date) -> list[CurrentClosure]:
    """Return the closures of a venue whose last day is not past, as far as nobody has changed what they made."""
    keys = SupportGroup.objects.meeting_at(venue).values("pk")
    changes = ScheduleChange.objects.filter(group__in=keys, kind=ChangeKind.OFF_RANGE, until__gte=today)
    by_days: dict[tuple[datetime.date, datetime.date], list[ScheduleChange]] = {}
    for change in changes.select_related("group").order_by("date", "until", "group__name", "pk"):
        if change.until and change.words.endswith(_reopening(change.until)):
            by_days.setdefault((change.date, change.until), []).append(change)
    return [CurrentClosure(first, last, rows) for (first, last), rows in by_days.items()]


@transaction.atomic
def undo(venue: Venue, closure: CurrentClosure) -> list[SupportGroup]:
    """Delete the changes that a closure made, with a revision of each group, and return the groups."""
    groups = list(
        SupportGroup.objects.select_for_update()
        .filter(pk__in=[change.group_id for change in closure.changes])
        .order_by("pk")
    )
    for group in groups:
        with single_revision(group, f"{venue.name} is not closed after all"):
            group.save()
            group.schedule_changes.filter(pk__in=[change.pk for change in closure.changes]).delete()
    return groups


def _reopening(last: datetime.date) -> str:
    return f"opens again on {day_in_full(last + datetime.timedelta(days=1))}."


def day_in_full(day: datetime.date) -> str:
    """Return a date with its year, for texts that are stored: "Monday 21 December 2026"."""
    return f"{format_day(day, day)} {day.year}"


def _has_dates(schedule: Schedule) -> bool:
    return schedule.pattern.has_known_dates


def _sentences(schedules: list[Schedule]) -> str:
    return " ".join(schedule.sentence for schedule in schedules)
