"""Select the groups of a list: those that can be printed, and the reasons why others cannot."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from common.nations import Nation
from organisations.choices import Freshness
from places.models import Area

from ..models import GroupFormerCode, SupportGroup
from ..search.snapshot.snapshot import DirectorySnapshot
from ..shortlist import MOST_OF_AREA, Shortlist
from .rows import read_by_code, read_by_key


class Status(Enum):
    """Whether a group can be printed, or why not: in words for several groups, for one, and for one by its name."""

    PRINTABLE = ("", "", "")
    ENDED = ("have ended", "has ended", "{} has ended.")
    CLOSED = ("are closed to new people now", "is closed to new people now", "{} is closed to new people for now.")
    LAPSED = (
        "have not been checked for a long time",
        "has not been checked for a long time",
        "Nobody has checked {} for more than 15 months. Ask if it still meets.",
    )
    GONE = ("are no longer in this directory", "is no longer in this directory", "")

    def counted(self, number: int) -> str:
        """Return the sentence for a number of groups: "2 of these have ended."."""
        several, singular, _ = self.value
        return f"{number} of these {singular if number == 1 else several}."


@dataclass(frozen=True)
class SelectedGroup:
    """A code on a list, and its group; None where there is none, or none that is public."""

    code: str
    group: SupportGroup | None

    @cached_property
    def status(self) -> Status:
        if self.group is None:
            return Status.GONE
        if self.group.has_ended:
            return Status.ENDED
        if self.group.is_closed:
            return Status.CLOSED
        return Status.LAPSED if self.group.freshness.value == Freshness.LAPSED else Status.PRINTABLE

    @property
    def sentence(self) -> str:
        """The reason why it is not printed; "" where it is, and where its name is not public."""
        reason: str = self.status.value[2]
        return reason.format(self.group)


@dataclass(frozen=True)
class Selection:
    """The groups of a list, in its order."""

    rows: tuple[SelectedGroup, ...]

    @property
    def groups(self) -> list[SupportGroup]:
        """The groups that can be printed."""
        return [row.group for row in self.rows if row.group and row.status is Status.PRINTABLE]

    @cached_property
    def nations(self) -> set[Nation]:
        """The nations of the groups that can be printed, in at most one query."""
        return Area.objects.nations_of(area for group in self.groups for area in group.areas)

    @property
    def nation(self) -> Nation | None:
        """The nation, if all of them are in the same one; else None."""
        return Nation.shared_by(self.nations)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not printed, and why, a sentence each: by name where that is public, else only a number."""
        named = [row.sentence for row in self.rows if row.sentence]
        gone = self._counts[Status.GONE]
        if gone:
            were = "1 group is" if gone == 1 else f"{gone} groups are"
            named.append(f"{were} no longer in this directory.")
        return tuple(named)

    @property
    def news(self) -> list[str]:
        """The reasons why groups are not printed, counted: "2 of these have ended."."""
        return [
            status.counted(self._counts[status])
            for status in Status
            if status is not Status.PRINTABLE and self._counts[status]
        ]

    @property
    def _counts(self) -> Counter[Status]:
        return Counter(row.status for row in self.rows)


def select_codes(shortlist: Shortlist) -> Selection:
    """Return the selection for a shortlist, in a fixed number of queries."""
    groups = {group.code: group for group in read_by_code(shortlist.codes)}
    if former := _former_codes(set(shortlist.codes) - set(groups)):
        merged = {group.pk: group for group in read_by_key(set(former.values()))}
        groups |= {code: merged[key] for code, key in former.items() if key in merged}
    rows: dict[int | str, SelectedGroup] = {}
    for code in shortlist.codes:
        group = groups.get(code)
        # Of a group that another was merged into, both codes may be on a list.
        rows.setdefault(group.pk if group else code, SelectedGroup(code, group))
    return Selection(tuple(rows.values()))


def select_area(area: Area, snapshot: DirectorySnapshot) -> Selection | None:
    """Return the listed groups that meet in an area or serve it; None if there are more than `MOST_OF_AREA`."""
    # The directory in memory says at once that there are too many, and which there are.
    found = snapshot.index.of_area(area.pk)
    if found.bit_count() > MOST_OF_AREA:
        return None
    return Selection(tuple(SelectedGroup(group.code, group) for group in read_by_key(snapshot.index.pks(found))))


def _former_codes(codes: Collection[str]) -> dict[str, int]:
    """Return {code: key of the group} for the codes of groups that were merged into another."""
    return dict(GroupFormerCode.objects.filter(code__in=codes).values_list("code", "group")) if codes else {}
