"""Conditions for generated examples, which are left out of checks, e-mails and counts."""

import uuid

from django.db.models import Q

#: The `source_name` of every example. A listing that an editor gives another source is no example any more.
SOURCE = "Generated example"
#: The first 32 bits of the `public_id` of every example, a UUID of version 8 (RFC 9562).
PREFIX = 0xE8A3B1E0
_FIRST = uuid.UUID(int=PREFIX << 96)
_LAST = uuid.UUID(int=(PREFIX << 96) | (1 << 96) - 1)


def made_as_example(path: str = "") -> Q:
    """Return the condition that a row (or the end of a lookup path) was generated, even if edited since."""
    return Q(**{f"{path}public_id__range": (_FIRST, _LAST)})


def is_example(path: str = "") -> Q:
    """Return the condition that a listing (or the end of a lookup path) is still an example."""
    return made_as_example(path) & Q(**{f"{path}source_name": SOURCE})
