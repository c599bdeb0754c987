"""Two hundred searches as people type them, the same ones on every run and database."""

import random
from urllib.parse import urlencode

COUNT = 200

TOWNS = [
    "Margate",
    "Canterbury",
    "Leeds",
    "Bristol",
    "Sheffield",
    "Hull",
    "Newport",
    "Newcastle",
    "Plymouth",
    "Norwich",
    "Cardiff",
    "Swansea",
    "Wrexham",
    "Bangor",
    "Edinburgh",
    "Glasgow",
    "Aberdeen",
    "Dundee",
    "Inverness",
    "Guisborough",
    "Redcar",
    "Chard",
    "Yeovil",
    "Taunton",
    "Truro",
    "Penzance",
    "Carlisle",
    "Lincoln",
    "Derby",
    "Coventry",
    "Ipswich",
    "Brighton",
    "Exeter",
    "Bath",
    "York",
    "Durham",
    "Preston",
    "Bolton",
    "Luton",
    "Croydon",
]
POSTCODES = ["CT9 1AE", "ct91ae", "TA20 1AA", "TS14 6AB", "EH1 1BB", "LS1 4AP", "M1 1AE", "BS1 4DJ", "cf10 1aa"]
PARTS = ["CT9", "TA20 1", "LL11", "G1", "E11", "S1 2", "NE1", "B1"]
AREAS = ["Kent", "Somerset", "East Kent", "Cornwall", "Wales", "London", "Leeds", "Redcar and Cleveland", "Scotland"]
MISSPELT = ["Margte", "Guisbro", "Cantebury", "Middlesborough", "Edinborough", "Torqay"]
AREA_SLUGS = ["kent", "somerset", "cornwall", "leeds", "england", "scotland", "wales", "redcar-and-cleveland"]
WORDS = [
    "anxiety",
    "depressed",
    "art",
    "men",
    "walking group",
    "bereavement",
    "low mood",
    "tea and talk",
    "women",
    "carers",
    "bipolar",
    "hearing voices",
    "creative writing",
    "gardening",
    "art group thursday evening",
    "ptsd",
    "blokes",
    "trauma",
    "singing",
    "young people",
    "pottary",
    "anxeity",
]
FACETS = [
    ("focus", "talking"),
    ("focus", "doing"),
    ("joining", "just-come"),
    ("joining", "contact-first"),
    ("day", "monday"),
    ("day", "thursday"),
    ("day", "saturday"),
    ("time", "evening"),
    ("time", "morning"),
    ("format", "online"),
    ("format", "in-person"),
    ("free", "yes"),
    ("services", "while-waiting"),
    ("audience", "men"),
    ("topic", "anxiety"),
]


def searches() -> list[str]:
    """Return the query strings: two thirds have a place, a third words, half a facet, some a page or an order."""
    rng = random.Random(8)
    places = [("near", place) for place in TOWNS * 2 + POSTCODES * 4 + PARTS * 2 + AREAS * 2 + MISSPELT]
    places += [("area", slug) for slug in AREA_SLUGS * 2]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        parameters = []
        if rng.random() < 0.67:
            parameters.append(rng.choice(places))
            if rng.random() < 0.25:
                parameters.append(("within", rng.choice([3, 5, 15, 25, 50])))
        if rng.random() < 0.33:
            parameters.append(("q", rng.choice(WORDS)))
        if rng.random() < 0.5:
            parameters += rng.sample(FACETS, rng.choice([1, 1, 2, 3]))
        if rng.random() < 0.15:
            parameters.append(("sort", rng.choice(["soonest", "name"])))
        if rng.random() < 0.2:
            parameters.append(("page", rng.choice([2, 3, 5])))
        found[urlencode(parameters)] = None
    return list(found)
