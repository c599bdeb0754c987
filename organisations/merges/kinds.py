"""What a model must say of itself for its rows to be merged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class MergeKind:
    """How rows of a model are merged. Fields and relations are named as the model names them."""

    model: type[Model]
    #: Fields that are chosen as one, by the name of the first: a postcode goes with its town.
    together: tuple[tuple[str, ...], ...] = ()
    #: Fields of those that follow from the others: they are not shown.
    derived: frozenset[str] = frozenset()
    #: Fields that are asked about first.
    first: tuple[str, ...] = ()
    #: Values that win unless somebody chooses otherwise: confidential wins over public.
    cautious: Mapping[str, Any] = field(default_factory=dict)
    #: Fields whose cautious value only a manager may give up.
    for_managers: frozenset[str] = frozenset()
    #: By the name of an identifier, the relation and column in which that of a duplicate lives on.
    former: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Relations of which the row that stays keeps its own where both have one of a kind.
    target_wins: frozenset[str] = frozenset()
    #: Relations whose rows are chosen as one: those of both, or of one alone.
    chosen_rows: tuple[str, ...] = ()
    #: The field that takes in the names of duplicates, if there is one.
    former_names: str = ""
