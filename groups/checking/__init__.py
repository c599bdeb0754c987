"""Asking organisations whether their listings are still right, and taking their answers by a link."""

from .answers import NoRoomError, say_changed, say_ended, say_still_right
from .links import LinkProblemError, address_of_link, open_link
from .sending import MailServerError, send_check_requests
from .shown import Shown, shown_listings

__all__ = [
    "LinkProblemError",
    "MailServerError",
    "NoRoomError",
    "Shown",
    "address_of_link",
    "open_link",
    "say_changed",
    "say_ended",
    "say_still_right",
    "send_check_requests",
    "shown_listings",
]
