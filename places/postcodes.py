"""The shape of a United Kingdom postcode, whatever the spacing and case it is typed in. Pure."""

import re

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")

_AMONG_WORDS = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}\b", re.IGNORECASE | re.ASCII)


def compact_postcode(text: str) -> str:
    """A postcode in capitals without spaces: "TA201AA"."""
    return "".join(text.upper().split())


def is_postcode(text: str) -> bool:
    """Whether the text has the shape of a full postcode, if perhaps of one that does not exist."""
    return _POSTCODE.fullmatch(compact_postcode(text)) is not None


def spaced_postcode(text: str) -> str:
    """A full postcode as it is written on an envelope: "TA20 1AA"."""
    compact = compact_postcode(text)
    return f"{compact[:-3]} {compact[-3:]}"


def apart_from_postcode(text: str) -> tuple[str, str, str]:
    """What stands before the first full postcode among some words, the postcode, and what stands after it."""
    found = _AMONG_WORDS.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()].strip(), found.group(), text[found.end() :].strip()


def cut_to_sectors(text: str) -> str:
    """Some words with every full postcode among them cut to its sector: no link may carry the whole of one."""
    return _AMONG_WORDS.sub(lambda found: spaced_postcode(found.group())[:-2], text)
