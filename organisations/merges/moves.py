"""What becomes of the rows that point to duplicates: they move, unless the row that stays has the same already."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, ForeignKey, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .kinds import MergeKind
from .relations import accessor, is_link, is_part, relations_to, uniques

#: What two rows may differ in and still say the same.
_OF_THE_ROW = {"public_id", "created_at", "updated_at", "revision"}
#: The answer to which rows of a relation stay: those of all.
ALL = "all"


@dataclass
class Moves:
    """The rows of one relation: those that move, by the key of the duplicate; those that go; those in the way.

    A row that goes says what another says already, or that the row that stays belongs to itself. `absorbed` has those
    of them to which rows point, each with the other, and what becomes of those rows. One that is in the way
    cannot stand beside the other, and says something else: each with that other.
    """

    relation: "ForeignKey[Any, Any]"
    moved: dict[int, list[int]] = field(default_factory=dict)
    dropped: list[Model] = field(default_factory=list)
    obstacles: list[tuple[Model, Model]] = field(default_factory=list)
    absorbed: list[tuple[Model, Model, list["Moves"]]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(map(len, self.moved.values()))


def read_moves(
    kind: MergeKind, relation: "ForeignKey[Any, Any]", owners: Sequence[int], answers: Mapping[str, str]
) -> Moves:
    """Return what becomes of the rows of a relation to some rows, of which the first stays."""
    moves = Moves(relation)
    rows = list(_rows_of(relation, owners))
    rows.sort(key=lambda row: (owners.index(getattr(row, relation.attname)), row.pk))
    answer = answers.get(accessor(relation), ALL)
    known: dict[Any, Model] = {}
    for row, keys in zip(rows, _keys(relation, rows), strict=True):
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
            _drop(moves, kind, row, other)
    return moves


def _drop(moves: Moves, kind: MergeKind, row: Model, other: Model) -> None:
    """Let a row go where another stands, if it says the same, or less matters, and what points to it can move."""
    relation = moves.relation
    says_enough = accessor(relation) in kind.target_wins or _values(row, relation) == _values(other, relation)
    pointing = [each for each in relations_to(type(row)) if says_enough and _rows_of(each, [row.pk]).exists()]
    nested = [read_moves(MergeKind(type(row)), each, [other.pk, row.pk], {}) for each in pointing]
    if not says_enough or any(each.obstacles for each in nested):
        moves.obstacles.append((row, other))
        return
    moves.dropped.append(row)
    if nested:
        moves.absorbed.append((row, other, nested))


def must_be_read(kind: MergeKind, relation: "ForeignKey[Any, Any]") -> bool:
    """Return whether some rows of a relation may not be able to move; of any other relation all move."""
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


def _rows_of(relation: "ForeignKey[Any, Any]", owners: Collection[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = relation.model._base_manager.filter(**{f"{relation.name}__in": owners}).order_by("pk")
    return rows


def _keys(relation: "ForeignKey[Any, Any]", rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield for each row what no other row of the same owner may have again."""
    meta: Any = relation.model._meta
    unique_sets = []
    for names, condition in uniques(relation):
        others = [meta.get_field(name).attname for name in names if name != relation.name]
        rows_there: Any = relation.model._base_manager
        holding = None
        if condition is not None and rows:
            holding = set(rows_there.filter(condition, pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        unique_sets.append((names, others, holding))
    for row in rows:
        keys: list[Any] = []
        for names, others, holding in unique_sets:
            values = tuple(getattr(row, name) for name in others)
            if None not in values and (holding is None or row.pk in holding):
                keys.append((names, holding is None, values))
        if is_part(relation):
            keys.append(_values(row, relation))
        yield keys


def _values(row: Model, relation: "ForeignKey[Any, Any]") -> tuple[str, ...]:
    """Return what a row says, but for whose it is."""
    fields = [each for each in row._meta.concrete_fields if each != relation and not each.primary_key]
    return tuple(repr(getattr(row, each.attname)) for each in fields if each.name not in _OF_THE_ROW)


def _is_between(row: Any, relation: "ForeignKey[Any, Any]", owners: Collection[int]) -> bool:
    """Return whether a row relates those to each other that are merged: it would relate one to itself."""
    if is_link(relation):
        return False
    others = [each for each in _foreign_keys(relation) if each != relation]
    return any(each.related_model is relation.related_model and getattr(row, each.attname) in owners for each in others)


def _foreign_keys(relation: "ForeignKey[Any, Any]") -> "list[ForeignKey[Any, Any]]":
    return [each for each in relation.model._meta.concrete_fields if isinstance(each, ForeignKey)]
