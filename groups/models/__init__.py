"""What and when: support groups, where and when they meet, and what people tell us about them."""

from ..embeds.models import EmbedHost
from ..feedback.models.base import LISTINGS, RELATION_NAMES, AboutListing, Submission, listing_fields
from ..feedback.models.need import Need
from ..feedback.models.proposal import Proposal
from ..feedback.models.report import Report
from ..feedback.models.suggestion import Suggestion
from ..open_referral.models import EncodedService
from ..seed_data.models import Loaded
from ..spreadsheets.models import ExportRun, ImportRun, SheetUpload
from ..verification.models import AskedListing, CheckRequest
from .date_rows import DateRow, DatesToCome
from .directory import DirectoryChange, DirectoryState
from .former_ids import GroupFormerCode, VenueFormerId
from .group import GroupCheck, GroupFormerSlug, SupportGroup
from .route import JoiningRoute
from .schedule import Schedule, ScheduleChange
from .source import Source, SourceRecord
from .source_reading import SourceReading
from .venue import AccessFeature, Venue
from .vocabulary import Activity, Audience, Language, Term, Topic

__all__ = [
    "LISTINGS",
    "RELATION_NAMES",
    "AboutListing",
    "AccessFeature",
    "Activity",
    "AskedListing",
    "Audience",
    "CheckRequest",
    "DateRow",
    "DatesToCome",
    "DirectoryChange",
    "DirectoryState",
    "EmbedHost",
    "EncodedService",
    "ExportRun",
    "ImportRun",
    "GroupCheck",
    "GroupFormerCode",
    "GroupFormerSlug",
    "JoiningRoute",
    "Language",
    "Loaded",
    "Need",
    "Proposal",
    "Report",
    "Schedule",
    "ScheduleChange",
    "SheetUpload",
    "Source",
    "SourceReading",
    "SourceRecord",
    "Suggestion",
    "SupportGroup",
    "Term",
    "Submission",
    "Topic",
    "Venue",
    "VenueFormerId",
    "listing_fields",
]
