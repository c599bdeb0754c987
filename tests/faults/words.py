"""Sentences of their own: no two are alike, for what is alike is counted and not stored again."""

import random

_SYLLABLES = ["ba", "ko", "li", "mu", "ne", "pra", "ru", "sto", "ti", "ve", "wa", "yo", "za", "fen", "gor", "hul"]


def sentence(words: int = 8) -> str:
    """Return a sentence of random words, without figures."""
    made = " ".join("".join(random.choices(_SYLLABLES, k=random.randint(2, 4))) for _ in range(words))
    return f"{made.capitalize()}."
