"""Lookup tables of what groups refer to, read once per load: areas, organisations and terms."""

from collections.abc import Collection, Iterable
from copy import copy
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet

from common.compiled_queries import values_in_batches
from common.text import fold
from groups.models import AccessFeature, Activity, Audience, Language, Topic
from organisations.models import Organisation
from places.models import Town

from ..index.document import FACETS, Term
from ..synonyms import Vocabulary, key_of, phrase_of, site_vocabulary
from .area_table import AreaTable

#: The models of what editors add words to; the rows of most are the options of a facet.
EDITABLE_TERMS = {
    "topic": Topic,
    "activity": Activity,
    "audience": Audience,
    "access": AccessFeature,
    "language": Language,
}


#: What of `Lookups` are caches.
_CACHES = (
    *("words_of_organisation", "words_without_towns", "folded", "folded_text", "words_of_text"),
    *("areas_containing", "areas_overlapping"),
)
#: The most texts of groups in each of two of them: most are of one group alone, and come once.
_TEXTS = 4096


class Lookups:
    """Areas, organisations and terms, by key."""

    def __init__(self, terms_version: int | None = None) -> None:
        """Read everything. The version of terms was read before, so that they may be newer, and never older."""
        self.terms_version = terms_version
        self.areas = AreaTable()
        self._empty_caches()
        self._towns = frozenset(Town.objects.filter(folded_name__contains=" ").values_list("folded_name", flat=True))
        self._first_of_town = frozenset(name.split(" ", 1)[0] for name in self._towns)
        self._read_terms()
        self._read_organisations(_names_of(Organisation.objects.all()).iterator())

    def refreshed_for(self, groups: Collection[int], terms_version: int | None) -> "Lookups":
        """Return a copy with the organisations of some groups read again, and terms, if any has changed.

        Areas are shared: a change to an area rebuilds the snapshot.
        """
        lookups = copy(self)
        # A database without triggers has no version.
        if not terms_version or terms_version != self.terms_version:
            lookups.terms_version = terms_version
            lookups._read_terms()
        lookups._read_organisations(values_in_batches(_organisations_of, groups))
        return lookups

    def vocabulary_and_terms(self) -> tuple[Vocabulary, dict[str, dict[str, str]]]:
        """Return the site's vocabulary with the other words of terms, and `{facet: {slug: name}}`."""
        vocabulary = site_vocabulary().with_other_words(
            (name, other_words) for rows in self.term_rows.values() for *_, name, other_words in rows
        )
        return vocabulary, {facet: {slug: name for _, slug, name, _ in rows} for facet, rows in self.term_rows.items()}

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process makes the same lookups of: without the caches, which hold functions."""
        return {name: value for name, value in self.__dict__.items() if name not in _CACHES}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._empty_caches()

    def freeze(self) -> None:
        """Free what only a load of all groups needs."""
        self.organisations: dict[int, tuple[str, ...]] = {}
        self._empty_caches()

    def _read_organisations(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.organisations = {pk: (name, *former) for pk, name, former in rows}

    def _words_without_towns(self, name: str) -> tuple[str, ...]:
        """Return the words of a folded name of an organisation without the names of towns of several words.

        No piece of one is a word of a group.
        """
        words = name.split()
        if self._first_of_town.isdisjoint(words):
            return words_of_organisation(name)
        others, start = [], 0
        while start < len(words):
            longest = _LONGEST_TOWN if words[start] in self._first_of_town else 1
            lengths = range(min(longest, len(words) - start), 1, -1)
            town = next((size for size in lengths if " ".join(words[start : start + size]) in self._towns), 0)
            others += words[start : start + (0 if town else 1)]
            start += town or 1
        return words_of_organisation(" ".join(others))

    def _read_terms(self) -> None:
        columns = ("pk", "slug", "name", "other_words")
        self.term_rows = {facet: list(model.objects.values_list(*columns)) for facet, model in EDITABLE_TERMS.items()}
        self.terms = {
            facet: {
                pk: Term(
                    ((facet, slug),) if facet in FACETS else (),
                    words_of_term(name, others),
                    # No word of a search for access stands for what a group is about.
                    topic_words=() if facet == "access" else words_of_term(name, ()),
                )
                for pk, slug, name, others in rows
            }
            for facet, rows in self.term_rows.items()
        }

    def _empty_caches(self) -> None:
        self.words_of_organisation = cache(words_of_organisation)
        self.words_without_towns = cache(self._words_without_towns)
        # Of places and organisations, which many groups have in common.
        self.folded = cache(fold)
        self.folded_text, self.words_of_text = lru_cache(_TEXTS)(fold), lru_cache(_TEXTS)(words_of_folded)
        # Many groups share a district, or serve the same areas.
        self.areas_containing = cache(self._areas_containing)
        self.areas_overlapping = cache(self._areas_overlapping)

    def _areas_containing(self, district: int | None, code: str) -> tuple[int, ...]:
        """Return the keys of the areas that contain a district, or the part of it with an outward code."""
        return tuple({area for area, part in self.areas.areas_of_district.get(district or 0, ()) if part in ("", code)})

    def _areas_overlapping(self, areas: tuple[int, ...]) -> tuple[int, ...]:
        """Return the keys of the areas that overlap any of the given ones."""
        return tuple({other for area in areas for other in self._overlapping(area)})

    def _overlapping(self, area: int) -> Iterable[int]:
        return {
            other
            for district, code in self.areas.parts_of_area[area]
            for other, part in self.areas.areas_of_district[district]
            if not code or not part or code == part
        }


def _names_of(organisations: QuerySet[Organisation]) -> QuerySet[Organisation, tuple[Any, ...]]:
    return organisations.order_by().values_list("pk", "name", "former_names")


def _organisations_of(groups: list[int]) -> QuerySet[Organisation, tuple[Any, ...]]:
    return _names_of(Organisation.objects.filter(groups__in=groups))


def words_of_organisation(name: str) -> tuple[str, ...]:
    """Return the words of the name of an organisation, its initials, and the name without spaces: "net", "takeoff"."""
    words = fold(name).split()
    others = list(map(key_of, site_vocabulary().phrases_in(words)))
    others += ["".join(word[0] for word in words)] if len(words) >= _INITIALS else []
    others += ["".join(words)] if 1 < len(words) <= _JOINED else []
    return tuple(dict.fromkeys([*words, *others]))


#: The most words of the name of a town that are looked for in other names.
_LONGEST_TOWN = 4
#: The fewest words of a name that is known by its initials, and the most that are written as one.
_INITIALS, _JOINED = 3, 3


def words_of_term(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a name of a term with the phrases in it, and its other words.

    One of several words counts as a whole alone: a shed is no group for men because people say "men's shed".
    """
    words = [*words_and_phrases(name)]
    for phrase in map(phrase_of, (name, *others)):
        words += phrase if len(phrase) == 1 else [key_of(phrase)]
    return tuple(dict.fromkeys(words))


def words_and_phrases(text: str) -> tuple[str, ...]:
    """Return the distinct folded words of a text, and the phrases of the site's vocabulary in it: "low mood"."""
    return words_of_folded(fold(text))


def words_of_folded(text: str) -> tuple[str, ...]:
    """Return what `words_and_phrases` does, of a folded text."""
    words = text.split()
    return tuple(dict.fromkeys([*words, *map(key_of, site_vocabulary().phrases_in(words))]))
