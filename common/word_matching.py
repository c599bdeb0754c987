"""Whether the words somebody typed stand in a text: every word, as the beginning of some word. Pure."""

from collections.abc import Iterable

from .text import fold


def split_words(text: str) -> tuple[str, ...]:
    """What somebody typed, as folded words, each once, in order."""
    return tuple(dict.fromkeys(fold(text).split()))


def has_every_word(words: Iterable[str], *texts: str) -> bool:
    """Whether each of the words begins a word of the texts, whatever the case and accents."""
    there = {word for text in texts for word in fold(text).split()}
    return all(any(found.startswith(word) for found in there) for word in words)
