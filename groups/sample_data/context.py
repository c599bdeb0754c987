"""What all sample data shares: seed, date, locations, vocabulary terms, used names and the bulk writer."""

import datetime
import random
from collections.abc import Iterable
from typing import Any

from common.models import related_model
from groups.models import AccessFeature, Activity, Audience, Language, Term, Topic
from organisations.choices import CheckedBy, Publication
from organisations.models import Listing, Organisation

from .bulk_writer import BulkWriter, Codes, Slugs
from .identity import SOURCE, WORD, example_id
from .locations import SampleLocations
from .texts import weighted_share

#: `{range of days since the last check: weight}`: fresh, due, overdue, lapsed; None is never checked.
_CHECK_AGES = {(1, 175): 55, (190, 265): 15, (285, 450): 10, (470, 900): 8, None: 12}


class SampleContext:
    """The shared state of one run. Deterministic for the same seed and date."""

    def __init__(self, seed: int, today: datetime.date) -> None:
        self.seed = seed
        self.today = today
        self.locations = SampleLocations(seed)
        self.writer = BulkWriter()
        self.slugs = Slugs()
        self.codes = Codes()
        self._names = set(Organisation.objects.values_list("name", flat=True))
        self._terms: dict[type[Term], dict[str, Term]] = {
            model: {term.name: term for term in model.objects.order_by("name")}
            for model in (AccessFeature, Activity, Audience, Language, Topic)
        }

    def random_for(self, number: int) -> random.Random:
        """Return the random generator for an organisation and everything that belongs to it."""
        return random.Random(f"{self.seed}/{number}")

    def terms(self, model: type[Term], names: Iterable[str]) -> list[Term]:
        """Return the terms with these names, without those that editors have deleted."""
        return [self._terms[model][name] for name in names if name in self._terms[model]]

    def sample_terms(self, rng: random.Random, model: type[Term], at_most: int) -> list[Term]:
        """Return up to `at_most` random terms of a model."""
        every = list(self._terms[model].values())
        return rng.sample(every, min(len(every), rng.randint(0, at_most)))

    def unused_name(self, name: str, place: str) -> str:
        """Return an unused name for an organisation, and reserve it."""
        wanted = f"{WORD} {name}"[:100]
        candidate, number = wanted, 1
        if candidate in self._names and place not in wanted:
            candidate = wanted = f"{wanted} ({place})"[:112]
        while candidate in self._names:
            number += 1
            candidate = f"{wanted} {number}"
        self._names.add(candidate)
        return candidate

    def provenance(self, rng: random.Random) -> dict[str, Any]:
        """Return the fields that mark a row as an example: identity and source."""
        return {
            "public_id": example_id(rng),
            "source_name": SOURCE,
            "source_dated": weighted_share(rng, {"": 8, "undated": 1, f"{self.today:%B %Y}": 1}),
        }

    def publication(self, rng: random.Random) -> Publication:
        return weighted_share(rng, {Publication.PUBLISHED: 97, Publication.DRAFT: 2, Publication.WITHDRAWN: 1})

    def day(self, rng: random.Random, first: int, last: int) -> datetime.date:
        """Return a random date from `first` to `last` days after today; negative is before."""
        return self.today + datetime.timedelta(days=rng.randint(first, last))

    def add_checks(self, rng: random.Random, listing: Listing) -> None:
        """Add up to three past checks of a listing, or none."""
        model = related_model(type(listing), "checks")
        between = weighted_share(rng, _CHECK_AGES)
        if between is None:
            return
        ago = rng.randint(*between)
        for number in range(weighted_share(rng, {1: 6, 2: 3, 3: 1})):
            day = self.today - datetime.timedelta(days=ago + number * rng.randint(150, 220))
            how = rng.choice(CheckedBy.values)
            note = weighted_share(rng, {"": 4, "Rang the office; all as it was.": 1, "New time, same place.": 1})
            self.writer.add(model(listing=listing, checked_on=day, checked_by=how, note=note))

    def add_former_slug(self, rng: random.Random, listing: Listing, former: str) -> None:
        """Give 3% of listings a former slug."""
        if rng.random() < 0.03:
            model = related_model(type(listing), "former_slugs")
            self.writer.add(model(listing=listing, slug=self.slugs.free(type(listing), f"{WORD} {former}")))
