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
    def size(self) -> int:
        """The total, to rank areas by."""
        return self.meeting + self.area_wide

    @property
    def sentence(self) -> str:
        """The count in words: "2 groups, 1 area-wide"."""
        parts = []
        if self.meeting:
            parts.append(f"{self.meeting} group{'' if self.meeting == 1 else 's'}")
        if self.area_wide:
            parts.append(f"{self.area_wide} area-wide")
        return ", ".join(parts) or "none listed yet"


def area_counts(snapshot: DirectorySnapshot) -> dict[int, AreaCount]:
    """Return `{area_pk: AreaCount}` for the areas that have groups, cached with the snapshot."""
    index = snapshot.index

    def compute() -> dict[int, AreaCount]:
        return {area: AreaCount(*index.in_area(area)) for area in index.areas()}

    counts: dict[int, AreaCount] = snapshot.cached(("counts",), compute)
    return counts
