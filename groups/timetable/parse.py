"""Patterns from what people write: "1st & 3rd Tues, 7-9pm". What is not certain is not read: never a guess."""

from ..choices import Frequency
from . import lexicon, sentences
from .clock_reading import Unreadable
from .patterns import Pattern
from .reader import Reader
from .readings import Reading

_FIXED = {
    sentences.ASK: Pattern(Frequency.ASK),
    sentences.TO_BE_AGREED: Pattern(Frequency.TO_BE_AGREED),
}
#: A longer text tells a story. It is not searched for a time.
_LONGEST = 500


def parse(sentence: str) -> Reading:
    """Return what a sentence says; no patterns if any word of it is unknown, or it has more than one meaning.

    "Alternate Saturdays" is read as every second Saturday without a first date: the pattern `needs_a_date`, and has
    no meetings until somebody gives one of the Saturdays. "7-9" is not read: nobody said morning or evening. A day
    alone is every week, which is what it means where a schedule is asked for. An age, a length, a price and the like
    are no times: they come back as remarks.
    """
    if sentence.strip() in _FIXED:
        return Reading((_FIXED[sentence.strip()],))
    if len(sentence) > _LONGEST:
        return Reading()
    try:
        return Reader(lexicon.tidy(sentence)).reading()
    except Unreadable:
        return Reading()
