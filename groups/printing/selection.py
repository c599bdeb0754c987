"""The groups of a list as they are now: those that can go on paper, and what became of the others."""

import datetime
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.db.models import Q

from common.nations import Nation
from organisations.choices import Freshness
from places.models import Area

from ..models import SupportGroup
from ..shortlist import Shortlist
from .bounds import MOST_OF_AREA


class Fate(Enum):
    """What became of a group on a list, as it is said of several, of one, and of one by its name."""

    HERE = ("", "", "")
    ENDED = ("have ended", "has ended", "{} has ended.")
    CLOSED = ("are closed to new people now", "is closed to new people now", "{} is closed to new people for now.")
    LAPSED = (
        "have not been checked for a long time",
        "has not been checked for a long time",
        "Nobody has checked {} for more than 15 months. Ask if it still meets.",
    )
    GONE = ("are no longer in this directory", "is no longer in this directory", "")

    def counted(self, number: int) -> str:
        """Of how many it is so: "2 of these have ended."."""
        several, one, _ = self.value
        return f"{number} of these {one if number == 1 else several}."


@dataclass(frozen=True)
class SelectedGroup:
    """A code on a list, and the group of that code; None where the public may not know of it, or there is none."""

    code: str
    group: SupportGroup | None

    @cached_property
    def fate(self) -> Fate:
        if self.group is None:
            return Fate.GONE
        if self.group.has_ended:
            return Fate.ENDED
        if self.group.is_closed:
            return Fate.CLOSED
        return Fate.LAPSED if self.group.freshness.value == Freshness.LAPSED else Fate.HERE

    @property
    def sentence(self) -> str:
        """Why it is not printed; "" where it is."""
        return self.fate.value[2].format(self.group)


@dataclass(frozen=True)
class Selection:
    """Everything on a list, in its order."""

    rows: tuple[SelectedGroup, ...]

    @property
    def groups(self) -> list[SupportGroup]:
        """Those that can be printed."""
        return [row.group for row in self.rows if row.fate is Fate.HERE]

    @cached_property
    def nations(self) -> set[Nation]:
        """The nations that the groups which can be printed are in, by at most one query."""
        return Area.objects.nations_of(area for group in self.groups for area in group.areas)

    @property
    def nation(self) -> Nation | None:
        """The nation that all of them are in; None where that is not just one."""
        return Nation.shared_by(self.nations)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not printed, and why, a sentence each: a name where it is public, else only how many."""
        named = [row.sentence for row in self.rows if row.sentence]
        gone = self._fates[Fate.GONE]
        if gone:
            were = "1 group is" if gone == 1 else f"{gone} groups are"
            named.append(f"{were} no longer in this directory.")
        return tuple(named)

    @property
    def news(self) -> list[str]:
        """What has become of some of them, counted: "2 of these have ended."."""
        return [fate.counted(self._fates[fate]) for fate in Fate if fate is not Fate.HERE and self._fates[fate]]

    @property
    def _fates(self) -> Counter:
        return Counter(row.fate for row in self.rows)


def select_codes(chosen: Shortlist) -> Selection:
    """The groups of a list as they are now, in a fixed number of queries."""
    groups = {group.code: group for group in _readable().filter(code__in=chosen.codes)} if chosen else {}
    return Selection(tuple(SelectedGroup(code, groups.get(code)) for code in chosen.codes))


def select_area(area: Area, today: datetime.date) -> Selection | None:
    """The listed groups that meet in an area or are for it; None if they are too many to print."""
    listed = SupportGroup.objects.listed(today)
    here = listed.filter(Q(pk__in=listed.located_in(area).values("pk")) | Q(pk__in=listed.serving(area).values("pk")))
    keys = list(here.order_by("name", "pk").values_list("pk", flat=True)[: MOST_OF_AREA + 1])
    if len(keys) > MOST_OF_AREA:
        return None
    groups = _readable().filter(pk__in=keys).order_by("name", "pk") if keys else []
    return Selection(tuple(SelectedGroup(group.code, group) for group in groups))


def _readable():
    """What the public may read, with everything that stands on paper."""
    readable = SupportGroup.objects.published().of_listed_organisations().with_last_check().with_place()
    return readable.for_cards().prefetch_related("routes", "contacts", "venue__access_features")
