"""What the page of the Kent and Medway trust says."""

from .on import On, on_organisation, on_page, on_role

TRUST = "kent-and-medway-mental-health-nhs-trust"
PSW = f"peer-support-worker-psw-{TRUST}"

FACTS: dict[str, list[On]] = {
    "K1": [
        on_role(
            PSW,
            "a person who has lived experience of a mental illness",
            "attain a mutual respect and build a trusting relationship",
            "social, emotional or practical support",
        )
    ],
    "K2": [on_role(PSW, "works within a multi-disciplinary team", "a more dynamic care plan")],
    "K3": [
        on_organisation(TRUST, "KMPT", "since 13 October 2025", "A growing team", "Works in Kent and Medway"),
        on_page("organisations:organisation_list", "Kent and Medway Mental Health NHS Trust", query="?q=KMPT"),
        on_page(
            "organisations:organisation_list",
            "Kent and Medway Mental Health NHS Trust",
            query="?q=Kent+and+Medway+Mental+Health",
        ),
    ],
    "K4": [on_role(PSW, "Ask your care coordinator. If you think that you can benefit", "If you do not have one")],
    "K5": [
        on_role(f"peer-support-lead-{TRUST}", "Peer Support Lead"),
        on_page("organisations:role_list", "Peer Support Lead"),
    ],
    "K6": [
        on_role(
            PSW,
            "Where do they work? 111 Tonbridge Road rehabilitation unit, Maidstone Rosebud Centre, Maidstone "
            "The Beacon (Thanet community mental health team) Rivendell rehabilitation unit New Haven Lodge "
            "Highlands House Ash Eton",
        )
    ],
    "K7": [
        on_page(
            "organisations:event_list",
            "Peer Support Awareness Week",
            "1 to 15 July 2016",
            "Maidstone Community Centre, Marsham Street, Maidstone",
            "“for the next two weeks”",
            "at a Methodist church",
            "why and how a food bank was created",
            "The page has it under both 5 July and 7 July.",
            "this was “during the week”",
        ),
        on_organisation(TRUST, "Peer Support Awareness Week", "Fun day at The Beacon"),
    ],
    "K8": [on_organisation(TRUST, "Live It Library: Films of people’s own stories.")],
    "K9": [
        on_organisation(
            TRUST,
            "however low you go down, there is a way back up...",
            "‘see people as people’",
            "core principles - mutual sharing.” Peer Support Lead",
        ),
        on_page("organisations:peer_support", "there is a way back up...", "‘see people as people’"),
    ],
    "K10": [on_role(PSW, "can go on to a career that uses their own experience, or to a degree")],
}
