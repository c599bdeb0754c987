"""What the page of North East Together says."""

from .on import On, on_group, on_organisation, on_page, on_role

LOFTUS, GUISBOROUGH = "self-help-group-in-loftus", "self-help-group-in-guisborough"


def _on_both_forming(*words: str, never: tuple[str, ...] = ()) -> list[On]:
    return [on_group(slug, *words, never=never) for slug in (LOFTUS, GUISBOROUGH)]


FACTS: dict[str, list[On]] = {
    "N1": [
        on_organisation(
            "north-east-together",
            "Kind Network",
            "Works in North East",
            "the network of mental health service user and carer groups and individuals across the North East",
        )
    ],
    "N2": [
        on_role("peer-support-co-ordinator-north-east-together", "Hours 2 days a week", "Where Redcar and Cleveland")
    ],
    "N3": [
        on_role(
            "peer-support-volunteer-north-east-together",
            "Was looking for people when its page was written",
            "Anyone who is interested in gaining experience of working in a mental health setting",
            "especially for people who have themselves experienced mental distress, or have an interest in mental "
            "health issues",
            "Pay Voluntary",
            "Lived experience Welcome, not needed",
        ),
        *_on_both_forming("it was looking for members and volunteers"),
    ],
    "N4": [
        *_on_both_forming(
            "was being set up",
            "That page has no date.",
            "Not yet checked",
            never=("This group is being set up",),
        ),
        on_page("groups:group_list", "Self-help group in Loftus", query="?near=Loftus&within=5"),
        on_page("groups:group_list", "Self-help group in Guisborough", query="?near=Guisborough&within=5"),
        On("groups:area_detail", "east-cleveland", ("Self-help group in Loftus", "Self-help group in Guisborough")),
    ],
    "N5": _on_both_forming("Day and time: for the members to decide.", "Talking or doing For the members to decide"),
    "N6": _on_both_forming(
        "What do members agree to? The group agreement always involves confidentiality, in accordance with "
        "safeguarding procedures, and respect for each other’s views."
    ),
    "N7": _on_both_forming(
        "Groups can be open, where you just drop in, or closed.",
        "people who have met before, in group therapy courses",
    ),
    "N8": _on_both_forming(
        "very focused on mental health support, or can be more of a social opportunity. A group can do both."
    ),
    "N9": _on_both_forming(
        "You are welcome whether or not you already receive support such as counselling or other therapies.",
        "While you are waiting for other services.",
        "Alongside other support, such as counselling.",
        "After other services have ended.",
    ),
    "N10": [
        on_role("peer-support-co-ordinator-north-east-together", "Peer Support Co-ordinator"),
        # Their contact is not released.
        *_on_both_forming("No contact is shown here yet.", "See North East Together"),
    ],
    "N11": [
        on_page(
            "organisations:peer_support",
            "“It means sharing our vulnerabilities and our strengths and finding value in each other’s help.” "
            "MacNeil and Mead (2003)",
            "“Peer support is not like clinical support. In peer support we understand each other because we’ve been "
            "there, shared similar experiences.” Copeland, Mary Ellen and Mead, Shery (2004)",
            "founded on key principles of respect, shared responsibility and mutual agreement of what is helpful.” "
            "Mead, Shery and MacNeil, Cheryl",
        ),
        on_organisation("north-east-together", "MacNeil and Mead (2003)", "(2004)", "Mead, Shery and MacNeil, Cheryl"),
    ],
    "N12": [
        on_page(
            "organisations:peer_support",
            "It is reassuring to meet others",
            "easier to feel trusting, accepted and understood; the support is relaxed and mutual",
            "an opportunity to give as well as receive support",
            "self-help tips that have worked for other people",
            "easier to socialise",
            "There isn’t any pressure",
            "From North East Together",
        )
    ],
    "N13": [
        on_organisation(
            "north-east-together",
            "if you have any queries or suggestions",
            "aware of a service, or of a person, for whom this may be useful",
        )
    ],
}
