"""Addresses to ask, the same ones each time for the same data; and edits."""

from itertools import product
from random import Random
from urllib.parse import urlencode

from django.utils import timezone

from groups.models import SupportGroup, Venue
from organisations.models import Organisation
from places.models import Area, Town

WORDS = "anxiety,art,men,walking group,bereavement,low mood,carers,hearing voices,thursday evening,pottary,anxeity"
#: Searches: with words, of a place alone, and by chosen answers alone; the last are the ones that are cached whole.
SEARCHES = "search", "place", "chosen"
#: A kind of page, and its share of all addresses.
SHARES = dict.fromkeys(SEARCHES, 0.15) | dict.fromkeys(("area", "organisation", "feed", "embed"), 0.025)
SHARES |= {"home": 0.05, "group": 0.4}


def different(count: int) -> dict[str, list[str]]:
    """Return at most so many addresses by kind of page (home's have a number that it does not read), and PDFs."""
    groups = list(SupportGroup.objects.listed(timezone.localdate()).order_by("pk").only("slug", "code"))
    towns = [*Town.objects.filter(population__gte=5000).order_by("pk").values_list("name", flat=True)]
    codes = [*Venue.objects.exclude(postcode="").order_by("pk").values_list("postcode", flat=True)]
    rows = {"group": groups, "area": Area.objects.listed(), "organisation": Organisation.objects.published()}
    every = {kind: [row.get_absolute_url() for row in found] for kind, found in rows.items()}
    every["home"], rng = [f"/?visit={number}" for number in range(count)], Random(8)
    # A name that several towns have has no feed, and no frame.
    for kind, path, places in (("place", "", towns + codes), ("feed", "changes.atom", codes), ("embed", "", codes)):
        near = [urlencode({"near": place, "within": miles}) for place in {*places} for miles in (5, 15, 25)]
        every[kind] = [f"{'/embed' * (kind == 'embed')}/groups/{path}?{each}" for each in near]
    answers = product(rows["area"], ("monday", "thursday", "friday"), ("", "&focus=doing", "&joining=just-come"))
    every["chosen"] = [f"/groups/?area={area.slug}&day={day}{more}" for area, day, more in answers]
    every["search"] = [f"{place}&{urlencode({'q': rng.choice(WORDS.split(','))})}" for place in sorted(every["place"])]
    chosen = {kind: rng.sample(sorted(every[kind]), len(every[kind]))[: int(count * SHARES[kind])] for kind in SHARES}
    lists = (",".join(group.code for group in groups[start::25][:7]) for start in range(25))
    return chosen | {"PDF": [f"/lists/list.pdf?list={each}" for each in lists]}


def edit(number: int) -> None:
    """Change a listed group as an editor does, history and all."""
    group = SupportGroup.objects.listed(timezone.localdate()).order_by("pk")[number]
    group.summary = f"{group.summary[:100]} {timezone.now():%H%M%S}"
    group.save()
