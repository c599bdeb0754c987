"""Which groups and organisations are in the feed, and in what order, as of versions of what they depend on."""

import datetime
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from sys import getsizeof
from typing import Any, TypeVar

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet, Value

from common.bounded_cache import CACHE
from common.compiled_queries import values_in_batches
from common.dates import today
from common.models import ContentVersion
from common.models.content_version import PLACES, SITE, TERMS, organisation_version
from organisations.models import Organisation
from places.choices import AreaKind
from places.models import Area

from ..choices import Stage
from ..models import SupportGroup
from .locations import MAIN, Addresses
from .taxonomy import Vocabulary, vocabulary

#: For how many months a group that has ended is in the feed: copies learn from nothing else that it did.
ENDED_FOR = 12
_ORGANISATIONS = "organisations_organisation"
#: The tables that decide which groups are in the feed, and in what order.
OF_GROUPS = ("groups_supportgroup", _ORGANISATIONS)
#: And at which places each group is.
OF_PLACES = (*OF_GROUPS, "groups_schedule", "groups_schedulechange")
_NAMES = (SITE, PLACES, TERMS, *OF_PLACES)
_ROUGH_BYTES_OF_AREAS = 40_000

Made = TypeVar("Made")


#: A row: the primary key of a group, the key of a place of it, and the primary key of its organisation.
Row = tuple[int, int, int]
#: A place of a group: the keys of both.
PlaceKey = tuple[int, int]
#: The day, and the versions of all that the records of an organisation's groups depend on.
Version = tuple[Any, ...]


@dataclass(frozen=True)
class Catalogue:
    """Groups of the feed in their order, each at its own place, or at each of its places, with its organisation."""

    groups: "array[int]"
    places: "array[int]"
    organisations: "array[int]"

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Catalogue":
        """Return the catalogue of some rows."""
        groups, places, organisations = array("I"), array("i"), array("I")
        for group, place, organisation in rows:
            groups.append(group)
            places.append(place)
            organisations.append(organisation)
        return cls(groups, places, organisations)

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, part: slice) -> list[Row]:
        """Return a part of the rows."""
        return list(zip(self.groups[part], self.places[part], self.organisations[part], strict=True))

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.groups) * (2 * self.groups.itemsize + self.places.itemsize)

    def only(self, keys: Collection[int]) -> "Catalogue":
        """Return the rows of the groups with one of some keys, in their order."""
        return Catalogue.of(row for row in self[:] if row[0] in keys)


class Versions:
    """The versions of the directory when a request began, which nothing that it reads is older than."""

    def __init__(self) -> None:
        self.today = today()
        self._numbers = _numbers(_NAMES)

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self._numbers.get(TERMS))

    @property
    def addresses(self) -> Addresses:
        """The areas that addresses name."""
        return self.cached("areas of the feed", (PLACES,), _read_areas, lambda _: _ROUGH_BYTES_OF_AREAS)

    @property
    def groups(self) -> Catalogue:
        """All groups of the feed: published, and not ended for longer than `ENDED_FOR` months."""
        return self.cached("groups of the feed", OF_GROUPS, self._read_groups, lambda made: made.size)

    @property
    def organisations(self) -> "array[int]":
        """The keys of all organisations of the feed, by name."""
        return self.cached("organisations of the feed", (_ORGANISATIONS,), self._read_organisations, getsizeof)

    def of_organisations(self, keys: Iterable[int]) -> dict[int, Version]:
        """Return `{pk: version}` of all that the record of a group of an organisation depends on.

        An organisation without a version, in a database without triggers, is left out: nothing of it may be cached.
        """
        shared = tuple(self._numbers.get(name) for name in (PLACES, TERMS))
        wanted = {organisation_version(pk): pk for pk in keys}
        return {wanted[name]: (self.today, *shared, number) for name, number in _numbers(wanted).items()}

    def _read_groups(self) -> Catalogue:
        rows = feed_groups(self.today).order_by("name", "pk").values_list("pk", Value(MAIN), "organisation_id")
        return Catalogue.of(rows)

    @staticmethod
    def _read_organisations() -> "array[int]":
        return array("I", feed_organisations().order_by("name", "pk").values_list("pk", flat=True))

    def cached(self, kind: str, names: Sequence[str], make: Callable[[], Made], size_of: Callable[[Made], int]) -> Made:
        """Return what is made of the tables, or versions, with some names, once for each of their versions and day."""
        numbers = [self._numbers.get(name) for name in names]
        if None in numbers:
            return make()
        made: Made = CACHE.get_or_make((kind, self.today, *numbers), make, size_of)
        return made


def feed_groups(day: datetime.date) -> QuerySet[SupportGroup]:
    """Return the groups that are in the feed on a day."""
    since = day - relativedelta(months=ENDED_FOR)
    is_in = ~Q(stage=Stage.ENDED) | Q(ended_on__gte=since) | Q(ended_on=None, updated_at__date__gte=since)
    groups: QuerySet[SupportGroup] = SupportGroup.objects.published().of_listed_organisations().filter(is_in)
    return groups


def feed_organisations() -> QuerySet[Organisation]:
    """Return the organisations that are in the feed."""
    organisations: QuerySet[Organisation] = Organisation.objects.published()
    return organisations


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return dict(values_in_batches(_versions, [*names]))


def _versions(names: list[str]) -> QuerySet[ContentVersion, tuple[Any, ...]]:
    return ContentVersion.objects.filter(name__in=names).values_list("name", "number")


def _read_areas() -> Addresses:
    kinds = (AreaKind.NATION, AreaKind.REGION, AreaKind.COUNTY)
    rows = Area.objects.filter(kind__in=kinds).exclude(gss_code=None).values_list("gss_code", "name", "kind")
    return Addresses({str(code): (name, kind) for code, name, kind in rows})
