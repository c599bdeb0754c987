"""What and when: support groups, where and when they meet, and what people tell us about them."""

from .directory import DirectoryChange, DirectoryState
from .group import GroupCheck, GroupFormerSlug, SupportGroup
from .loaded import Loaded
from .meets_on_dates import DateRow
from .need import Need
from .report import Report
from .route import JoiningRoute
from .schedule import Schedule, ScheduleChange
from .venue import AccessFeature, Venue
from .vocabulary import Activity, Audience, Language, Term, Topic

__all__ = [
    "AccessFeature",
    "Activity",
    "Audience",
    "DateRow",
    "DirectoryChange",
    "DirectoryState",
    "GroupCheck",
    "GroupFormerSlug",
    "JoiningRoute",
    "Language",
    "Loaded",
    "Need",
    "Report",
    "Schedule",
    "ScheduleChange",
    "SupportGroup",
    "Term",
    "Topic",
    "Venue",
]
