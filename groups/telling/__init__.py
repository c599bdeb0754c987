"""What people tell us, from the form they send to what becomes of it."""

from .limits import forget_posters, may_post
from .missing import take_need, take_suggestion
from .proposals import (
    ChangedSinceError,
    Comparison,
    DecidedAlreadyError,
    comparisons,
    decide,
    in_words,
    propose,
    propose_from,
)
from .reports import close_report, take_report
from .suggestions import close_suggestion, draft_of, proposal_of
from .tidying import tidy_up

__all__ = [
    "ChangedSinceError",
    "Comparison",
    "DecidedAlreadyError",
    "close_report",
    "close_suggestion",
    "comparisons",
    "decide",
    "draft_of",
    "forget_posters",
    "in_words",
    "may_post",
    "proposal_of",
    "propose",
    "propose_from",
    "take_need",
    "take_report",
    "take_suggestion",
    "tidy_up",
]
