"""How many groups there are in each area, official and informal, as search counts them."""

from dataclasses import dataclass

from ..search.snapshot.snapshot import DirectorySnapshot


@dataclass(frozen=True)
class AreaCount:
    """What is listed for an area: groups that meet in it, and the programmes and groups that are for it as a whole."""

    meeting: int = 0
    serving: int = 0

    def __bool__(self) -> bool:
        return bool(self.meeting or self.serving)

    @property
    def size(self) -> int:
        """How much is listed in all, to compare areas by."""
        return self.meeting + self.serving

    @property
    def sentence(self) -> str:
        """The count in words: "2 groups, 1 area-wide"."""
        said = []
        if self.meeting:
            said.append(f"{self.meeting} group{'' if self.meeting == 1 else 's'}")
        if self.serving:
            said.append(f"{self.serving} area-wide")
        return ", ".join(said) or "none listed yet"


def area_counts(here: DirectorySnapshot) -> dict[int, AreaCount]:
    """What is listed, by the key of every area that has anything."""
    return here.cached(("counts",), lambda: {area: AreaCount(*here.index.in_area(area)) for area in here.index.areas()})
