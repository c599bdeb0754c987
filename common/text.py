"""Folding (normalisation) of names and queries: "St. Helens", "saint helens" and "ST HELENS" are one name."""

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^a-z0-9 ]+")
#: The fold of each ASCII character: letters and digits in lower case, no apostrophes, spaces for the rest.
_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord("'"): None,
    ord("`"): None,
}
_APOSTROPHES = re.compile(r"['’`]")
#: A full stop before a new sentence; not that of "e.g. tea".
_END_OF_SENTENCE = re.compile(r"[.!?](?=\s+[A-Z0-9“‘]|\s*$)")
_SAINT = re.compile(r"\b(?:saint|st)\b")


def fold(text: str) -> str:
    """Return the text without case, accents, apostrophes and punctuation, with single spaces."""
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_NOT_WORD.sub(" ", _APOSTROPHES.sub("", plain)).split())


def fold_name(name: str) -> str:
    """Return a folded name, with "Saint" as "St" and "&" as "and"."""
    return _SAINT.sub("st", fold(name.replace("&", " and ")))


def shortened(text: str, most: int) -> str:
    """Return the first sentence of a text; if that has more than `most` letters, its first words and "…"."""
    end = _END_OF_SENTENCE.search(text)
    sentence = text[: end.end()] if end else text
    if len(sentence) <= most:
        return sentence
    return sentence[: most + 1].rsplit(" ", 1)[0].rstrip(",;:–-. ") + "…"


def fold_names(names: Iterable[str]) -> str:
    """Return folded names as "|a|b|", so that a column can be searched for "|a|"; "" for no names."""
    folded = "|".join(dict.fromkeys(map(fold_name, names)))
    return folded and f"|{folded}|"
