"""How organisations and contacts are merged."""

from ..merges.kinds import MergeKind
from ..models import Contact, Organisation

SOURCE_FIELDS = ("source_name", "source_url", "source_dated")

ORGANISATIONS = MergeKind(
    Organisation,
    together=(
        ("address", "town", "postcode", "district", "latitude", "longitude"),
        ("user_led", "user_led_note"),
        ("ended_on", "what_became_of_it"),
        SOURCE_FIELDS,
    ),
    derived=frozenset({"district", "latitude", "longitude"}),
    first=("name", "summary"),
    former={"slug": ("former_slugs", "slug")},
    # Nobody gains rights by a merge: a contributor of the one that stays is not made an editor of it.
    target_wins=frozenset({"editorships", "network_links", "member_links", "resources", "quotations"}),
    former_names="former_names",
)
CONTACTS = MergeKind(
    Contact,
    together=(("is_released", "belongs_to_person", "release_agreed_by", "release_agreed_on"),),
    cautious={"is_released": False},
)
