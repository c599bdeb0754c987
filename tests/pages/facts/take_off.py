"""What Take Off's page says."""

from .on import On, on_group, on_organisation, on_page, on_role

FACTS: dict[str, list[On]] = {
    "T1": [
        on_organisation(
            "take-off",
            "Take Off works for better physical and mental health, and recognises that the two are linked.",
            "Being listened to and heard is a major part of healing.",
        )
    ],
    "T2": [
        on_organisation("take-off", "User led Yes", "100% user led", "best placed to help those who have them now"),
        on_page("organisations:organisation_list", "Take Off", query="?user_led=on", never=("Dudley Mind", "WATCH")),
    ],
    "T3": [
        on_organisation(
            "take-off",
            "Take Off runs entirely on the peer support model.",
            "Most of its services are self-help groups.",
        )
    ],
    "T4": [
        on_group(
            "take-off-talking-groups",
            "This stands for several groups",
            "Talking · run by Take Off",
            "people explore their conditions together",
        ),
        on_group(
            "take-off-doing-groups",
            "This stands for several groups",
            "Doing · run by Take Off",
            "there is creative activity to enjoy",
            "a positive distraction. This makes social interaction easier.",
        ),
        on_page("groups:group_list", "Take Off talking groups", query="?focus=talking", never=("Take Off doing",)),
        on_page("groups:group_list", "Take Off doing groups", query="?focus=doing", never=("Take Off talking",)),
    ],
    "T5": [
        on_organisation(
            "take-off",
            "Works in East Kent",
            "Take Off runs services with Live Well Kent.",
            "Its services run throughout East Kent, together with Live Well Kent.",
        ),
        on_organisation("live-well-kent", "Network", "Take Off runs services with Live Well Kent."),
        On("groups:area_detail", "east-kent", ("Take Off talking groups", "Take Off doing groups", "Thanet")),
        On("groups:area_detail", "thanet", ("Take Off talking groups", "Take Off doing groups")),
    ],
    "T6": [
        on_organisation(
            "take-off",
            "Mental health problems involve many backgrounds. Take Off names ex-services, ex-offenders, substance use, "
            "ethnicity, single parent families, domestic violence and physical disability.",
            "economic hardship. Hardship also brings loneliness, and lack of occupation and purpose.",
        )
    ],
    "T7": [
        on_organisation("take-off", "provides ready-made social networks, and other peer support services as needed")
    ],
    "T8": [
        on_organisation(
            "take-off",
            "When a need is identified, we will endeavour to design, develop and deliver a service to fill that void.",
        )
    ],
    "T9": [
        on_role(
            "peer-worker-take-off", "a large group of sessional workers spread across East Kent", "Hours Sessional"
        ),
        on_page("organisations:role_list", "Peer worker"),
    ],
    "T10": [
        on_role(
            "peer-worker-take-off",
            "Pay Paid. The living wage per hour.",
            "not against volunteering",
            "actively encourages people who are interested to train with it and join its workforce",
            "Employment for people with lived experience",
        ),
        on_page("organisations:training_list", "Train with Take Off", "Train to work in peer support"),
    ],
    "T11": [
        on_organisation(
            "take-off",
            "mental health problems affect 1 in 4 people during their lives, but recent estimates place it much higher "
            "as 2 out of 3.",
            "mental ill-health detests two things: oxygen and friendship.",
        ),
        on_page("organisations:peer_support", "mental ill-health detests two things: oxygen and friendship."),
    ],
}
