"""What makes a row an example, for people and for the machine."""

import random
import uuid

from django.db.models import QuerySet

from organisations.examples import PREFIX, SOURCE, made_as_example
from organisations.models import Sourced
from places.models import PublicModel

__all__ = ["MADE_AS_EXAMPLE", "SOURCE", "WORD", "example_id", "examples_of"]

#: The first word of the name of every example, so that nobody takes one for real.
WORD = "Example"
#: What was made as an example, even if an editor has made it real since.
MADE_AS_EXAMPLE = made_as_example()


def example_id(rng: random.Random) -> uuid.UUID:
    """A public identity for an example: the same one for the same seed."""
    number = PREFIX << 96 | rng.getrandbits(96)
    number = number & ~(0xF << 76) | 8 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 2 << 62)


def examples_of(model: type[PublicModel]) -> QuerySet:
    """The rows of a model that are examples."""
    rows = model._default_manager.filter(MADE_AS_EXAMPLE)
    return rows.filter(source_name=SOURCE) if issubclass(model, Sourced) else rows
