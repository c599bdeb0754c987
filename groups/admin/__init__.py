"""Support groups, where and when they meet, and what people tell us about them, for staff."""

from .group import SupportGroupAdmin
from .loaded import LoadedAdmin
from .told import NeedAdmin, ReportAdmin
from .venue import VenueAdmin
from .vocabulary import TermAdmin

__all__ = ["LoadedAdmin", "NeedAdmin", "ReportAdmin", "SupportGroupAdmin", "TermAdmin", "VenueAdmin"]
