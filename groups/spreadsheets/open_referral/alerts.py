"""What the alert of our own feed says of a group's stage: it is made of columns, and they are read back. Pure."""

import re

from common.text import shortened

from ...choices import Stage
from ...open_referral.headings import MORE_ABOUT_THE_STAGE

_DATE = r"(\d{1,2} [A-Z][a-z]+ \d{4})"
_FLAG = re.compile(r"This group (?:is having a break|is being set up|was being set up)\.\s*")
_MADE_OF_FLAG = re.compile(r"(?:People who want to join in are welcome|Nobody has checked (?:lately|yet) [^.]+)\.\s*")
_SINCE = re.compile(rf"The break began on {_DATE}\.\s*")
_UNTIL = re.compile(rf"It lasts until {_DATE}\.\s*")
#: The first of these begins what is made of dates, or of when it was checked: it is not read.
_REST = re.compile(
    rf"(?:Back on {_DATE}\.|Ask when it is back\.|Nobody has checked for over \d+ months "
    rf"|No meetings? (?:on|from) {_DATE}|Another time or place on {_DATE}|On {_DATE}, not on |It meets on {_DATE} as"
    r"|When we were told of it, it was looking for )"
)
_LONGEST_REASON, _LONGEST_NOTE = 200, 240


def stage_cells(alert: str, stage: str) -> dict[str, str]:
    """Return the cells that the alert of a group of a stage is made of.

    Of a group that has a break, it is the reason, and after a label more about it.
    """
    words = " ".join(alert.split())
    found: dict[str, str] = {}
    for pattern, title in ((_FLAG, ""), (_MADE_OF_FLAG, ""), (_SINCE, "Break from"), (_UNTIL, "Break until")):
        if match := pattern.match(words):
            words = words[match.end() :]
            found |= {title: match[1]} if title else {}
    rest = _REST.search(words)
    words = (words[: rest.start()] if rest else words).strip()
    if stage == Stage.PAUSED.label:
        words, separator, note = words.partition(MORE_ABOUT_THE_STAGE)
        if len(words) <= _LONGEST_REASON:
            return found | {"Why the break": words.strip()} | ({"More about the stage": note} if separator else {})
        words += separator + note
    return found | {"More about the stage": words if len(words) <= _LONGEST_NOTE else shortened(words, _LONGEST_NOTE)}
