"""The words of a query. Pure."""

from .text import fold


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a query, without duplicates, in order."""
    return tuple(dict.fromkeys(fold(text).split()))
