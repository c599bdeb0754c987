"""The words of the plain reference: those that a group has, and which of those typed are looked for.

Places are searched as places, so the name of the town and of the district of a group are no words of it.
"""

from collections.abc import Iterable, Sequence

from common.text import fold
from groups.models import SupportGroup
from groups.search.synonyms import Phrase, site_vocabulary
from organisations.models import Organisation
from places.models import Town


def is_wanted(group: SupportGroup, typed: Sequence[Phrase]) -> bool:
    """Whether a group has, for each phrase that was typed, one that means the same."""
    return all(_has(group.texts, phrase) for phrase in typed)


def is_known(phrase: Phrase) -> bool:
    """Whether a phrase is of the vocabulary: each of several words is."""
    return len(phrase) > 1 or site_vocabulary().knows(phrase[0])


def is_weak(phrase: Phrase) -> bool:
    """Whether a phrase is a word that says little alone."""
    return site_vocabulary().is_weak(phrase)


def typed_phrases(words: tuple[str, ...]) -> list[Phrase]:
    return [*site_vocabulary().wanted_by_phrase(words)]


def tier_of_words(group: SupportGroup, typed: Sequence[Phrase]) -> int:
    """Where the words are: all in a name; all in that or in topics, activities and audiences; anywhere."""
    if all(_has(group.names, phrase) for phrase in typed):
        return 0
    return 1 if all(_has(group.names, phrase) or _has(group.about, phrase) for phrase in typed) else 2


def has_name(names: list[list[str]], name: tuple[str, ...]) -> bool:
    """Whether all words of a name that was typed are in some names, whole; no name is in none."""
    return bool(name) and all(any(word in words for words in names) for word in name)


def towns_of_several_words() -> list[list[str]]:
    """The names of towns that have several words, the longest first."""
    towns = [fold(name).split() for name in Town.objects.values_list("name", flat=True)]
    return sorted((words for words in towns if len(words) > 1), key=len, reverse=True)


def read_words(group: SupportGroup, towns: list[list[str]]) -> None:
    """Put on a group the words of its names, of what it is about, and of all that is public of it."""
    organisation = group.organisation
    venue = group.venue
    place = venue or group.town
    town, district = (venue.town if venue else group.town), place.district if place else None
    places = [fold(row.name).split() for row in (town, district) if row is not None]
    terms = [*group.topics.all(), *group.activities.all(), *group.audiences.all(), *group.languages.all()]
    access = venue.access_features.all() if venue and not group.place_is_hidden else []
    group.names = [fold(group.name).split(), *names_of(organisation)]
    group.about = [fold(term.name).split() for term in terms]
    group.texts = [
        _without(fold(group.name).split(), places),
        _without(fold(group.summary).split(), places),
        *(
            text
            for name in (organisation.name, *organisation.former_names)
            for text in _ways_to_write(_without(_without(fold(name).split(), places), towns))
        ),
        *(fold(term.name).split() for term in [*terms, *access]),
        # Of several words only the whole: with a space in it, it is one word that no other begins.
        *([fold(text)] for term in [*terms, *access] for text in term.other_words),
        *([word] for pair in group.answers["when"] for word in pair if word),
        *(fold(name.replace("_", " ")).split() for name in group.answers["format"]),
        *([["free"]] if group.is_free == "yes" else []),
    ]


def names_of(organisation: Organisation) -> list[list[str]]:
    """The names of an organisation as words, its initials, and its names written as one."""
    names = (organisation.name, *organisation.former_names)
    return [text for name in names for text in _ways_to_write(fold(name).split())]


def _ways_to_write(words: list[str]) -> Iterable[list[str]]:
    yield words
    if len(words) >= 3:
        yield ["".join(word[0] for word in words)]
    if len(words) in (2, 3):
        yield ["".join(words)]


def _without(words: list[str], names: list[list[str]]) -> list[str]:
    """The words without those that are a name, which has to be whole."""
    for name in names:
        at = 0
        while at < len(words):
            if words[at : at + len(name)] == name:
                words = words[:at] + words[at + len(name) :]
            else:
                at += 1
    return words


def _has(texts: list[list[str]], typed: Phrase) -> bool:
    return any(_stands_in(phrase, words) for phrase in site_vocabulary().expand(typed) for words in texts)


def _stands_in(phrase: Phrase, words: list[str]) -> bool:
    """Whether a word is there, or begins one, or several follow each other, with or without a final "s"."""
    if len(phrase) == 1:
        is_whole = site_vocabulary().is_whole(phrase[0])
        return any(
            word == phrase[0] or (not is_whole and " " not in word and word.startswith(phrase[0])) for word in words
        )
    runs = [" ".join(words[at : at + len(phrase)]).removesuffix("s") for at in range(len(words))]
    return " ".join(phrase).removesuffix("s") in runs
