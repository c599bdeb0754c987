"""What the page of Dudley Mind says."""

from .on import On, on_organisation, on_page

FACTS: dict[str, list[On]] = {
    "D1": [
        on_organisation(
            "dudley-mind",
            "Kind Charity",
            "We are a registered charity with two main aims: to improve mental health to support people with mental "
            "health problems",
            "improve mental health locally",
        )
    ],
    "D2": [on_organisation("dudley-mind", "ability to face life’s challenges and to develop new ways of coping")],
    "D3": [
        on_organisation(
            "dudley-mind",
            "Resilient Communities",
            "(August 2013)",
            "be active, give to others, keep learning new things, take notice of the world around us, and connect",
            "Building social capital: being part of groups",
            "psychological coping strategies",
            "mindfulness",
        )
    ],
    "D4": [
        on_organisation(
            "dudley-mind",
            "uses the Recovery model of mental health",
            "It asks service users to be prepared to step out of the “sick role”",
            "It asks professionals to stop being managers and start being facilitators",
            "The approach is holistic",
            "self determination",
            "realistic life goals",
        )
    ],
    "D5": [on_organisation("dudley-mind", "‘walk alongside’ the distressed person.”")],
    "D6": [
        on_organisation("dudley-mind", "we are not medical professionals. We work within the social context"),
        on_page("organisations:peer_support", "People in a group are not there as doctors or nurses."),
    ],
}
