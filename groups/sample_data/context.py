"""What all examples share: the places, the words groups are found by, the day, and who has which name already."""

import datetime
import random
from collections.abc import Iterable

from groups.models import AccessFeature, Activity, Audience, Language, Term, Topic
from organisations.choices import CheckedBy, Publication
from organisations.models import Listing, Organisation

from .bulk_writer import BulkWriter, Codes, Slugs
from .identity import SOURCE, WORD, example_id
from .locations import SampleLocations
from .texts import weighted_share

#: How many days ago listings were last checked, and in what share: fresh, due, overdue, lapsed; the rest, never.
_CHECKED = {(1, 175): 55, (190, 265): 15, (285, 450): 10, (470, 900): 8, None: 12}


class SampleContext:
    """Everything that the makers of examples ask for. The same seed and day give the same answers."""

    def __init__(self, seed: int, today: datetime.date) -> None:
        self.seed = seed
        self.today = today
        self.spots = SampleLocations(seed)
        self.batch = BulkWriter()
        self.slugs = Slugs()
        self.codes = Codes()
        self._names = set(Organisation.objects.values_list("name", flat=True))
        self._terms = {
            model: {term.name: term for term in model.objects.order_by("name")}
            for model in (AccessFeature, Activity, Audience, Language, Topic)
        }

    def dice(self, number: int) -> random.Random:
        """The chance by which an organisation, and all that is its own, is made."""
        return random.Random(f"{self.seed}/{number}")

    def terms(self, model: type[Term], names: Iterable[str]) -> list[Term]:
        """The words of these names: those that editors have kept."""
        return [self._terms[model][name] for name in names if name in self._terms[model]]

    def some_terms(self, rng: random.Random, model: type[Term], at_most: int) -> list[Term]:
        """Any few words of a kind."""
        every = list(self._terms[model].values())
        return rng.sample(every, min(len(every), rng.randint(0, at_most)))

    def free_name(self, name: str, place: str) -> str:
        """A name for an organisation that no other has."""
        wanted = f"{WORD} {name}"[:100]
        chosen, number = wanted, 1
        if chosen in self._names and place not in wanted:
            chosen = wanted = f"{wanted} ({place})"[:112]
        while chosen in self._names:
            number += 1
            chosen = f"{wanted} {number}"
        self._names.add(chosen)
        return chosen

    def marks(self, rng: random.Random) -> dict:
        """What every example says of where it comes from."""
        return {
            "public_id": example_id(rng),
            "source_name": SOURCE,
            "source_dated": weighted_share(rng, {"": 8, "undated": 1, f"{self.today:%B %Y}": 1}),
        }

    def publication(self, rng: random.Random) -> Publication:
        return weighted_share(rng, {Publication.PUBLISHED: 97, Publication.DRAFT: 2, Publication.WITHDRAWN: 1})

    def day(self, rng: random.Random, first: int, last: int) -> datetime.date:
        """Some day between so many days from today and so many; before today if negative."""
        return self.today + datetime.timedelta(days=rng.randint(first, last))

    def check(self, rng: random.Random, listing: Listing) -> None:
        """Let somebody have checked a listing once or more, or never."""
        model = listing._meta.get_field("checks").related_model
        between = weighted_share(rng, _CHECKED)
        if between is None:
            return
        ago = rng.randint(*between)
        for number in range(weighted_share(rng, {1: 6, 2: 3, 3: 1})):
            day = self.today - datetime.timedelta(days=ago + number * rng.randint(150, 220))
            how = rng.choice(CheckedBy.values)
            note = weighted_share(rng, {"": 4, "Rang the office; all as it was.": 1, "New time, same place.": 1})
            self.batch.add(model(listing=listing, checked_on=day, checked_by=how, note=note))

    def once_named(self, rng: random.Random, listing: Listing, former: str) -> None:
        """Let a few listings have had another address before, which leads to them still."""
        if rng.random() < 0.03:
            model = listing._meta.get_field("former_slugs").related_model
            self.batch.add(model(listing=listing, slug=self.slugs.free(type(listing), f"{WORD} {former}")))
