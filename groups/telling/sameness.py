"""Telling the same from the new, and an advert from a word of help. Pure."""

import hashlib
import re

from places.text import fold

_LINK = re.compile(r"https?://|www\.|\[url|<a\b", re.IGNORECASE)
#: From so many letters on, the same text about several listings is nobody's own words.
LONG = 20


def fingerprint(*texts: str) -> str:
    """A mark that texts have in common which differ in nothing but case, accents and punctuation."""
    return hashlib.sha256("|".join(map(fold, texts)).encode()).hexdigest()


def looks_like_an_advert(*texts: str) -> bool:
    """Whether there are more links in some texts than the one that a right address may need."""
    return sum(len(_LINK.findall(text)) for text in texts) > 1


def is_long(text: str) -> bool:
    return len(fold(text)) >= LONG
