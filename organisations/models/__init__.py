"""Who: organisations, how to reach them, and what they offer beside groups."""

from .contact import Contact
from .editorship import Editorship
from .event import Event, EventSeries
from .history import Version, Versions, has_versions, one_version
from .listing import Check, FormerSlug, Listing, Sourced, proposable_fields
from .many_versions import keep_first_versions, keep_versions
from .membership import Membership
from .organisation import Organisation, OrganisationCheck, OrganisationFormerSlug, Resource
from .role import PeerRole, PeerRoleCheck, PeerRoleFormerSlug
from .training import Training, TrainingCheck, TrainingFormerSlug
from .words import Quotation, Statement

__all__ = [
    "Check",
    "Contact",
    "Editorship",
    "Event",
    "EventSeries",
    "FormerSlug",
    "Listing",
    "Membership",
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
    "Version",
    "Versions",
    "has_versions",
    "keep_first_versions",
    "keep_versions",
    "one_version",
    "proposable_fields",
]
