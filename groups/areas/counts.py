"""Count the listed groups of each area, official and informal, from the directory snapshot."""

from dataclasses import dataclass

from ..search.snapshot.snapshot import DirectorySnapshot


@dataclass(frozen=True)
class AreaCount:
    """The number of listed groups that meet in an area, and of those that serve all of it."""

    meeting: int = 0
    area_wide: int = 0

    def __bool__(self) -> bool:
        return bool(self.meeting or self.area_wide)

    @property
    def sentence(self) -> str:
        """The count in words: "2 groups, 1 for the whole area"; "1 group for the whole area"."""
        count = self.meeting or self.area_wide
        if not count:
            return "no groups yet"
        groups = f"{count} group{'' if count == 1 else 's'}"
        if not self.meeting:
            return f"{groups} for the whole area"
        return f"{groups}, {self.area_wide} for the whole area" if self.area_wide else groups


def area_counts(snapshot: DirectorySnapshot) -> dict[int, AreaCount]:
    """Return `{area_pk: AreaCount}` for the areas that have groups, cached until one changes."""
    index = snapshot.index

    def compute() -> dict[int, AreaCount]:
        return {area: AreaCount(*index.in_area(area)) for area in index.areas()}

    def patch(before: dict[int, AreaCount], changed: frozenset[int]) -> dict[int, AreaCount]:
        counted = {area: AreaCount(*index.in_area(area)) for area in changed}
        return {area: count for area, count in (before | counted).items() if count}

    counts: dict[int, AreaCount] = snapshot.of_counts.get(("counts",), compute, patch)
    return counts
