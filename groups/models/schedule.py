import datetime
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from common.models.known_values import choices_are_known
from common.nations import Nation
from places.models import ChangeTracked

from ..choices import ChangeKind, Frequency, Month, Weekday
from ..timetable.changes import Change
from ..timetable.columns import OF_PATTERN, pattern_of
from ..timetable.meetings import Slot
from ..timetable.patterns import KINDS, LAST, Pattern, uses_column
from ..timetable.sentences import ORDINALS
from .venue import Venue

#: The columns of a change, in the order of the arguments of `change_of`.
OF_CHANGE = ("kind", "date", "until", "new_date", "starts_at", "ends_at", "venue_id", "words", "pk")
_pattern_columns, _change_columns = attrgetter(*OF_PATTERN), attrgetter(*OF_CHANGE)

_on_weekday = [frequency for frequency in KINDS if uses_column(frequency, "weekday")]
_regular = [frequency for frequency, kind in KINDS.items() if kind.is_regular]


class Schedule(ChangeTracked):
    """One regular pattern on which a group meets. A group may have several, or one that says "ask".

    Start and end are wall-clock times in the United Kingdom. Either may be unknown.
    """

    group = models.ForeignKey("SupportGroup", models.CASCADE, related_name="schedules")
    frequency = models.CharField("how often", max_length=20, choices=Frequency, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(
        "every how many weeks",
        default=1,
        help_text="1: every week. 2: every second week.",
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    ordinals = models.CharField(
        "which ones in the month",
        max_length=12,
        blank=True,
        validators=[
            RegexValidator(r"^(-1|[1-5])(,(-1|[1-5]))*$", "Write numbers with commas: 1,3. The last one is -1.")
        ],
        help_text="For monthly on a weekday: 1,3 for the first and third; -1 for the last.",
    )
    day_of_month = models.SmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(LAST), MaxValueValidator(31)],
        help_text="For monthly on a date. -1 for the last day.",
    )
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("to", null=True, blank=True)
    first_date = models.DateField(
        null=True, blank=True, help_text="A day on which it meets. Needed for every second week or rarer."
    )
    last_date = models.DateField(null=True, blank=True)
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="schedules", help_text="If not the group's own."
    )
    skips_bank_holidays = models.BooleanField("not on bank holidays", default=False)
    months_off = models.CharField(
        "not in these months",
        max_length=26,
        blank=True,
        validators=[
            RegexValidator(
                r"^(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*$", "Write the numbers of months with commas: 8 for August, 4,8,12."
            )
        ],
        help_text="Months in which it never meets, as numbers with commas: 8 for August, 12 for December.",
    )
    term_time_only = models.BooleanField(
        "in term time only",
        default=False,
        help_text="Not in the school holidays. Each date then says: ask whether it is on.",
    )
    note = models.CharField(max_length=200, blank=True, help_text="Anything else about when it meets.")

    class Meta:
        ordering = ["pk"]
        # Comparisons also test "is not null": a check constraint that evaluates to NULL passes.
        constraints = [
            models.CheckConstraint(
                condition=~Q(frequency__in=_on_weekday) | Q(weekday__isnull=False),
                name="schedule_on_a_weekday_has_one",
                violation_error_message="Choose the day of the week.",
            ),
            models.CheckConstraint(
                condition=~Q(frequency=Frequency.MONTHLY_BY_WEEKDAY) | ~Q(ordinals=""),
                name="schedule_monthly_by_weekday_says_which",
                violation_error_message="Say which ones in the month: the first, the third, the last.",
            ),
            models.CheckConstraint(
                condition=~Q(frequency=Frequency.MONTHLY_BY_DATE)
                | Q(day_of_month__isnull=False, day_of_month__range=(1, 31))
                | Q(day_of_month__isnull=False, day_of_month=LAST),
                name="schedule_monthly_by_date_has_a_date",
                violation_error_message="Give the day of the month, from 1 to 31, or -1 for the last.",
            ),
            models.CheckConstraint(
                condition=Q(interval__range=(1, 12)),
                name="schedule_interval_is_likely",
                violation_error_message="A group meets every week, or every 2 to 12 weeks.",
            ),
            models.CheckConstraint(
                condition=Q(interval=1) | (Q(frequency=Frequency.WEEKLY) & Q(first_date__isnull=False)),
                name="schedule_every_few_weeks_starts_somewhere",
                violation_error_message="For every second week or rarer, give a date on which it meets.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="schedule_ends_after_it_starts",
                violation_error_message="A meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(last_date=None) | Q(first_date=None) | Q(last_date__gte=F("first_date")),
                name="schedule_last_date_after_first",
                violation_error_message="The last date cannot come before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(months_off=",".join(map(str, Month.values))),
                name="schedule_meets_in_some_month",
                violation_error_message="Leave at least one month in which it meets.",
            ),
            models.CheckConstraint(
                condition=Q(term_time_only=False) | Q(frequency__in=_regular),
                name="schedule_term_time_is_of_regular_times",
                violation_error_message="Only a group with regular times can say that it meets in term time only.",
            ),
            choices_are_known("schedule", frequency=Frequency, weekday=Weekday),
            models.CheckConstraint(
                condition=(Q(ordinals="") | Q(ordinals__each_in=[str(ordinal) for ordinal in ORDINALS]))
                & (Q(months_off="") | Q(months_off__each_in=[str(month) for month in Month.values]))
                & (Q(day_of_month=None) | Q(day_of_month=LAST) | Q(day_of_month__range=(1, 31))),
                name="schedule_numbers_are_known",
                violation_error_message="Write the numbers of days, of weeks in the month, and of months.",
            ),
        ]

    def __str__(self) -> str:
        """Return the sentence; for a row that a form could not validate, and the form shows again, a title."""
        try:
            return self.sentence
        except ValueError:
            return "Regular time, not complete"

    def clean(self) -> None:
        """Raise `ValidationError` if the first date is not on the weekday of the pattern."""
        if self.frequency not in _on_weekday or self.first_date is None or self.weekday is None:
            return
        if self.first_date.weekday() != self.weekday:
            raise ValidationError({"first_date": f"This date is not a {Weekday(self.weekday).label}."})

    @property
    def pattern(self) -> Pattern:
        return pattern_of(*_pattern_columns(self))

    @property
    def sentence(self) -> str:
        """The whole pattern with its note, for staff."""
        return f"{self.pattern.sentence} {self.note}".strip()

    def slot(self, nation: Nation) -> Slot:
        """Return the pattern with its key, venue and nation for bank holidays: the venue's, else the given one."""
        return Slot(self.pattern, self.pk, self.venue_id, self.venue.nation or nation if self.venue else nation)

    def is_over(self, today: datetime.date) -> bool:
        return self.last_date is not None and self.last_date < today


