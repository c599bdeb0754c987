"""Fingerprints and similarity of short texts, and a check for adverts. Pure functions."""

import hashlib
import re
import unicodedata

_LINK = re.compile(r"https?://(?:www\.)?|www\.|\[url|<a\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’`]")
_LETTERS = re.compile(r"[^\W\d_]+")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.\w")
_DIGITS = re.compile(r"\+?\(?\d[\d\s()-]{7,}\d")
_TELEPHONE = re.compile(r"(?:0|44|0044|440)[1-9]\d{8,9}")
#: From `LONG` letters on, the same text about several listings is a copy; from `LONG_ALIKE` on, so is a similar text.
LONG, LONG_ALIKE = 20, 40


def fingerprint(*texts: str) -> str:
    """Return a SHA-256 digest of the texts that ignores case, accents and punctuation."""
    return hashlib.sha256("|".join(map(_normalise, texts)).encode()).hexdigest()


def words_without_figures(*texts: str) -> frozenset[str]:
    """Return the set of words in the texts, without digits: "Group 17" and "Group 18" are alike."""
    return frozenset(_LETTERS.findall(" ".join(texts).casefold()))


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of words, from 0 to 1; 0 if both are empty."""
    return len(first & second) / len(first | second) if first or second else 0.0


def is_advert(*texts: str) -> bool:
    """Return whether the texts hold more than one link; one may be the right address."""
    return sum(len(_LINK.findall(text)) for text in texts) > 1


def has_contact(text: str) -> bool:
    """Return whether the text holds an e-mail address or a telephone number of the United Kingdom, however spaced."""
    if _EMAIL.search(text):
        return True
    numbers = (re.sub(r"\D", "", match.group()) for match in _DIGITS.finditer(text))
    return any(_TELEPHONE.fullmatch(number) for number in numbers)


def is_long(text: str, letters: int = LONG) -> bool:
    return len(_normalise(text)) >= letters


def _normalise(text: str) -> str:
    """Return the text normalised to letters, marks and digits of any script, in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    base = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in base).split())
