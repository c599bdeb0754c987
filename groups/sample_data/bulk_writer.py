"""Write many rows in bulk, in dependency order."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.utils.text import slugify

from common.models import related_model
from groups.models import SupportGroup
from groups.short_codes import ALPHABET, LENGTH
from organisations.models import Listing

Row = TypeVar("Row", bound=models.Model)

#: The models in dependency order: each after those that it refers to.
ORDER = [
    "organisations.Organisation",
    "organisations.OrganisationFormerSlug",
    "organisations.OrganisationCheck",
    "organisations.Membership",
    "organisations.Contact",
    "organisations.Resource",
    "organisations.Statement",
    "organisations.Quotation",
    "organisations.EventSeries",
    "organisations.Event",
    "organisations.PeerRole",
    "organisations.PeerRoleCheck",
    "organisations.Training",
    "organisations.TrainingCheck",
    "groups.Venue",
    "groups.SupportGroup",
    "groups.GroupFormerSlug",
    "groups.GroupCheck",
    "groups.Schedule",
    "groups.ScheduleChange",
    "groups.JoiningRoute",
]


class BulkWriter:
    """Collects rows and many-to-many links, and writes them in bulk."""

    def __init__(self) -> None:
        self.written: Counter[type[models.Model]] = Counter()
        self._rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self._links: dict[type[models.Model], list[tuple[models.ManyToManyField, models.Model, models.Model]]]
        self._links = defaultdict(list)

    def add(self, row: Row) -> Row:
        self._rows[type(row)].append(row)
        return row

    def link(self, row: models.Model, name: str, others: Iterable[models.Model]) -> None:
        """Queue `others` for the many-to-many field `name` of a row."""
        field: Any = row._meta.get_field(name)
        self._links[field.remote_field.through] += [(field, row, other) for other in others]

    def write(self) -> None:
        """Write all queued rows without revisions or signals (see `reindex`). Raises KeyError for unordered models."""
        for label in ORDER:
            model: Any = apps.get_model(label)
            rows = self._rows.pop(model, [])
            # The plain queryset: the search index is invalidated once, when everything is written.
            queryset: models.QuerySet[models.Model] = models.QuerySet(model)
            queryset.bulk_create(rows)
            self.written[model] += len(rows)
        if self._rows:
            raise KeyError(f"In what order are these written? {sorted(model._meta.label for model in self._rows)}")
        through: Any
        for through, links in self._links.items():
            through.objects.bulk_create(
                through(**{f"{field.m2m_field_name()}_id": row.pk, f"{field.m2m_reverse_field_name()}_id": other.pk})
                for field, row, other in links
            )
        self._links.clear()


class Slugs:
    """Assigns slugs that no other listing has or had."""

    def __init__(self) -> None:
        self._taken: dict[type[Listing], set[str]] = {}
        self._last: Counter[tuple[type[Listing], str]] = Counter()

    def give(self, listing: Listing) -> None:
        listing.slug = self.free(type(listing), listing.title_for_slug)

    def free(self, model: type[Listing], title: str) -> str:
        """Return a free slug for a title, and reserve it."""
        if model not in self._taken:
            former = related_model(model, "former_slugs").objects.values_list("slug", flat=True)
            self._taken[model] = {*model._default_manager.values_list("slug", flat=True), *former}
        base = slugify(title)[:110]
        slug = base
        while slug in self._taken[model]:
            self._last[model, base] += 1
            slug = f"{base}-{self._last[model, base] + 1}"
        self._taken[model].add(slug)
        return slug


class Codes:
    """Assigns short codes that no other group has."""

    def __init__(self) -> None:
        self._taken = set(SupportGroup.objects.values_list("code", flat=True))

    def give(self, group: SupportGroup, rng: random.Random) -> None:
        while (code := "".join(rng.choices(ALPHABET, k=LENGTH))) in self._taken:
            pass
        self._taken.add(code)
        group.code = code
