"""One clause of a schedule: days with their frequency and times, "1st and 3rd Tuesday of the month, 7pm to 9pm"."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..choices import Weekday
from . import lexicon, sentences
from .clock_reading import Unreadable
from .patterns import LAST, MonthlyByDate, MonthlyByWeekday, Pattern, Weekly


@dataclass(frozen=True)
class TimeText:
    """A time or range as written, and where; `span` is None if it stands in several places."""

    text: str
    span: tuple[int, int] | None


@dataclass
class Clause:
    """The days, frequency and times collected for one clause while a sentence is read; times are still text."""

    ordinals: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    times: list[TimeText] = field(default_factory=list)
    part_of_day: str = ""
    interval: int = 0
    #: The names of its tokens that are in `lexicon.DAYS_OF` or `lexicon.HOW_OFTEN`.
    tokens: set[str] = field(default_factory=set)
    says_every: bool = False
    every_second: bool = False
    #: Where "every second", "every third", … stand, which mean weeks of the month to some, and intervals to others.
    every_nth: tuple[int, int] | None = None
    #: Where several days follow an ordinal that is said once, "first Monday and Thursday".
    shared_ordinal: tuple[int, int] | None = None
    repeats_ordinal: bool = False
    #: Whether it says "the last day of the month", which is no weekday.
    is_last_day: bool = False

    @property
    def is_weekly(self) -> bool:
        return "weekly" in self.tokens

    @property
    def is_monthly(self) -> bool:
        return "monthly" in self.tokens

    @property
    def is_explicit(self) -> bool:
        return bool(self.says_every or self.has_recurrence)

    @property
    def has_recurrence(self) -> bool:
        return bool(self.ordinals or self.interval or self.is_weekly or self.every_second or self.is_last_day)

    def differs_in_ordinals(self, other: "Clause") -> bool:
        """Return whether it shares no date with another clause of the same weekday: "first" against "third"."""
        return bool(self.ordinals and other.ordinals and not set(self.numbers) & set(other.numbers))

    @property
    def numbers(self) -> list[int]:
        return [lexicon.ORDINALS.get(ordinal) or int(ordinal) for ordinal in self.ordinals]

    def days(self) -> Sequence[Pattern]:
        """Return the patterns of its days, without times. Raises `Unreadable` if they are ambiguous or incomplete."""
        weekdays = [Weekday(day) for day in dict.fromkeys(self.weekdays)]
        numbers, interval = self.numbers, self.interval
        if self.is_last_day:
            if numbers or weekdays or interval or self.is_weekly or self.every_second:
                raise Unreadable
            return [MonthlyByDate(LAST)]
        if self.every_second:
            if numbers or interval:
                raise Unreadable
            # "Every second Tuesday of the month" is the second; "every second Tuesday" is every other.
            numbers, interval = ([2], 0) if self.is_monthly else ([], 2)
        if numbers and not weekdays:
            return self._dates_of_month(numbers)
        if numbers:
            return self._weekday_of_month(numbers, weekdays)
        if not weekdays or self.is_monthly or (interval and (self.is_weekly or len(weekdays) > 1)):
            raise Unreadable
        return [Weekly(day, interval or 1) for day in weekdays]

    def _dates_of_month(self, numbers: list[int]) -> list[MonthlyByDate]:
        if not self.is_monthly or self.interval or self.is_weekly or self.every_second:
            raise Unreadable
        if any(not each[0].isdigit() for each in self.ordinals) or not all(1 <= number <= 31 for number in numbers):
            raise Unreadable
        return [MonthlyByDate(number) for number in dict.fromkeys(numbers)]

    def _weekday_of_month(self, numbers: list[int], weekdays: list[Weekday]) -> list[MonthlyByWeekday]:
        # "The first Monday and Thursday" may be the first of both, or every Thursday.
        if (
            (len(weekdays) > 1 and not self.repeats_ordinal)
            or self.interval
            or self.is_weekly
            or not set(numbers) <= set(sentences.ORDINALS)
        ):
            raise Unreadable
        if self.says_every and not self.is_monthly and len(numbers) == 1 and numbers[0] in (2, 3, 4, 5):
            # "Every, third Monday".
            raise Unreadable
        ordinals = tuple(sorted(set(numbers), key=list(sentences.ORDINALS).index))
        return [MonthlyByWeekday(weekday, ordinals) for weekday in weekdays]
