"""Organisations and what they offer, for staff; and what the staff pages of all apps share."""

from .base import (
    RECORD,
    SOURCE,
    ForeignIdsMixin,
    ListingAdmin,
    PublicModelAdmin,
    add_link,
    fieldset,
    folded,
    links,
    list_link,
)
from .contact import ContactAdmin
from .duplicates import MergeAdmin
from .event import EventAdmin, EventSeriesAdmin
from .filters import AreaFilter, ExamplesFilter, FreshnessFilter, UsedFilter
from .inlines import CheckInline, FormerSlugInline, RowInline
from .locking import LockedForm, changes_since
from .organisation import OrganisationAdmin
from .quotes import QuotationAdmin, StatementAdmin
from .revisions import RevisionAdmin
from .roles_and_training import PeerRoleAdmin, TrainingAdmin

__all__ = [
    "RECORD",
    "SOURCE",
    "AreaFilter",
    "CheckInline",
    "ContactAdmin",
    "EventAdmin",
    "EventSeriesAdmin",
    "ExamplesFilter",
    "ForeignIdsMixin",
    "FormerSlugInline",
    "FreshnessFilter",
    "ListingAdmin",
    "LockedForm",
    "MergeAdmin",
    "PublicModelAdmin",
    "OrganisationAdmin",
    "PeerRoleAdmin",
    "QuotationAdmin",
    "RowInline",
    "StatementAdmin",
    "TrainingAdmin",
    "RevisionAdmin",
    "UsedFilter",
    "add_link",
    "changes_since",
    "fieldset",
    "folded",
    "links",
    "list_link",
]
