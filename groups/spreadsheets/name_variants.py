"""Keys that similar names share. Pure."""

import re

from common.text import fold

#: Words ignored when names are compared.
_STOP_WORDS = {"the", "a", "an", "and", "of", "for", "in", "at", "group", "session", "meeting"}
#: Words that differ between two names of one group.
_WORDS_OF_GROUPS = _STOP_WORDS | {"peer", "support", "club"}
#: From this length on, names that differ in one letter are similar.
_SHORTEST_FUZZY = 6


def name_variants(name: str) -> set[str]:
    """Return keys that similar names share: those that differ in one letter, a plural or stop words."""
    words = [word for word in fold(name).split() if word not in _STOP_WORDS] or fold(name).split()
    numbers = " ".join(re.findall(r"[0-9]+", fold(name)))
    letters = "".join(word.removesuffix("s") for word in words if not word.isdigit())
    variants = {letters}
    if len(letters) >= _SHORTEST_FUZZY:
        variants |= {letters[:at] + letters[at + 1 :] for at in range(len(letters))}
    return {f"{variant} {numbers}" for variant in variants}


def words_of_name(name: str) -> frozenset[str]:
    """Return what a name and another of the same group share: its words in any order, without plurals and "group"."""
    words = fold(name).split()
    return frozenset(word.removesuffix("s") for word in words if word not in _WORDS_OF_GROUPS) or frozenset(words)
