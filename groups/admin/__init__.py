"""Support groups, where and when they meet, and what people tell us about them, for staff."""

from .check_request import CheckRequestAdmin
from .group import SupportGroupAdmin
from .loaded import LoadedAdmin
from .proposal import ProposalAdmin
from .suggestion import SuggestionAdmin
from .told import NeedAdmin, ReportAdmin
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
