"""Merge duplicates into a row, in one transaction, and undo it while neither was changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, router, transaction
from django.db.models.deletion import Collector

from ..models import Merge, MergedRow, has_revisions, record_first_revisions, single_revision
from .moves import Moves, read_moves
from .plan import MergePlan
from .relations import related_field, revised_rows
from .steps import Step, Steps, touch, undo

#: By model, the keys of rows whose revisions a merge changes.
Touched = dict[Any, set[int]]


class MergeError(Exception):
    """A merge, or its undoing, that is not possible: the message says why. Nothing was changed."""


class RelationLostError(Exception):
    """A bug: something points to a duplicate still that would be deleted, or emptied, with it."""


@transaction.atomic
def merge(plan: MergePlan, user: Any) -> Merge:
    """Carry out a plan whose rows were read and locked in this transaction. Return the merge.

    Raises `MergeError` if something is in the way, `ValidationError` if the resulting row is not valid.
    """
    if plan.obstacles:
        raise MergeError("Some rows of theirs cannot stand beside each other.")
    model: Any = plan.kind.model
    moves = [read_moves(plan.kind, relation, plan.keys, plan.chosen) for relation in plan.relations]
    changes, values = Steps(), plan.new_values()
    version_before, reason = _version(plan.target), f"Merged with another {model._meta.verbose_name}"
    touched = _touched(moves)
    touched[model] -= set(plan.keys)
    _lock(touched)
    for revised, keys in touched.items():
        record_first_revisions(revised, keys)
    record_first_revisions(model, plan.keys)
    names = [MergedRow(model=model._meta.label_lower, row_id=row.pk, name=str(row)[:255]) for row in plan.duplicates]
    for each in moves:
        _carry_out(each, plan.target.pk, changes)
    for row in plan.duplicates:
        _add_former(plan, row, changes)
        _refuse_relations(row)
        changes.delete([row])
    target = model._base_manager.get(pk=plan.target.pk)
    changes.note_values(target, values)
    with single_revision(target, reason):
        for name, value in values.items():
            setattr(target, name, value)
        target.full_clean()
        target.save()
    for revised, keys in touched.items():
        touch(revised, keys, reason)
    steps: list[Step] = [
        *changes.done,
        *(["touch", key._meta.label_lower, sorted(ids)] for key, ids in touched.items()),
    ]
    done = Merge.objects.create(
        model=model._meta.label_lower,
        target_id=target.pk,
        version_before=version_before,
        version_after=_version(model._base_manager.get(pk=target.pk)),
        steps=steps,
        user=user,
    )
    for each_name in names:
        each_name.merge = done
    MergedRow.objects.bulk_create(names)
    return done


def _carry_out(moves: Moves, target: int, changes: Steps) -> None:
    for rows, other, nested in moves.absorbed:
        for each in nested:
            _carry_out(each, other.pk, changes)
        if has_revisions(type(other)):
            for row in rows:
                _remember(row, other, changes)
    # A row between two of those that are merged is dropped by both of its relations.
    changes.delete(row for row in moves.dropped if type(row)._base_manager.filter(pk=row.pk).exists())
    for owner, keys in moves.moved.items():
        changes.move(moves.relation, keys, owner, target)


def _remember(row: Any, other: Any, changes: Steps) -> None:
    """Record a row that goes as merged into the other, which then shows its history; undone with the rest."""
    version = _version(other)
    label = row._meta.label_lower
    merged = Merge(model=label, target_id=other.pk, version_before=version, version_after=version)
    changes.add(merged)
    MergedRow.objects.create(merge=merged, model=label, row_id=row.pk, name=str(row)[:255])


def can_be_undone(merge: Merge, target: Any) -> bool:
    """Return whether a merge may be undone: the row that stayed has not been saved since."""
    return bool(merge.steps) and merge.version_after == _version(target)


@transaction.atomic
def undo_merge(key: int) -> Any:
    """Undo a merge: restore the duplicates and what belonged to them. Return the row that had stayed.

    What was added to that row since stays with it. Raises `MergeError` if it was changed, or the merge is gone.
    """
    done = Merge.objects.select_for_update().filter(pk=key).first()
    if done is None:
        raise MergeError("It has been undone already.")
    model: Any = apps.get_model(done.model)
    target = model._base_manager.select_for_update().filter(pk=done.target_id).first()
    if target is None or not can_be_undone(done, target):
        raise MergeError("It was changed since. What was merged can be read in its history.")
    reason = "Not merged after all"
    touched: Touched = {apps.get_model(label): set(keys) for kind, label, keys in _last(done.steps)}
    _lock(touched)
    try:
        with transaction.atomic(), single_revision(target, reason):
            undo(done.steps[: len(done.steps) - len(touched)], target)
    except (IntegrityError, ValidationError) as error:
        raise MergeError("What was merged cannot come back: something else has its name or its place now.") from error
    for revised, keys in touched.items():
        touch(revised, keys, reason)
    restored = [row.row_id for row in done.rows.all()]
    touch(model, restored, reason)
    version = _version(model._base_manager.get(pk=target.pk))
    earlier = Merge.objects.filter(model=done.model, target_id=done.target_id, version_after=done.version_before)
    done.delete()
    # The merge before it can be undone now: nobody has changed anything since but this merge, which is no more.
    earlier.update(version_after=version)
    return target


def lock_rows(model: Any, keys: Collection[int]) -> list[Any]:
    """Lock rows in the order of their keys, so that two merges cannot deadlock. Return those that exist."""
    return list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))


def _last(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step[0] == "touch"]


def _touched(moves: Iterable[Moves]) -> Touched:
    touched: Touched = defaultdict(set)
    for each in _with_nested(moves):
        keys = [row.pk for row in each.dropped] + [key for ids in each.moved.values() for key in ids]
        for model, ids in revised_rows(each.relation, keys) if keys else ():
            touched[model] |= ids
    return touched


def _with_nested(moves: Iterable[Moves]) -> Iterator[Moves]:
    for each in moves:
        yield each
        for _, _, nested in each.absorbed:
            yield from _with_nested(nested)


def _lock(touched: Touched) -> None:
    for model in sorted(touched, key=lambda model: str(model._meta.label)):
        lock_rows(model, touched[model])


def _add_former(plan: MergePlan, row: Any, changes: Steps) -> None:
    """Have the identifiers of a duplicate lead to the row that stays."""
    for name, (relation, column) in plan.kind.former.items():
        field: Any = related_field(plan.kind.model, relation)
        changes.add(field.model(**{column: getattr(row, name), field.name: plan.target}))


def _refuse_relations(row: Any) -> None:
    """Raise `RelationLostError` if deleting a row would delete, or set to NULL, anything else."""
    collector: Any = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    others = [model for model, rows in collector.data.items() for each in rows if each != row]
    others += [queryset.model for queryset in collector.fast_deletes if queryset.exists()]
    # Rows or querysets, some of them empty.
    others += [field.model for (field, _), rows in collector.field_updates.items() if any(len(each) for each in rows)]
    own_history = {row.history.model} if has_revisions(type(row)) else set()
    lost = {model._meta.label for model in others if model not in own_history}
    if lost:
        raise RelationLostError(f"{row._meta.label} would take away rows of {', '.join(sorted(lost))}.")


def _version(row: Any) -> str:
    """Return the version of a row: its revision number, else the time it was last saved, as text."""
    return str(row.revision) if hasattr(row, "revision") else row.updated_at.isoformat()
