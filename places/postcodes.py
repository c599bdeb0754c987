"""The format of United Kingdom postcodes, in any spacing and case. Pure."""

import re

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")

_AMONG_WORDS = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}\b", re.IGNORECASE | re.ASCII)


def compact_postcode(text: str) -> str:
    """Return a postcode in capitals without spaces: "TA201AA"."""
    return "".join(text.upper().split())


def is_postcode(text: str) -> bool:
    """Return whether the text has the format of a full postcode; it may not exist."""
    return _POSTCODE.fullmatch(compact_postcode(text)) is not None


def spaced_postcode(text: str) -> str:
    """Return a full postcode with its space: "TA20 1AA"."""
    compact = compact_postcode(text)
    return f"{compact[:-3]} {compact[-3:]}"


def split_at_postcode(text: str) -> tuple[str, str, str]:
    """Return the text before the first full postcode, the postcode, and the text after it; "" for missing parts."""
    match = _AMONG_WORDS.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()].strip(), match.group(), text[match.end() :].strip()


def cut_to_sectors(text: str) -> str:
    """Return the text with every full postcode cut to its sector: links must not carry a full one."""
    return _AMONG_WORDS.sub(lambda match: spaced_postcode(match.group())[:-2], text)
