"""What makes a row an example, for people and for the machine."""

import random
import uuid

from django.db.models import Q, QuerySet

from organisations.models import Sourced
from places.models import Noun

#: The first word of the name of every example, so that nobody takes one for real.
WORD = "Example"
#: The source that every example names on its page. One that an editor gives another source is real from then on.
SOURCE = "Generated example"

# Every example's public identity lies between these two: version 8 of RFC 9562 leaves the rest to us.
_PREFIX = 0xE8A3B1E0
_FIRST = uuid.UUID(int=_PREFIX << 96)
_LAST = uuid.UUID(int=(_PREFIX << 96) | (1 << 96) - 1)
#: What was made as an example, even if an editor has made it real since.
MADE_AS_EXAMPLE = Q(public_id__range=(_FIRST, _LAST))


def example_id(rng: random.Random) -> uuid.UUID:
    """A public identity for an example: the same one for the same seed."""
    number = _PREFIX << 96 | rng.getrandbits(96)
    number = number & ~(0xF << 76) | 8 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 2 << 62)


def examples_of(model: type[Noun]) -> QuerySet:
    """The rows of a model that are examples."""
    rows = model._default_manager.filter(MADE_AS_EXAMPLE)
    return rows.filter(source_name=SOURCE) if issubclass(model, Sourced) else rows
