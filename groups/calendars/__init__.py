"""Meetings for the calendars of phones and computers, as RFC 5545 writes them."""

from .entry import Entry
from .events import events_of
from .feed import Feed, calendar_of

__all__ = ["Entry", "Feed", "calendar_of", "events_of"]
