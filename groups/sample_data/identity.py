"""How rows are marked as examples: name, source and the prefix of the public identifier."""

import random
import uuid
from typing import Any

from django.db.models import QuerySet

from organisations.examples import PREFIX, SOURCE, made_as_example
from organisations.models import Sourced
from places.models import PublicModel

__all__ = ["MADE_AS_EXAMPLE", "SOURCE", "WORD", "example_id", "examples_of"]

#: The first word of the name of every example, so that nobody takes one for real.
WORD = "Example"
#: Filter for rows created as examples, even if an editor has made them real since.
MADE_AS_EXAMPLE = made_as_example()


def example_id(rng: random.Random) -> uuid.UUID:
    """Return a version 8 UUID with the prefix of examples, deterministic for the generator."""
    number = PREFIX << 96 | rng.getrandbits(96)
    number = number & ~(0xF << 76) | 8 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 2 << 62)


def examples_of(model: type[PublicModel]) -> QuerySet[Any]:
    """Return the rows of a model that are examples now."""
    rows: QuerySet[Any] = model._default_manager.filter(MADE_AS_EXAMPLE)
    return rows.filter(source_name=SOURCE) if issubclass(model, Sourced) else rows
