"""Support groups, where and when they meet, and what people tell us about them, for staff."""

from .group import SupportGroupAdmin
from .loaded import LoadedAdmin
from .told import CheckRequestAdmin, NeedAdmin, ProposalAdmin, ReportAdmin, SuggestionAdmin
from .venue import VenueAdmin
from .vocabulary import TermAdmin

__all__ = [
    "CheckRequestAdmin",
    "LoadedAdmin",
    "NeedAdmin",
    "ProposalAdmin",
    "ReportAdmin",
    "SuggestionAdmin",
    "SupportGroupAdmin",
    "TermAdmin",
    "VenueAdmin",
]
