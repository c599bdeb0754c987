"""What becomes of the rows that point to duplicates: they move, unless the row that stays has the same already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Case, Count, ForeignKey, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from .kinds import MergeKind
from .relations import accessor, is_link, is_part, relations_to, uniques

#: The fields in which two equal rows may differ.
_OF_THE_ROW = {"public_id", "created_at", "updated_at", "revision"}
#: The answer that the rows of all stay.
ALL = "all"
#: Before the number of a unique constraint, the attribute that says whether a row meets its condition.
_HOLDS = "meets_condition_"


@dataclass
class Moves:
    """The rows of one relation: those that move, by the key of the duplicate; those that go; those in the way.

    A row that goes says what another says already, or that the row that stays belongs to itself. `absorbed` has those
    of them to which rows point, all that say what another says with that other, and what becomes of those rows. One
    that is in the way cannot stand beside the other, and says something else: each with that other.
    """

    relation: "ForeignKey[Any, Any]"
    moved: dict[int, list[int]] = field(default_factory=dict)
    dropped: list[Model] = field(default_factory=list)
    obstacles: list[tuple[Model, Model]] = field(default_factory=list)
    absorbed: list[tuple[list[Model], Model, list["Moves"]]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(map(len, self.moved.values()))


def read_moves(
    kind: MergeKind,
    relation: "ForeignKey[Any, Any]",
    owners: Sequence[int],
    answers: Mapping[str, str],
    rows: Iterable[Any] | None = None,
) -> Moves:
    """Return what becomes of the rows of a relation to some rows, of which the first stays.

    `rows` are those of the relation, if they were read before, as `_read_rows` reads them.
    """
    moves = Moves(relation)
    rows = list(_read_rows(relation, owners) if rows is None else rows)
    rows.sort(key=lambda row: (owners.index(getattr(row, relation.attname)), row.pk))
    answer = answers.get(accessor(relation), ALL)
    known: dict[Any, Model] = {}
    pairs: list[tuple[Model, Model]] = []
    for row in rows:
        keys = _keys(relation, row)
        owner = getattr(row, relation.attname)
        other = next((known[key] for key in keys if key in known), None)
        if _is_between(row, relation, owners) or answer not in (ALL, str(owner)):
            moves.dropped.append(row)
            continue
        if other is None:
            known |= dict.fromkeys(keys, row)
            if owner != owners[0]:
                moves.moved.setdefault(owner, []).append(row.pk)
        else:
            pairs.append((row, other))
    _drop(moves, kind, pairs)
    order = {row.pk: number for number, row in enumerate(rows)}
    moves.dropped.sort(key=lambda row: order[row.pk])
    return moves


def _drop(moves: Moves, kind: MergeKind, pairs: Sequence[tuple[Model, Model]]) -> None:
    """Let each row go where another stands, if it says the same, or less matters, and what points to it can move."""
    relation = moves.relation
    target_wins = accessor(relation) in kind.target_wins
    absorbing: dict[Model, list[Model]] = defaultdict(list)
    for row, other in pairs:
        if target_wins or _values(row, relation) == _values(other, relation):
            absorbing[other].append(row)
        else:
            moves.obstacles.append((row, other))
    kind_of_rows = MergeKind(relation.model)
    absorbed = [row.pk for rows in absorbing.values() for row in rows]
    pointing = _rows_pointing_to(relation.model, absorbed, [other.pk for other in absorbing])
    for other, rows in absorbing.items():
        owners = [other.pk, *(row.pk for row in rows)]
        nested = [
            read_moves(kind_of_rows, each, owners, {}, chain.from_iterable(by_owner[key] for key in owners))
            for each, by_owner in pointing.items()
            if any(key in by_owner for key in owners[1:])
        ]
        if any(each.obstacles for each in nested):
            moves.obstacles += [(row, other) for row in rows]
            continue
        moves.dropped += rows
        if nested:
            moves.absorbed.append((rows, other, nested))


def _rows_pointing_to(
    model: type[Model], keys: Collection[int], others: Collection[int]
) -> "dict[ForeignKey[Any, Any], dict[int, list[Any]]]":
    """Return by relation, as far as one of `keys` has such, the rows that point to those or `others`, by owner."""
    relations = relations_to(model) if keys else []
    numbers = count_rows(MergeKind(model), relations, keys)
    found: dict[ForeignKey[Any, Any], dict[int, list[Any]]] = {}
    for relation in (each for each, number in zip(relations, numbers, strict=True) if number):
        by_owner = found[relation] = defaultdict(list)
        for row in _read_rows(relation, {*keys, *others}):
            by_owner[getattr(row, relation.attname)].append(row)
    return found


def must_be_read(kind: MergeKind, relation: "ForeignKey[Any, Any]") -> bool:
    """Return whether some rows of a relation may be unable to move; of any other relation all rows move."""
    between = any(other is not relation for other in _foreign_keys(relation) if other.related_model is kind.model)
    return bool(uniques(relation)) or is_part(relation) or between


def count_rows(kind: MergeKind, relations: "Collection[ForeignKey[Any, Any]]", owners: Collection[int]) -> list[int]:
    """Return how many rows of each relation point to some rows; one query for all relations."""
    columns = {f"number_{index}": _count(relation) for index, relation in enumerate(relations)}
    rows: Any = kind.model._base_manager.filter(pk__in=owners).order_by()
    counts = list(rows.annotate(**columns).values_list(*columns)) if columns else []
    return [sum(numbers) for numbers in zip(*counts, strict=True)] or [0] * len(columns)


def _count(relation: "ForeignKey[Any, Any]") -> Any:
    rows = relation.model._base_manager.filter(**{relation.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(relation.attname).annotate(number=Count("pk")).values("number")), 0)


def _read_rows(relation: "ForeignKey[Any, Any]", owners: Collection[int]) -> QuerySet[Any]:
    """Return the rows of a relation to some rows, each with whether it meets the conditions of unique constraints."""
    rows: Any = relation.model._base_manager.filter(**{f"{relation.name}__in": owners}).order_by("pk")
    conditions = {
        f"{_HOLDS}{index}": Case(When(condition, then=True), default=False)
        for index, (_, condition) in enumerate(uniques(relation))
        if condition is not None
    }
    holding: QuerySet[Any] = rows.annotate(**conditions)
    return holding


def _keys(relation: "ForeignKey[Any, Any]", row: Any) -> list[Any]:
    """Return the values that must be unique among the rows of one owner."""
    meta: Any = relation.model._meta
    keys: list[Any] = []
    for index, (names, condition) in enumerate(uniques(relation)):
        others = [meta.get_field(name).attname for name in names if name != relation.name]
        values = tuple(getattr(row, name) for name in others)
        if None not in values and (condition is None or getattr(row, f"{_HOLDS}{index}")):
            keys.append((names, condition is None, values))
    if is_part(relation):
        keys.append(_values(row, relation))
    return keys


def _values(row: Model, relation: "ForeignKey[Any, Any]") -> tuple[str, ...]:
    """Return the values of a row, without the foreign key to its owner."""
    fields = [each for each in row._meta.concrete_fields if each != relation and not each.primary_key]
    return tuple(repr(getattr(row, each.attname)) for each in fields if each.name not in _OF_THE_ROW)


def _is_between(row: Any, relation: "ForeignKey[Any, Any]", owners: Collection[int]) -> bool:
    """Return whether a row relates two of the merged rows: it would relate one to itself."""
    if is_link(relation):
        return False
    others = [each for each in _foreign_keys(relation) if each != relation]
    return any(each.related_model is relation.related_model and getattr(row, each.attname) in owners for each in others)


def _foreign_keys(relation: "ForeignKey[Any, Any]") -> "list[ForeignKey[Any, Any]]":
    return [each for each in relation.model._meta.concrete_fields if isinstance(each, ForeignKey)]
