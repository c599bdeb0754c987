"""Telling the same from the new, and an advert from a word of help. Pure."""

import hashlib
import re
import unicodedata

_LINK = re.compile(r"https?://(?:www\.)?|www\.|\[url|<a\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’`]")
_LETTERS = re.compile(r"[^\W\d_]+")
#: From so many letters on, the same text about several listings is nobody's own words; and so are texts that only look
#: alike.
LONG, LONG_ALIKE = 20, 40


def fingerprint(*texts: str) -> str:
    """A mark that texts have in common which differ in nothing but case, accents and punctuation."""
    return hashlib.sha256("|".join(map(_words, texts)).encode()).hexdigest()


def words_without_figures(*texts: str) -> frozenset[str]:
    """The different words of texts without the figures in them: "Group 17" and "Group 18" are alike."""
    return frozenset(_LETTERS.findall(" ".join(texts).casefold()))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """What part of all their words two texts share, from 0 to 1 (the Jaccard index); 0 where neither has any."""
    return len(one & other) / len(one | other) if one or other else 0.0


def is_advert(*texts: str) -> bool:
    """Whether there are more links in some texts than the one that a right address may need."""
    return sum(len(_LINK.findall(text)) for text in texts) > 1


def is_long(text: str, letters: int = LONG) -> bool:
    return len(_words(text)) >= letters


def _words(text: str) -> str:
    """The letters and figures of a text, of any writing: in Urdu or Hindi, too, other words are other words."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    seen = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in seen).split())
