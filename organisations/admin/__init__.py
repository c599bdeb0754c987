"""Organisations and what they offer, for staff; and what the staff pages of all apps share."""

from .base import RECORD, SOURCE, ListingAdmin, NounAdmin, add_link, fieldset, links, list_link
from .contact import ContactAdmin
from .event import EventAdmin, EventSeriesAdmin
from .filters import AreaFilter, ExamplesFilter, FreshnessFilter
from .inlines import CheckInline, FormerSlugInline, Rows
from .locking import LockedForm, changes_since
from .offers import PeerRoleAdmin, TrainingAdmin
from .organisation import OrganisationAdmin
from .versioned import VersionedAdmin
from .words import QuotationAdmin, StatementAdmin

__all__ = [
    "RECORD",
    "SOURCE",
    "AreaFilter",
    "CheckInline",
    "ContactAdmin",
    "EventAdmin",
    "EventSeriesAdmin",
    "ExamplesFilter",
    "FormerSlugInline",
    "FreshnessFilter",
    "ListingAdmin",
    "LockedForm",
    "NounAdmin",
    "OrganisationAdmin",
    "PeerRoleAdmin",
    "QuotationAdmin",
    "Rows",
    "StatementAdmin",
    "TrainingAdmin",
    "VersionedAdmin",
    "add_link",
    "changes_since",
    "fieldset",
    "links",
    "list_link",
]
