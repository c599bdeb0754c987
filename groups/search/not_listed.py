"""What a results page says to searches for help that is no peer support group: counselling, a food bank."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class OtherHelp:
    """A sentence about help that is not listed, with the name of a page of the site and what its link is called."""

    words: str
    page: str
    label: str


#: By the kinds of `[not_listed]` in `parsing/language.toml`.
OTHER_HELP = {
    "treatment": OtherHelp(
        "We list groups of people who support each other. For counselling, treatment or a diagnosis, ask your GP.",
        "about",
        "What a peer support group is",
    ),
    "crisis": OtherHelp(
        "These groups are not for a crisis. If you need somebody now, there are people to call or text.",
        "help_now",
        "Help now",
    ),
    "by_name": OtherHelp(
        "If the group you mean is not here, look for its name on the web, or ask at your library or GP surgery.",
        "groups:group_suggest",
        "Tell us of a group",
    ),
    "practical_help": OtherHelp(
        "We list peer support groups only. For other help near you, ask at your library or GP surgery.",
        "about",
        "What a peer support group is",
    ),
    "one_to_one": OtherHelp(
        "These are groups. There are peer workers and mentors, too, who support one person at a time.",
        "organisations:role_list",
        "See who does that, and how to ask",
    ),
    "start_a_group": OtherHelp(
        "Would you like to start a group? Others have, and some organisations help.",
        "groups:start_a_group",
        "How to start",
    ),
    "first_time": OtherHelp(
        "Not sure yet? Each group’s page says how to join it, and what it costs.",
        "organisations:peer_support",
        "What happens at a group",
    ),
    "dates": OtherHelp(
        "We cannot look for one date: each group’s page has its dates.",
        "help_now",
        "People to call or text on any day",
    ),
    "roles": OtherHelp("Would you like to support others?", "organisations:role_list", "See peer roles"),
}


def other_help(kinds: Iterable[str]) -> list[OtherHelp]:
    """Return what is said of some kinds of help, each sentence once."""
    return list(dict.fromkeys(OTHER_HELP[kind] for kind in kinds))
