"""Reads a text as the name of a place, the places it is in, and words around it such as "near". Pure."""

import re
from dataclasses import dataclass

from common.text import fold_name

COUNTRY = {"uk", "united kingdom", "gb", "great britain"}
_MOST_WORDS = 10

_ONLY_THE_AREA = re.compile(r" the whole (?:nation|region|county|district|area)$")
#: "Ash near Sandwich": the second is a place that the first is in, or by.
_BY = re.compile(r" (?:near|nr|close to|next to|by|outside|in) ")

_PREPOSITIONS = re.compile(
    r"^(?:near|nr|near to|around|round|close to|next to|by|in|at|from|outside|outside of|within|local to|nearby|"
    r"anywhere|somewhere|i live|im|live|the|my|our) "
)
_AFTERWARDS = re.compile(
    r" (?:please|or near by|or nearby|nearby|near by|and around|"
    r"(?:(?:and|or) )?(?:the )?surrounding(?: areas?| villages?| districts?)?|and (?:the )?areas?(?: around)?)$"
)
_CENTRE = "(?:city|town|village) (?:centre|center)|centre|center|central"
_BEFORE = re.compile(
    rf"^(?:central|greater|inner|outer|downtown|(?:city|town|village|county|borough|district|area) of|"
    rf"(?:{_CENTRE}) of|[abm][0-9]{{1,4}}) "
)
_AFTER = re.compile(
    rf" (?:{_CENTRE}|(?:north|south|east|west) (?:end|side)|areas?|region|district|city|town|village|suburbs?|"
    r"(?:(?:train|railway|rail|bus|tube|metro|underground|tram) )?station|[abm][0-9]{1,4})$"
)
_LONG = {"gt": "great", "gtr": "greater", "n": "north", "nth": "north", "s": "south", "sth": "south", "e": "east"}
_LONG |= {"w": "west", "mt": "mount", "lwr": "lower", "upr": "upper", "lt": "little", "mkt": "market"}
#: A side of a town is near it. Of an area it is another place, perhaps.
_SIDE = re.compile(r"^(?:(?:north|south)(?: ?(?:east|west))?|east|west|[ns][ew]?|[ew]) ")


@dataclass(frozen=True)
class Reading:
    """A reading of the text as a name and the places that it is in: "Newport", ("Isle of Wight",)."""

    name: str
    qualifiers: tuple[str, ...] = ()
    #: Set apart by commas, or by "near": qualifiers that are no known names are ignored.
    comma: bool = False
    #: "Fylde (the whole district)", as in our own links: the area, not the town.
    only_area: bool = False
    #: "Leeds, Headingley": the wider place first. It must be known.
    reversed: bool = False


def readings_of(text: str) -> list[Reading]:
    """Return the readings of a text, the likeliest first."""
    parts = [part for part in map(fold_name, text.split(",")) if part]
    if len(parts) > 1 and parts[-1] in COUNTRY:
        parts.pop()
    words = " ".join(parts).split()
    for country in COUNTRY:
        words = " ".join(words).removesuffix(f" {country}").split()
    whole = " ".join(words)
    if _ONLY_THE_AREA.search(whole):
        return [Reading(_ONLY_THE_AREA.sub("", whole), only_area=True)]
    readings = [Reading(whole)]
    # House and flat numbers of an address: "12 High Street, Margate".
    while len(parts) > 1 and any(char.isdigit() for char in parts[0]):
        parts.pop(0)
    if len(parts) > 1:
        readings += [Reading(parts[0], tuple(parts[1:]), comma=True)]
    elif "," in text and parts:
        readings += [Reading(parts[0])]
    else:
        readings += [Reading(*_split(whole, match), comma=True) for match in _BY.finditer(whole)]
    if len(words) <= _MOST_WORDS:
        readings += [
            Reading(" ".join(words[:cut]), (" ".join(words[cut:]),)) for cut in range(len(words) - 1, 0, -1)
        ]  # fmt: skip
        if len(parts) > 1:
            readings += [Reading(parts[-1], tuple(parts[:-1]), reversed=True)]
        elif "," not in text:
            readings += [
                Reading(" ".join(words[cut:]), (" ".join(words[:cut]),), reversed=True) for cut in range(1, len(words))
            ]
    return [reading for reading in readings if reading.name]


def expanded(text: str) -> str:
    """Return the folded text with short words written out: "gt yarmouth" is "great yarmouth"."""
    return ", ".join(" ".join(_LONG.get(word, word) for word in part.split()) for part in folded(text).split(", "))


def folded(text: str) -> str:
    """Return the folded text with its commas."""
    return ", ".join(part for part in map(fold_name, text.split(",")) if part)


def without_prepositions(text: str) -> str:
    """Return the folded text without "near", "around", "please" and so on, where another word is left."""
    return _shortened(text, _PREPOSITIONS, _AFTERWARDS)


def without_light_words(text: str) -> str:
    """Return the folded text without "central", "city centre", "area", "station" and so on; see above."""
    return _shortened(text, _BEFORE, _AFTER)


def without_side(text: str) -> str:
    """Return the folded text without "north", "south east" and so on at its start; itself if it has none."""
    return _SIDE.sub("", folded(text))


def _shortened(text: str, before: re.Pattern[str], after: re.Pattern[str]) -> str:
    parts = []
    for part in folded(text).split(", "):
        longer = ""
        while part != longer:
            longer, part = part, after.sub("", before.sub("", part, count=1), count=1)
        parts.append(part)
    return ", ".join(parts)


def _split(whole: str, match: re.Match[str]) -> tuple[str, tuple[str, ...]]:
    return whole[: match.start()], (whole[match.end() :],)
