"""Our taxonomy: the choices of the site, and the topics, activities and audiences that editors keep."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from msgspec import UNSET

from common.bounded_cache import CACHE
from common.cached_urls import cached_reverse, reverse_slug

from ..models import Activity, Audience, Topic
from .fixed_terms import Term, fixed_terms
from .identifiers import derived_id
from .records import Taxonomy, TaxonomyTerm, known

#: The code of our taxonomy, as terms name it, and its version.
CODE, VERSION = "peerSupport", "1"
TAXONOMY_ID = uuid.UUID(derived_id("", "taxonomy", CODE))
#: The relations of a group to terms that editors keep, with the code of their parent and what each means.
EDITED_TERMS: dict[str, tuple[Any, str, str]] = {
    "topics": (Topic, "topic", "The group says that it is about this."),
    "activities": (Activity, "activity", "The group says that people do this together."),
    "audiences": (Audience, "audience", "The group says that it is for these people."),
}
_NESTED = ("name", "description", "code", "term", "taxonomy", "taxonomy_id", "term_uri")
_ROUGH_BYTES = 600_000


@dataclass(frozen=True)
class Vocabulary:
    """All terms: the records by their codes, parents first, and the codes of rows, by relation and key."""

    records: dict[str, TaxonomyTerm]
    #: The same, without the record of the taxonomy, as they stand in attributes, of which a group has many.
    nested: dict[str, TaxonomyTerm]
    codes: dict[tuple[str, int], str]
    #: Other words that people use, by code.
    other_words: dict[str, list[str]]

    def by_id(self, term_id: uuid.UUID) -> TaxonomyTerm | None:
        """Return the term with an id; None for none."""
        return next((record for record in self.records.values() if record.id == str(term_id)), None)


def taxonomy() -> Taxonomy:
    """Return the record of our taxonomy."""
    return Taxonomy(
        id=str(TAXONOMY_ID),
        name="Peer support groups",
        description="Terms that say how a mental-health peer support group works.",
        uri=f"{settings.SITE_ADDRESS}{cached_reverse('groups:term_list')}",
        version=VERSION,
    )


def vocabulary(version: int | None) -> Vocabulary:
    """Return all terms as of a version of them; None for an unknown version, for which nothing is cached."""
    if version is None:
        return _read()
    found: Vocabulary = CACHE.get_or_make(("terms of the feed", version), _read, lambda _: _ROUGH_BYTES)
    return found


def _read() -> Vocabulary:
    detail = taxonomy()
    records = {term.code: _record(term, _fixed_id(term.code), detail) for term in fixed_terms()}
    codes, other_words = {}, {}
    for relation, (model, parent, meaning) in EDITED_TERMS.items():
        rows: Iterable[Any] = model.objects.order_by("name", "pk").values_list(
            "pk", "public_id", "slug", "name", "other_words"
        )
        for pk, public_id, slug, name, others in rows:
            code = codes[relation, pk] = f"{parent}-{slug}"
            records[code] = _record(Term(code, name, meaning), str(public_id), detail)
            other_words[code] = others
    nested = {code: record.only(*_NESTED) for code, record in records.items()}
    return Vocabulary(records, nested, codes, other_words)


def _record(term: Term, term_id: str, detail: Taxonomy) -> TaxonomyTerm:
    return TaxonomyTerm(
        id=term_id,
        name=term.name,
        description=term.meaning,
        code=term.code,
        term=term.name,
        parent_id=_fixed_id(term.parent_code) if term.parent_code else UNSET,
        taxonomy=known(CODE),
        taxonomy_id=detail.id,
        taxonomy_detail=detail,
        term_uri=f"{settings.SITE_ADDRESS}{reverse_slug('groups:term_detail', term.code)}",
    )


def _fixed_id(code: str) -> str:
    return derived_id("", "term", code)
