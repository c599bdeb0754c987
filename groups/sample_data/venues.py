"""Fictitious venues at real postcodes."""

import random

from groups.models import AccessFeature, Venue

from .context import SampleContext
from .identity import WORD, example_id
from .locations import SampleLocation
from .organisations import Host
from .texts import load_texts, perhaps


def venue_for(context: SampleContext, rng: random.Random, host: Host, *, confidential: bool) -> Venue:
    """Return a venue in the areas of an organisation: a new one, or often one that another of its groups uses."""
    if confidential:
        return _make_venue(context, rng, context.locations.pick(rng, host.district), confidential=True)
    if host.venues and rng.random() < 0.35:
        return rng.choice(host.venues)
    where = rng.random()
    location = (
        host.location if where < 0.2 else context.locations.pick(rng, host.district if where < 0.7 else host.works_in)
    )
    venue = _make_venue(context, rng, location, confidential=False)
    host.venues.append(venue)
    return venue


def _make_venue(context: SampleContext, rng: random.Random, location: SampleLocation, *, confidential: bool) -> Venue:
    texts = load_texts("venues")
    room = perhaps(rng, 0.5, texts["rooms"])
    street = f"{rng.randint(1, 180)} {rng.choice(texts['streets'])}"
    venue = Venue(
        public_id=example_id(rng),
        name=f"{WORD} {rng.choice(texts['names'])}",
        address="\n".join(filter(None, [room, street])),
        town=location.town,
        postcode=location.postcode,
        outward_code=location.postcode.split(" ")[0],
        district=context.locations.areas[location.district_id],
        latitude=location.latitude,
        longitude=location.longitude,
        access_note=perhaps(rng, 0.4, texts["access_notes"]),
        getting_there=perhaps(rng, 0.6, texts["getting_there"]),
        address_is_confidential=confidential,
    )
    # From a generator of its own, so that all other values stay as they were without hours.
    venue.opening_hours = perhaps(random.Random(str(venue.public_id)), 0.3, texts["opening_hours"])
    if rng.random() < 0.02:
        venue.position_is_by_hand = True
        venue.position_reason = rng.choice(texts["by_hand"])
        venue.latitude = round(location.latitude + 0.0008, 5)
    context.writer.add(venue)
    context.writer.link(venue, "access_features", context.sample_terms(rng, AccessFeature, 7))
    return venue
