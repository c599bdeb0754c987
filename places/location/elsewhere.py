"""Recognises places that the directory does not cover: Crown Dependencies and the Republic of Ireland."""

import re
import unicodedata

from common.spelling import edit_distance
from common.text import fold_name

from .names import find_name
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

REASON = "This directory does not cover {place}. You can still look at online groups."
NUMBER_REASON = "A number alone is not a place. Type a town, such as Margate, or a postcode, such as CT9."

IRELAND = "the Republic of Ireland"
ISLAND_BY_POSTCODE_AREA = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
#: Their names. One at the end of a text is the place that the rest is in: "Ramsey, Isle of Man".
_TERRITORIES = {
    "jersey": "Jersey",
    "guernsey": "Guernsey",
    "sark": "Sark",
    "alderney": "Alderney",
    "herm": "Herm",
    "channel islands": "the Channel Islands",
    "channel isles": "the Channel Islands",
    "isle of man": "the Isle of Man",
    "iom": "the Isle of Man",
    "ireland": IRELAND,
    "eire": IRELAND,
    "roi": IRELAND,
}
#: Towns there that share their names with no place of ours; matched alone or between commas.
_TOWNS = {"st helier": "Jersey", "st peter port": "Guernsey"} | dict.fromkeys(
    (
        *("dublin", "cork", "galway", "limerick", "waterford", "drogheda", "dundalk", "sligo", "letterkenny"),
        *("donegal", "county donegal", "co donegal", "monaghan", "cavan", "leitrim", "county cork", "county dublin"),
    ),
    IRELAND,
)
#: Names long and distinct enough to be recognised with one slip.
_WITH_A_SLIP = ("jersey", "guernsey", "isle of man", "channel islands", "ireland", "dublin")

_COUNTRY = re.compile(r" (?:uk|united kingdom|gb|great britain)$")
_DISTRICT = re.compile(r" [0-9]{1,2}w?$")  # "Dublin 4"
_NORTH = re.compile(r"\b(?:north(?:ern)?|nth|n) (?:of )?ireland$")
# A postcode of the Republic of Ireland: "D02 X285". The second half always tells it from one of ours.
_EIRCODE = re.compile(r"[AC-FHKNPRTV-Y][0-9][0-9W]\s?[0-9AC-FHKNPRTV-Y]{4}", re.IGNORECASE)


def find_number(text: str) -> PlaceNotFound | None:
    """Return `PlaceNotFound` for a number without letters, which is no slip for a postcode; None for anything else."""
    plain = unicodedata.normalize("NFKC", text)
    has_letters = any(char.isalpha() for char in plain)
    return None if has_letters or not any(char.isdecimal() for char in plain) else PlaceNotFound(text, NUMBER_REASON)


def find_eircode(text: str) -> PlaceNotFound | None:
    """Return `PlaceNotFound` for a postcode of the Republic of Ireland; None for anything else."""
    return PlaceNotFound(text, REASON.format(place=IRELAND)) if _EIRCODE.fullmatch(text) else None


def find_elsewhere(text: str) -> PlaceNotFound | None:
    """Return `PlaceNotFound` if the text names a place that the directory does not cover; else None."""
    parts = [part for part in map(fold_name, text.split(",")) if part]
    whole = _COUNTRY.sub("", " ".join(parts))
    if _NORTH.search(whole):
        return None
    known = _TERRITORIES | _TOWNS
    place = next((known[part] for part in (whole, *parts, _DISTRICT.sub("", whole)) if part in known), "")
    place = place or next((place for name, place in _TERRITORIES.items() if whole.endswith(f" {name}")), "")
    if not place or (place == IRELAND and _is_in_the_north(whole)):
        return None
    return PlaceNotFound(text, REASON.format(place=place))


def find_misspelt_elsewhere(text: str) -> PlaceNotFound | None:
    """Return `PlaceNotFound` for such a place misspelt by one slip, such as "Gurnsey"; else None."""
    name = fold_name(text)
    for known in _WITH_A_SLIP:
        if name[:1] == known[0] and edit_distance(name, known, 1) is not None:
            return PlaceNotFound(text, REASON.format(place=_TERRITORIES.get(known) or _TOWNS[known]))
    return None


def _is_in_the_north(whole: str) -> bool:
    """Return whether a text that ends in "Ireland" names a place in Northern Ireland: "Belfast, Ireland"."""
    before = re.sub(r" (?:republic of |southern )?(?:ireland|eire|roi)$", "", whole)
    answer = find_name(before) if before != whole else None
    if isinstance(answer, PlaceChoices):
        options = answer.options
    else:
        options = (answer,) if isinstance(answer, LocatedPlace) else ()
    return any(option.area.gss_code.startswith("N") for option in options if option.area.gss_code)
