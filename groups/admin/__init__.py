"""Support groups, where and when they meet, and what people tell us about them, for staff."""

from ..embeds.admin import EmbedHostAdmin
from ..feedback.admin.proposal import ProposalAdmin
from ..feedback.admin.report import NeedAdmin, ReportAdmin
from ..feedback.admin.suggestion import SuggestionAdmin
from ..seed_data.admin import LoadedAdmin
from ..verification.admin import CheckRequestAdmin
from .group import SupportGroupAdmin
from .organisation import OrganisationPageAdmin
from .source import SourceAdmin, SourceRecordAdmin
from .venue import VenueAdmin
from .vocabulary import TermAdmin

__all__ = [
    "CheckRequestAdmin",
    "EmbedHostAdmin",
    "LoadedAdmin",
    "NeedAdmin",
    "OrganisationPageAdmin",
    "ProposalAdmin",
    "ReportAdmin",
    "SourceAdmin",
    "SourceRecordAdmin",
    "SuggestionAdmin",
    "SupportGroupAdmin",
    "TermAdmin",
    "VenueAdmin",
]
