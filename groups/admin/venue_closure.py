"""A venue that is closed for some time: what that means for each group that meets there, and doing it."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from organisations.models import single_revision

from ..choices import ChangeKind, Stage
from ..models import Schedule, ScheduleChange, SupportGroup, Venue
from ..timetable.meetings import MeetingKind, meetings
from ..timetable.sentences import format_day, listed

#: The meetings that some time off does not take away, and what an editor reads of them.
_SINGLE = (
    ((MeetingKind.EXTRA, MeetingKind.MOVED), "an extra or moved meeting"),
    ((MeetingKind.CONFIRMED,), "a meeting that is marked as on"),
)


@dataclass
class VenueClosure:
    """A venue closed from one day to another, both included, and the groups it touches.

    `off`: groups that would meet only there in that time, with how many meetings fall out. `already_off`: those for
    which some time off covers it. `by_hand`: groups and what an editor must look at, because the whole group cannot
    simply be off. Groups without a meeting there in that time are in none.
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
            self._sort(group)

    @property
    def opens_again_on(self) -> datetime.date:
        return self.last + datetime.timedelta(days=1)

    @property
    def format_time_range(self) -> str:
        return f"from {day_in_full(self.first)} to {day_in_full(self.last)}"

    @property
    def public_words(self) -> str:
        """What people read at each group: an editor's words, if any, and the day it opens again. Never its name."""
        again = f"opens again on {day_in_full(self.opens_again_on)}."
        if not self.words:
            return f"The venue {again}"
        stop = "" if self.words[-1] in ".!?" else "."
        return f"{self.words}{stop} It {again}"

    @property
    def reason(self) -> str:
        """Why, as the history of each group says it."""
        return f"{self.venue.name} is closed"

    def _groups(self) -> list[SupportGroup]:
        keys = groups_of(self.venue).values("pk")
        return list(SupportGroup.objects.for_cards().filter(pk__in=keys).order_by("name", "pk"))

    def _sort(self, group: SupportGroup) -> None:
        schedules = list(group.schedules.all())
        if group.venue_id == self.venue.pk and not any(_has_dates(schedule) for schedule in schedules):
            self.by_hand.append((group, "we do not know when it meets. Ask the group."))
        days = {schedule: self._days(group, schedule) for schedule in schedules}
        here = [schedule for schedule in schedules if days[schedule] and self._is_here(group, schedule.venue_id)]
        elsewhere = [schedule for schedule in schedules if days[schedule] and schedule not in here]
        if here and elsewhere:
            self.by_hand.append((group, f"only some of its meetings are here: {_said(here)}"))
        elif here and self._is_off_already(group):
            self.already_off.append(group)
        elif here:
            self.off.append((group, len(set().union(*(days[schedule] for schedule in here)))))
        for kinds, what in _SINGLE:
            if days_of_kind := self._single_days(group, kinds):
                said = listed([day_in_full(day) for day in days_of_kind])
                self.by_hand.append((group, f"{what} is here on {said}."))

    def _days(self, group: SupportGroup, schedule: Schedule) -> list[datetime.date]:
        """The days in that time on which a pattern meets, bank holidays left out where it does not meet on them."""
        slot = schedule.slot(group.holiday_nation)
        return [day for day in slot.pattern.dates(self.first, self.last) if not slot.is_off(day)]

    def _is_here(self, group: SupportGroup, venue_id: int | None) -> bool:
        return (venue_id or group.venue_id) == self.venue.pk

    def _is_off_already(self, group: SupportGroup) -> bool:
        return any(
            change.kind == ChangeKind.OFF_RANGE and change.date <= self.first and change.until >= self.last
            for change in group.schedule_changes.all()
        )

    def _single_days(self, group: SupportGroup, kinds: tuple[MeetingKind, ...]) -> list[datetime.date]:
        """The days of meetings that an editor named one by one: some time off does not take those away."""
        return [
            meeting.date
            for meeting in meetings(group.timetable, self.first, self.last)
            if meeting.kind in kinds and self._is_here(group, meeting.venue)
        ]


def groups_of(venue: Venue) -> QuerySet:
    """The groups that meet, or sometimes meet, in a venue, and have not ended; one may come twice."""
    its = Q(venue=venue) | Q(schedules__venue=venue) | Q(schedule_changes__venue=venue)
    return SupportGroup.objects.exclude(stage=Stage.ENDED).filter(its)


@transaction.atomic
def close(venue: Venue, first: datetime.date, last: datetime.date, words: str) -> VenueClosure:
    """Close a venue: every group that meets only there is off in that time, as one version of each. All, or none."""
    # Locked in one order, so that two editors who close two venues wait for each other and do not get stuck.
    keys = list(groups_of(venue).values_list("pk", flat=True))
    list(SupportGroup.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    closing = VenueClosure(venue, first, last, words)
    for group, _ in closing.off:
        with single_revision(group, closing.reason):
            group.save()
            # Not through the group: its changes were read with their venues, and PostgreSQL locks no such join.
            ScheduleChange.objects.update_or_create(
                group=group,
                kind=ChangeKind.OFF_RANGE,
                date=first,
                starts_at=None,
                defaults={"until": last, "words": closing.public_words},
            )
    return closing


def day_in_full(day: datetime.date) -> str:
    """A day with its year, for words that are kept: "Monday 21 December 2026"."""
    return f"{format_day(day, day)} {day.year}"


def _has_dates(schedule: Schedule) -> bool:
    return schedule.pattern.is_regular and not schedule.pattern.needs_a_date


def _said(schedules: list[Schedule]) -> str:
    return " ".join(schedule.sentence for schedule in schedules)
