"""Where example groups meet: at real postcodes, in venues that do not exist."""

import random

from groups.models import AccessFeature, Venue

from .context import SampleContext
from .identity import WORD, example_id
from .locations import SampleLocation
from .organisations import Host
from .texts import perhaps, words


def venue_for(world: SampleContext, rng: random.Random, host: Host, *, confidential: bool) -> Venue:
    """A venue in the organisation's district or where else it works; often one that another group of its uses."""
    if confidential:
        return _make_venue(world, rng, world.spots.pick(rng, host.district), confidential=True)
    if host.venues and rng.random() < 0.35:
        return rng.choice(host.venues)
    where = rng.random()
    spot = host.spot if where < 0.2 else world.spots.pick(rng, host.district if where < 0.7 else host.works_in)
    venue = _make_venue(world, rng, spot, confidential=False)
    host.venues.append(venue)
    return venue


def _make_venue(world: SampleContext, rng: random.Random, spot: SampleLocation, *, confidential: bool) -> Venue:
    texts = words("venues")
    room = perhaps(rng, 0.5, texts["rooms"])
    street = f"{rng.randint(1, 180)} {rng.choice(texts['streets'])}"
    venue = Venue(
        public_id=example_id(rng),
        name=f"{WORD} {rng.choice(texts['names'])}",
        address="\n".join(filter(None, [room, street])),
        town=spot.town,
        postcode=spot.postcode,
        outward_code=spot.postcode.split(" ")[0],
        district=world.spots.areas[spot.district_id],
        latitude=spot.latitude,
        longitude=spot.longitude,
        access_note=perhaps(rng, 0.4, texts["access_notes"]),
        getting_there=perhaps(rng, 0.6, texts["getting_there"]),
        address_is_confidential=confidential,
    )
    if rng.random() < 0.02:
        venue.position_is_by_hand = True
        venue.position_reason = rng.choice(texts["by_hand"])
        venue.latitude = round(venue.latitude + 0.0008, 5)
    world.batch.add(venue)
    world.batch.link(venue, "access_features", world.some_terms(rng, AccessFeature, 7))
    return venue
