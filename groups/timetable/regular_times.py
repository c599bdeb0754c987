"""All regular times of one group in sentences, as its page, its card, printed lists and calendars say them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeGuard

from ..choices import Weekday
from .patterns import Pattern, Weekly

#: What is said of weekly patterns that differ in nothing but the day, where together they have all of these days.
_SPANS = {frozenset(Weekday): "Every day", frozenset(list(Weekday)[:5]): "Monday to Friday"}


def order_in_week(pattern: Pattern) -> tuple[int, datetime.time]:
    """Return a sort key: by day from Monday on, those of no weekday last; of a day by time, unknown times last."""
    return min(pattern.weekdays, default=len(Weekday)), pattern.starts_at or datetime.time.max


def regular_times(patterns: Iterable[tuple[Pattern, str]], today: datetime.date) -> list[str]:
    """Return the sentences of patterns, each with its note, in the order of the week.

    Weekly ones that differ in nothing but the day are one sentence, where together they have every day, or Monday to
    Friday: "Every day, 10am to noon."
    """
    in_order = sorted(patterns, key=lambda row: order_in_week(row[0]))
    if len(in_order) == 1:
        # Most groups have one: half of the work.
        return [f"{_sentence_on(pattern, today)} {note}".strip() for pattern, note in in_order]
    days = defaultdict(set)
    for pattern, note in in_order:
        if _is_every_week(pattern):
            days[pattern.sentence_of("", today), note].add(pattern.weekday)
    sentences = []
    for pattern, note in in_order:
        sentence = _sentence_on(pattern, today)
        if _is_every_week(pattern):
            span = _SPANS.get(frozenset(days[pattern.sentence_of("", today), note]))
            sentence = pattern.sentence_of(span, today) if span else sentence
        sentences.append(f"{sentence} {note}".strip())
    return list(dict.fromkeys(sentences))


@lru_cache(maxsize=1024)
def _sentence_on(pattern: Pattern, today: datetime.date) -> str:
    return pattern.sentence_on(today)


def _is_every_week(pattern: Pattern) -> TypeGuard[Weekly]:
    return isinstance(pattern, Weekly) and pattern.interval == 1
