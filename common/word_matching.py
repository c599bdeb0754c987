"""Prefix matching of query words in texts. Pure."""

from collections.abc import Iterable

from .text import fold


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a query, without duplicates, in order."""
    return tuple(dict.fromkeys(fold(text).split()))


def has_every_word(words: Iterable[str], *texts: str) -> bool:
    """Return whether every word (folded) is a prefix of a word of the texts."""
    text_words = {word for text in texts for word in fold(text).split()}
    return all(any(text_word.startswith(word) for text_word in text_words) for word in words)
