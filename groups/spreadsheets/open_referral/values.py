"""Read values of a feed, whatever type they have: the schema leaves out much of what real feeds send. Pure."""

import datetime
import html
import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import strip_tags

Json = Mapping[str, Any]

_BLOCK = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[a-z][^>]*>", re.IGNORECASE)
_LINES = re.compile(r"\n{3,}")


def text(record: Json, *names: str) -> str:
    """Return the first of some fields that has a text or number in it, without HTML; "" if none has."""
    for name in names:
        value = record.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}" if isinstance(value, float) else str(value)
        if isinstance(value, str) and (words := _plain(value)):
            return words
    return ""


def objects(record: Json, name: str) -> list[Json]:
    """Return the objects in a list of a record; [] for anything else."""
    value = record.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def nested(record: Json, name: str) -> Json:
    """Return the object in a field; {} for anything else."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def number(record: Json, name: str) -> float | None:
    """Return the number in a field, also of a text; None for anything else."""
    value = record.get(name)
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None


def whole_number(record: Json, name: str) -> int | None:
    """Return the whole number in a field, also of a text; None for anything else."""
    value = number(record, name)
    return int(value) if value is not None and value.is_integer() else None


def day(record: Json, *names: str) -> datetime.date | None:
    """Return the first of some fields that begins with a date in ISO 8601; None if none does."""
    for name in names:
        try:
            return datetime.date.fromisoformat(text(record, name)[:10])
        except ValueError:
            continue
    return None


def _plain(value: str) -> str:
    """Return a text with its lines and without tags, as one that is not HTML."""
    if _TAG.search(value):
        value = strip_tags(_BLOCK.sub("\n", value))
    # Entities stand in texts without a tag, too.
    value = html.unescape(value)
    lines = (" ".join(line.split()) for line in value.splitlines())
    return _LINES.sub("\n\n", "\n".join(lines)).strip()
