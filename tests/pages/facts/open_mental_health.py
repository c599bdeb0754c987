"""What the page of Open Mental Health says, of itself and of WATCH."""

from .on import On, on_group, on_organisation, on_page, on_role

FACILITATED = "facilitated-support-groups-attended-by-peer-members"
INDEPENDENT = "independent-peer-support-groups-run-by-peer-members"
THURSDAY = "watch-thursday-project-chard"
_SUPERVISION = "through training and peer-to-peer supervision"

FACTS: dict[str, list[On]] = {
    "O1": [
        on_organisation(
            "open-mental-health",
            "Kind Network",
            "works with its partners throughout the county of Somerset",
            "WATCH is the peer specialist organisation of Open Mental Health.",
        )
    ],
    "O2": [
        on_organisation(
            "watch",
            "WATCH is the peer specialist organisation of Open Mental Health.",
            "WATCH provides both the peer training and the group support.",
        )
    ],
    "O3": [
        on_organisation("open-mental-health", "starts with what’s strong, not with what’s wrong"),
        on_page(
            "organisations:peer_support",
            "starts with what’s strong, not with what’s wrong",
            "a relationship which is forward looking, and solution focused",
        ),
    ],
    "O4": [
        on_group(
            FACILITATED,
            "This stands for several groups",
            "run by partners of Open Mental Health",
            "meet others in a social environment",
            "information and support",
            "Across Somerset",
            "Who runs it Run by an organisation",
            "We do not know: the cost, who meets you, if you must talk, if you can bring someone, talking or doing",
            "Day and time: ask the organiser.",
            "“more information about groups coming soon”",
        )
    ],
    "O5": [
        on_group(
            THURSDAY,
            "Usually: Every Thursday. Ask for the time.",
            "Chard. Ask where it meets.",
            "For members of the organisation.",
            "How do I join? Become a WATCH member",
            "By becoming a member.",
        ),
        on_page("groups:group_list", "WATCH Thursday Project", "Next Thu", query="?near=Chard&within=5"),
    ],
    "O6": [
        on_organisation("watch", "It also offers other activities across other areas of Somerset, and free courses."),
        on_page("organisations:training_list", "WATCH offers free courses in Somerset.", "Cost Free"),
    ],
    "O7": [
        on_group(
            INDEPENDENT,
            "Closed to new people for now",
            "This stands for several groups",
            "Who runs it Run by its own members",
            "often closed to any new members",
            "part of focused recovery",
            "challenge themselves on purpose",
            "“more information about groups coming soon”",
            "What is open or being set up near by",
            "WATCH Thursday Project",
        )
    ],
    "O8": [
        on_page(
            "groups:start_a_group",
            "bringing people together on peer support courses",
            "There is support for emerging groups from Peer Group Workers",
        ),
        on_page("organisations:training_list", "Peer support courses", "Peer Group Workers support the new groups."),
    ],
    "O9": [
        on_page("organisations:training_list", "info@watchproject.org.uk"),
        on_page("groups:start_a_group", "info@watchproject.org.uk"),
        on_organisation("watch", "info@watchproject.org.uk"),
    ],
    "O10": [
        on_page(
            "groups:start_a_group",
            "the Peer Engagement Lead, who provides countywide support",
        ),
    ],
    "O11": [
        on_organisation("watch", "“Peer support has given me back my confidence.” WATCH member"),
        on_page("organisations:peer_support", "“Peer support has given me back my confidence.” WATCH member"),
    ],
    "O12": [
        on_page(
            "organisations:peer_support",
            "There is evidence that peer support: reduces admission rates reduces the length of hospital stay "
            "increases empowerment increases confidence to develop skills increases social functioning "
            "decreases stigma increases self-esteem increases recovery, mental health and wellbeing gives hope",
        ),
        on_organisation("open-mental-health", "reduces admission rates"),
    ],
    "O13": [
        on_role(
            "expert-by-experience-leader-ebel-open-mental-health",
            "represent the voice of lived experience",
            "as equal partners",
            "supported by a co-production team",
            "meet each other on a regular basis",
        )
    ],
    "O14": [
        on_role(
            "peer-mentor-open-mental-health",
            "volunteers are part of the Peer Connections project",
            "mutually supportive one-to-one relationships",
            "Pay Voluntary",
            "One to one Yes",
        )
    ],
    "O15": [
        on_role(
            "peer-supporter-or-peer-support-worker-open-mental-health",
            "Pay Paid or voluntary",
            "depending on the organisation that supports the role",
            "They are trained",
            "not there to fix people’s problems but is there to walk alongside them",
        )
    ],
    "O16": [
        on_role("expert-by-experience-leader-ebel-open-mental-health", _SUPERVISION),
        on_role("peer-mentor-open-mental-health", _SUPERVISION),
        on_role("peer-supporter-or-peer-support-worker-open-mental-health", _SUPERVISION),
    ],
}
