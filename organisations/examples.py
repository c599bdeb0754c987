"""Which listings are generated examples: nobody has to check them, no letter goes to them, no figure counts them."""

import uuid

from django.db.models import Q

#: The source that every example names on its page. One that an editor gives another source is real from then on.
SOURCE = "Generated example"
#: Every example's public identity begins with this: version 8 of RFC 9562 leaves the rest to us.
PREFIX = 0xE8A3B1E0
_FIRST = uuid.UUID(int=PREFIX << 96)
_LAST = uuid.UUID(int=(PREFIX << 96) | (1 << 96) - 1)


def made_as_example(path: str = "") -> Q:
    """Return the condition that a row, or what a path of relations leads to, was generated, whatever it is today."""
    return Q(**{f"{path}public_id__range": (_FIRST, _LAST)})


def is_example(path: str = "") -> Q:
    """Return the condition that a listing, or the one that a path of relations leads to, is an example today."""
    return made_as_example(path) & Q(**{f"{path}source_name": SOURCE})