class ScheduleChange(ChangeTracked):
    """What a group has said of a date: off, off for some time, extra, moved, or on as usual after all."""

    group = models.ForeignKey("SupportGroup", models.CASCADE, related_name="schedule_changes")
    kind = models.CharField(
        max_length=20,
        choices=ChangeKind,
        help_text="“It meets that day as usual” takes “ask first” from a date at Christmas or in term time.",
    )
    date = models.DateField(help_text="The day that it is about, or the first of several.")
    until = models.DateField(null=True, blank=True, help_text="For some time: the last day it is off.")
    new_date = models.DateField(null=True, blank=True, help_text="For a move to another day.")
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("to", null=True, blank=True)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="schedule_changes")
    words = models.CharField(max_length=200, blank=True, help_text='What people read: "At the library that day."')

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind", "date", "starts_at"],
                name="change_once_a_day",
                violation_error_message="This change is already listed for that day and time.",
            ),
            # A separate constraint, because NULL is never equal to NULL in a unique constraint.
            models.UniqueConstraint(
                fields=["group", "kind", "date"],
                condition=Q(starts_at=None),
                name="change_once_a_day_without_a_time",
                violation_error_message="This change is already listed for that day.",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ChangeKind.OFF_RANGE) & Q(until__isnull=False, until__gte=F("date")))
                | (~Q(kind=ChangeKind.OFF_RANGE) & Q(until=None)),
                name="change_range_has_an_end",
                violation_error_message="Off for some time needs a last day, not before the first; others have none.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.MOVED)
                | Q(new_date__isnull=False)
                | Q(starts_at__isnull=False)
                | Q(venue__isnull=False),
                name="change_moved_says_where_to",
                violation_error_message="Say what it is moved to: another day, time or venue.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.MOVED) | Q(new_date=None),
                name="change_only_a_move_has_a_new_date",
                violation_error_message="Only a meeting that is moved has a new date.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="change_ends_after_it_starts",
                violation_error_message="A meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.ON) | Q(ends_at=None, venue=None),
                name="change_as_usual_has_no_other_time_or_venue",
                violation_error_message="If another time or venue is meant, choose “Moved”. Leave those boxes empty.",
            ),
            choices_are_known("change", kind=ChangeKind),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.date}"

    @property
    def change(self) -> Change:
        return change_of(*_change_columns(self))


def change_of(kind: str, *others: Any) -> Change:
    """Return a change from the columns `OF_CHANGE` of a row, without a model instance."""
    return Change(ChangeKind(kind), *others)
