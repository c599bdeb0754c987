"""How hard a text is to read: its sentences, the words in them, and the age at which people read such a text.

The age is the grade of Flesch and Kincaid (J. P. Kincaid and others, 1975), which counts the words of a sentence and
the syllables of a word, and five years: a grade is a year of school, and the first begins at six.
"""

import re
from collections.abc import Iterator

#: Elements that stand inside a sentence; every other begins and ends one.
INLINE = {"a", "b", "i", "em", "strong", "span", "time", "code", "small", "abbr", "label", "br"}
#: Elements whose text is not read, or is somebody else's.
UNREAD = {"script", "style", "svg", "template", "code", "blockquote", "address", "option", "textarea"}
#: Attributes that are read out or shown.
SAID = ("alt", "aria-label", "placeholder", "title")

_END = re.compile(r"(?<=[.!?:])[”’\"]*\s+(?=[“‘\"(]*[A-Z0-9])")
_WORD = re.compile(r"[A-Za-zÀ-ÿŵŷŴŶ]+(?:[’'-][A-Za-zÀ-ÿ]+)*|\d[\d,.:]*\w*")
_VOWELS = re.compile(r"[aeiouy]+")


def runs(element) -> Iterator[str]:
    """The texts of a page that are read in one go: a paragraph, a label, a heading, what is said of a picture."""
    message: list[str] = []
    for run in _runs(element, message):
        if run:
            yield run
    if message:
        yield _tidy(message)


def _runs(element, message: list[str]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNREAD:
        return
    for attribute in SAID:
        if element.get(attribute):
            yield element.get(attribute)
    is_block = element.tag not in INLINE
    if is_block and message:
        yield _taken(message)
    message.append(element.text or "")
    for child in element:
        yield from _runs(child, message)
        message.append(child.tail or "")
    if is_block and message:
        yield _taken(message)


def _taken(message: list[str]) -> str:
    text = _tidy(message)
    message.clear()
    return text


def _tidy(message: list[str]) -> str:
    return " ".join("".join(message).split())


def sentences(text: str) -> list[str]:
    return [row for row in _END.split(text) if row.strip()]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a word has, as a rule: its groups of vowels, but for an e that nobody says."""
    word = word.lower().strip("’'")
    if not word.isalpha():
        return max(1, sum(syllables(part) for part in re.findall(r"[^\W\d_]+", word)))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye"))
    silent = silent or (word.endswith("ed") and not word.endswith(("ted", "ded", "eed")))
    silent = silent or (word.endswith("es") and not word.endswith(("ses", "ces", "zes", "ges", "ches", "shes", "ees")))
    return max(1, len(_VOWELS.findall(word)) - silent)


def reading_age(texts: list[str]) -> float:
    """The age, in years, at which people read such sentences with ease."""
    spoken = [words_of(sentence) for text in texts for sentence in sentences(text)]
    count = sum(map(len, spoken))
    beats = sum(syllables(word) for sentence in spoken for word in sentence)
    return 0.39 * count / len(spoken) + 11.8 * beats / count - 15.59 + 5
