"""Telling the same from the new, and an advert from a word of help. Pure."""

import hashlib
import re
import unicodedata

_LINK = re.compile(r"https?://(?:www\.)?|www\.|\[url|<a\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’`]")
#: From so many letters on, the same text about several listings is nobody's own words.
LONG = 20


def fingerprint(*texts: str) -> str:
    """A mark that texts have in common which differ in nothing but case, accents and punctuation."""
    return hashlib.sha256("|".join(map(_words, texts)).encode()).hexdigest()


def looks_like_an_advert(*texts: str) -> bool:
    """Whether there are more links in some texts than the one that a right address may need."""
    return sum(len(_LINK.findall(text)) for text in texts) > 1


def is_long(text: str) -> bool:
    return len(_words(text)) >= LONG


def _words(text: str) -> str:
    """The letters and figures of a text, of any writing: in Urdu or Hindi, too, other words are other words."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    seen = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in seen).split())
