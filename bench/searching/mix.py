"""Two hundred searches as people type them: the same ones every time, on every database."""

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
    """The query strings: two thirds name a place, a third words, half a filter, some another page or order."""
    dice = random.Random(8)
    places = [("near", place) for place in TOWNS * 2 + POSTCODES * 4 + PARTS * 2 + AREAS * 2 + MISSPELT]
    places += [("area", slug) for slug in AREA_SLUGS * 2]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        asked = []
        if dice.random() < 0.67:
            asked.append(dice.choice(places))
            if dice.random() < 0.25:
                asked.append(("within", dice.choice([3, 5, 15, 25, 50])))
        if dice.random() < 0.33:
            asked.append(("q", dice.choice(WORDS)))
        if dice.random() < 0.5:
            asked += dice.sample(FACETS, dice.choice([1, 1, 2, 3]))
        if dice.random() < 0.15:
            asked.append(("sort", dice.choice(["soonest", "name"])))
        if dice.random() < 0.2:
            asked.append(("page", dice.choice([2, 3, 5])))
        found[urlencode(asked)] = None
    return list(found)
