"""How many groups there are in each area, official and informal: a few queries, folded here."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from places.models import AreaPart

from .models import SupportGroup


@dataclass
class AreaCount:
    """What is listed for an area: groups that meet in it, and the groups and programmes that are for it as a whole."""

    meeting: int = 0
    serving: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.meeting or self.serving)

    @property
    def size(self) -> int:
        """How much is listed in all, to compare areas by."""
        return self.meeting + len(self.serving)

    @property
    def sentence(self) -> str:
        """The count in words: "2 groups, 1 area-wide"."""
        said = []
        if self.meeting:
            said.append(f"{self.meeting} group{'' if self.meeting == 1 else 's'}")
        if self.serving:
            said.append(f"{len(self.serving)} area-wide")
        return ", ".join(said) or "none listed yet"


def area_counts(today: datetime.date) -> dict[int, AreaCount]:
    """What is listed on a day, by the key of every area that has anything: three queries, whatever the size."""
    listed = SupportGroup.objects.listed(today)
    counts: dict[int, AreaCount] = defaultdict(AreaCount)
    parts = _Parts()
    placed = listed.with_place().filter(place_district_id__isnull=False)
    for row in placed.values("place_district_id", "place_outward_code").annotate(groups=Count("pk")).order_by():
        for area in parts.holding(row["place_district_id"], row["place_outward_code"] or ""):
            counts[area].meeting += row["groups"]
    unplaced = listed.filter(Q(venue=None) & Q(town=None), areas_served__isnull=False)
    for group, area in unplaced.values_list("pk", "areas_served").order_by():
        for overlapping in parts.overlapping(area):
            counts[overlapping].serving.add(group)
    return dict(counts)


class _Parts:
    """The districts, or parts of them, that lie in each area, both ways round."""

    def __init__(self) -> None:
        self.of_area: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.of_district: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for area, district, code in AreaPart.objects.values_list("area", "district", "outward_code"):
            self.of_area[area].append((district, code))
            self.of_district[district].append((area, code))

    def holding(self, district: int, code: str) -> set[int]:
        return {area for area, part in self.of_district[district] if part in ("", code)}

    def overlapping(self, area: int) -> set[int]:
        return {
            other
            for district, code in self.of_area[area]
            for other, part in self.of_district[district]
            if not code or not part or code == part
        }
