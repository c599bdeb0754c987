"""Models of organisations, their contacts, and what they offer beside groups."""

from .bulk_revisions import record_first_revisions, record_revisions
from .contact import Contact
from .editorship import Editorship
from .event import Event, EventSeries
from .listing import Attributed, Check, FormerSlug, Listing, Sourced, proposable_fields
from .membership import Membership
from .merge import Merge, MergedRow, merged_ids
from .organisation import Organisation, OrganisationCheck, OrganisationFormerSlug, Resource
from .quotes import Quotation, Statement
from .revision import Revision, RevisionHistory, has_revisions, single_revision
from .role import PeerRole, PeerRoleCheck, PeerRoleFormerSlug
from .training import Training, TrainingCheck, TrainingFormerSlug

__all__ = [
    "Attributed",
    "Check",
    "Contact",
    "Editorship",
    "Event",
    "EventSeries",
    "FormerSlug",
    "Listing",
    "Membership",
    "Merge",
    "MergedRow",
    "Organisation",
    "OrganisationCheck",
    "OrganisationFormerSlug",
    "PeerRole",
    "PeerRoleCheck",
    "PeerRoleFormerSlug",
    "Quotation",
    "Resource",
    "Sourced",
    "Statement",
    "Training",
    "TrainingCheck",
    "TrainingFormerSlug",
    "Revision",
    "RevisionHistory",
    "has_revisions",
    "merged_ids",
    "record_first_revisions",
    "record_revisions",
    "single_revision",
    "proposable_fields",
]
