"""The directories that are searched: the real one alone, and among 2,000 examples."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from groups.choices import Joining, Stage
from groups.models import Audience, SupportGroup, Topic
from groups.sample_data.make import make_examples
from groups.search.facets import url_value
from groups.seed_data.load import load_directory
from organisations.choices import YesNo
from places.distance import distance_miles
from places.loading.gazetteer import load_gazetteer
from places.models import GazetteerLoad
from tests.template_database import KeptDatabase

#: The clock of every search: a Saturday morning.
NOW = datetime.datetime(2026, 11, 28, 9, tzinfo=datetime.UTC)


def _fill_with_seed() -> None:
    # Every postcode, where the template has a sample: examples lie at them. Its files count as loaded already.
    GazetteerLoad.objects.all().delete()
    load_gazetteer()
    load_directory()


def _fill_with_examples() -> None:
    make_examples(2000, seed=1, today=NOW.date())


SEED = KeptDatabase("seed", _fill_with_seed, ("groups/seed_data/**/*", "tests/relevance/directories.py"))
EXAMPLES = KeptDatabase("examples", _fill_with_examples, ("groups/sample_data/**/*",), copied_from=SEED)


@dataclass(frozen=True)
class Facts:
    """What the directory holds of a group, in the values that a query string has."""

    name: str
    #: Name, organisation, summary and terms, folded.
    text: str
    district: str
    #: Latitude and longitude of the public place, or None.
    point: tuple[float, float] | None
    audiences: frozenset[str]
    topics: frozenset[str]
    focus: str
    joining: str
    stage: str
    is_free: bool
    is_online: bool
    is_step_free: bool

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.RUNNING and self.joining != Joining.CLOSED

    def has_any(self, pieces: Iterable[str]) -> bool:
        """Whether one of the pieces is in the text: whole words, or with * at the end the beginning of one."""
        return any(re.search(_pattern(piece), self.text) for piece in pieces)

    def name_has(self, piece: str) -> bool:
        return fold(piece) in fold(self.name)

    def miles_from(self, centre: tuple[float, float]) -> float | None:
        """The distance of the public place; None without one."""
        return None if self.point is None else distance_miles(*centre, *self.point)


#: The relations of a group whose names are among its words.
_TERMS = ("topics", "activities", "audiences", "languages")


@dataclass
class Directory:
    """The directory that the connection leads to, read once."""

    _known: dict[str, Facts] = field(default_factory=dict)

    def facts(self, slugs: list[str]) -> list[Facts]:
        """Return the facts of the groups at some slugs, in that order."""
        if missing := set(slugs) - self._known.keys():
            groups = SupportGroup.objects.filter(slug__in=missing).with_place().for_cards()
            read = groups.prefetch_related(*_TERMS, "venue__access_features")
            self._known |= {group.slug: _facts(group) for group in read}
        return [self._known[slug] for slug in slugs]

    @cached_property
    def audiences_and_topics(self) -> list[str]:
        return [*Audience.objects.values_list("name", flat=True), *Topic.objects.values_list("name", flat=True)]


def fold(text: str) -> str:
    """The text in small letters, with straight quotation marks."""
    return text.casefold().translate(str.maketrans("‘’“”", "''\"\""))


def _pattern(piece: str) -> str:
    begins = rf"(?<!\w){re.escape(fold(piece.removesuffix('*')))}"
    return begins if piece.endswith("*") else rf"{begins}(?!\w)"


def _facts(group: SupportGroup) -> Facts:
    organisation = group.organisation
    terms = [term for relation in _TERMS for term in getattr(group, relation).all()]
    names = [group.name, organisation.name, *organisation.former_names, group.summary, *(term.name for term in terms)]
    access = group.venue.access_features.all() if group.venue and group.can_be_visited else []
    return Facts(
        name=group.name,
        text=fold("\n".join(names)),
        district=group.district.name if group.district else "",
        point=None if group.place_latitude is None else (group.place_latitude, group.place_longitude),
        audiences=frozenset(term.slug for term in group.audiences.all()),
        topics=frozenset(term.slug for term in group.topics.all()),
        focus=url_value(group.focus),
        joining=url_value(group.joining),
        stage=url_value(group.stage),
        is_free=group.is_free == YesNo.YES,
        is_online=group.meets_online,
        is_step_free=any(feature.slug == "step-free-entrance" for feature in access),
    )
