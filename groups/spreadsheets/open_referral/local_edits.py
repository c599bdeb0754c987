"""Find what was changed here and in the feed, so that neither is overwritten unseen."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from organisations.choices import OrganisationKind, YesNo

from ...choices import Focus, Joining, LedBy
from ..group_results import GroupImportResult
from ..importer import preview_import
from ..organisation_columns import SERVICES
from ..row_state import RowState
from ..scope import ImportScope
from .rows import FeedRow, together

#: What stands in a cell of ours where nobody has said anything.
_UNANSWERED = {
    *("", "No", Focus.NOT_SAID.label, LedBy.NOT_SAID.label, Joining.NOT_SAID.label, YesNo.NOT_SAID.label),
    OrganisationKind.NOT_SAID.label,
}


@dataclass(frozen=True)
class LocalEdit:
    """A column that was changed here and in the feed: the name of what it belongs to, our text and theirs."""

    name: str
    title: str
    ours: str
    theirs: str


def settle_local_edits(
    rows: Mapping[int, FeedRow], result: GroupImportResult, scope: Callable[[], ImportScope], *, overwrites: bool
) -> list[LocalEdit]:
    """Return the local edits that a result would change. Unless it overwrites, its rows do not read them any more.

    What a row as it was read the last time would change was changed here since. Of what was never read, all that
    somebody has filled in counts as changed here.
    """
    if not result.changed and not result.changed_organisations:
        return []
    read = [row for row in rows.values() if row.has_been_read and row.differences]
    earlier = preview_import([row.earlier_row() for row in read], scope())
    assert isinstance(earlier, GroupImportResult)
    found = [
        *_edits_of_groups(rows, result, earlier, overwrites),
        *_edits_of_organisations(rows, result, earlier, overwrites),
    ]
    return [*dict.fromkeys(found)]


def _edits_of_groups(
    rows: Mapping[int, FeedRow], result: GroupImportResult, earlier: GroupImportResult, overwrites: bool
) -> Iterable[LocalEdit]:
    for state in result.changed:
        row = rows.get(state.number)
        if row is None:
            continue
        differences = row.differences
        for title, ours, theirs in state.changes:
            if title in differences and _is_edited(row, title, ours, earlier.states.get(state.number)):
                yield LocalEdit(str(state.group), title, ours, theirs)
                _omit([row], title, overwrites)


def _is_edited(row: FeedRow, title: str, ours: str, earlier: RowState | None) -> bool:
    if not row.has_been_read:
        return ours not in _UNANSWERED
    # Where it cannot be read any more what was read, nobody knows: it is shown.
    return earlier is None or any(each in together(title) for each, _, _ in earlier.changes)


def _edits_of_organisations(
    rows: Mapping[int, FeedRow], result: GroupImportResult, earlier: GroupImportResult, overwrites: bool
) -> Iterable[LocalEdit]:
    edited = {state.organisation.pk: {each for each, _, _ in state.changes} for state in earlier.changed_organisations}
    owned: dict[int | None, list[FeedRow]] = defaultdict(list)
    for number, row in rows.items():
        owned[_organisation_of(result, number)].append(row)
    for state in result.changed_organisations:
        key = state.organisation.pk
        own = owned[key]
        has_been_read = any(row.has_been_read for row in own)
        for title, ours, theirs in state.changes:
            is_edited = title in edited.get(key, ()) if has_been_read else ours not in _UNANSWERED
            # What a service adds to what its organisation does takes nothing away.
            if is_edited and not (title == SERVICES and ours in theirs):
                yield LocalEdit(str(state.organisation), title, ours, theirs)
                _omit(own, title, overwrites)


def _organisation_of(result: GroupImportResult, number: int) -> int | None:
    """Return the primary key of the organisation of a row; None if the row was not read."""
    if number in result.organisation_rows:
        return result.organisation_rows[number].pk
    state = result.states.get(number)
    return state.group.organisation.pk if state is not None else None


def _omit(rows: Sequence[FeedRow], title: str, overwrites: bool) -> None:
    for row in rows:
        if overwrites:
            return
        row.omit(title)
        if title == SERVICES and not row.is_group:
            # All its cells are one paragraph there.
            row.omitted.update(row.differences)
