"""What people tell us, from the form they send to what becomes of it."""

from .limits import forget_posters, may_post
from .missing import take_need, take_suggestion
from .reports import close_report, take_report

__all__ = ["close_report", "forget_posters", "may_post", "take_need", "take_report", "take_suggestion"]
