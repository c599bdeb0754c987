"""Help now, for the foot of every printed page: by the nations that the groups of a list are in."""

from collections.abc import Collection

from organisations.help_lines import EMERGENCY, LIFELINE, NHS_111, SAMARITANS, SHOUT

from ..timetable import Nation

_NHS = {
    Nation.ENGLAND: ("NHS, mental health option, call", NHS_111.number),
    Nation.WALES: ("NHS in Wales, option 2, call", NHS_111.number),
    Nation.SCOTLAND: ("NHS 24 in Scotland, mental health hub, call", NHS_111.number),
    Nation.NORTHERN_IRELAND: ("Lifeline in Northern Ireland, call", LIFELINE.number),
}


def help_now(nations: Collection[Nation]) -> tuple[tuple[str, str], ...]:
    """What to do, and the number or word to use. Where nothing says which nation, England."""
    here = [nation for nation in _NHS if nation in nations] or [Nation.ENGLAND]
    return (
        ("In an emergency, call", EMERGENCY.number),
        *(_NHS[nation] for nation in here),
        ("Samaritans, call", SAMARITANS.number),
        (f"Shout, text {SHOUT.keyword} to", SHOUT.text_number),
    )
