"""How groups and venues are merged."""

from organisations.admin.merge_kinds import SOURCE_FIELDS
from organisations.merges.kinds import MergeKind

from ..choices import Joining
from ..models import SupportGroup, Venue

GROUPS = MergeKind(
    SupportGroup,
    together=(
        (
            *("stage", "stage_note", "paused_since", "paused_until", "paused_because"),
            *("ended_on", "where_members_went"),
        ),
        ("joining", "joining_note", "look_again_on"),
        ("is_free", "cost_note"),
        ("age_from", "age_to"),
        ("eligible_by_place", "eligible_area"),
        SOURCE_FIELDS,
    ),
    first=("name", "organisation", "stage", "joining", "venue", "town", "summary"),
    cautious={"joining": Joining.CLOSED},
    former={"slug": ("former_slugs", "slug"), "code": ("former_codes", "code")},
    target_wins=frozenset({"schedule_changes", "routes"}),
    chosen_rows=("schedules",),
)
VENUES = MergeKind(
    Venue,
    together=(
        (
            *("address", "town", "postcode", "district", "latitude", "longitude"),
            *("position_is_by_hand", "position_reason"),
        ),
    ),
    derived=frozenset({"district", "latitude", "longitude"}),
    first=("name", "address", "address_is_confidential"),
    cautious={"address_is_confidential": True},
    for_managers=frozenset({"address_is_confidential"}),
    former={"public_id": ("former_ids", "public_id")},
)
