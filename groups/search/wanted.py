"""Converts typed words to phrases of the index: with synonyms, and as prefixes where allowed."""

from collections.abc import Iterable, Sequence

from .index.postings import Phrases
from .synonyms import Phrase, Vocabulary, key_of

#: What was typed for one thing, and what the index is asked for it.
Wanted = tuple[Phrase, Phrases]


def wanted_phrases(words: Sequence[str], vocabulary: Vocabulary) -> list[Wanted]:
    """Return the phrases of the index for each typed item, in order. Words are folded."""
    return [
        (typed, phrases_for_index(phrases, vocabulary)) for typed, phrases in vocabulary.wanted_by_phrase(words).items()
    ]


def phrases_for_index(phrases: Iterable[Phrase], vocabulary: Vocabulary) -> Phrases:
    """Return phrases for the index: each word with whether it is matched whole, never as a prefix.

    A phrase of several words is one key of the index, for they have to follow each other.
    """
    return tuple(
        ((phrase[0], vocabulary.is_whole(phrase[0])),) if len(phrase) == 1 else ((key_of(phrase), False),)
        for phrase in phrases
    )
