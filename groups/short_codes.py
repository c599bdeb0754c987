"""Short codes for groups, to write on paper and to type: no letters or digits that look alike."""

import secrets

ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 5


def new_code() -> str:
    """A code of five signs, one of 14 million, with no vowels, so that none spells a word."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
