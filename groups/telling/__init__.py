"""What people tell us, from the form they send to what becomes of it."""

from .changed import has_changed_since, is_put_right
from .limits import forget_posters, may_post
from .missing import take_need, take_suggestion
from .proposals import (
    ChangedSinceError,
    Comparison,
    DecidedAlreadyError,
    OpenAlreadyError,
    comparisons,
    decide,
    in_words,
    propose,
    propose_from,
    reopen,
)
from .reports import UnchangedError, close_report, reopen_report, take_report
from .suggestions import (
    NoListingError,
    close_suggestion,
    draft_of,
    proposal_of,
    reason_not_to_close,
    reopen_suggestion,
)
from .tidying import tidy_up

__all__ = [
    "ChangedSinceError",
    "Comparison",
    "DecidedAlreadyError",
    "NoListingError",
    "OpenAlreadyError",
    "UnchangedError",
    "close_report",
    "close_suggestion",
    "comparisons",
    "decide",
    "draft_of",
    "forget_posters",
    "has_changed_since",
    "in_words",
    "is_put_right",
    "may_post",
    "proposal_of",
    "propose",
    "propose_from",
    "reason_not_to_close",
    "reopen",
    "reopen_report",
    "reopen_suggestion",
    "take_need",
    "take_report",
    "take_suggestion",
    "tidy_up",
]
