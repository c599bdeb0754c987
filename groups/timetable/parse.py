"""Parse a schedule written in English, "1st & 3rd Tues, 7-9pm", into patterns. Ambiguous text is never guessed."""

from . import lexicon, sentences
from .clock_reading import Unreadable
from .patterns import Ask, Pattern, ToBeAgreed
from .reader import Reader
from .readings import Reading

_FIXED: dict[str, Pattern] = {sentences.ASK: Ask(), sentences.TO_BE_AGREED: ToBeAgreed()}
#: Longer text is prose, and is not parsed.
_LONGEST = 500


def parse(sentence: str) -> Reading:
    """Return the patterns and remarks of a sentence; no patterns if a word is unknown or the meaning is ambiguous.

    "Alternate Saturdays" gives every second Saturday without a first date: a pattern that `needs_a_date`, which has no
    meetings until one of the Saturdays is given. "7-9" is not read: it may be morning or evening. A day alone means
    every week. Ages, durations, prices and the like are returned as remarks.
    """
    if sentence.strip() in _FIXED:
        return Reading((_FIXED[sentence.strip()],))
    if len(sentence) > _LONGEST:
        return Reading()
    try:
        return Reader(lexicon.tidy(sentence)).reading()
    except Unreadable:
        return Reading()
