"""The areas in memory are those of the database: the same rows, in the same order, in the same places."""

import pytest

from groups.search.snapshot.snapshot import current_snapshot
from places.distance import distance_miles
from places.models import Area

pytestmark = pytest.mark.django_db


def test_areas_in_memory_lie_in_around_and_beside_one_another_as_plain_queries_say():
    table = current_snapshot().lookups.areas
    found, truth = {}, {}
    for area in Area.objects.all():
        districts = area.parts.values("district")
        inside = Area.objects.filter(pk__in=districts) if area.is_informal else area.children.all()
        sharing = Area.objects.informal().listed().filter(parts__district__in=districts).exclude(pk=area.pk).distinct()
        rows = table.lineage(area.pk), table.children(area.pk), table.overlapping(area.pk)
        found[area.name] = [[row.pk for row in kind] for kind in rows]
        truth[area.name] = [
            [row.pk for row in kind]
            for kind in (Area.objects.ancestors_of(area) if area.path else [area], inside, sharing)
        ]

    assert found == truth
    assert [row.pk for row in table.informal()] == [row.pk for row in Area.objects.informal().listed()]
    assert {row.pk: table.nation_of(row.pk) for row in table} == {row.pk: row.nation for row in Area.objects.all()}


def test_nearest_areas_in_memory_are_of_the_same_kind_with_groups_and_near():
    table = current_snapshot().lookups.areas
    everywhere = {row.pk for row in table}
    districts = list(Area.objects.districts().exclude(latitude=None))
    thanet = next(area for area in districts if area.name == "Thanet")
    miles = {
        other.pk: distance_miles(thanet.latitude, thanet.longitude, other.latitude, other.longitude)
        for other in districts
        if other != thanet
    }
    nearest = sorted(miles, key=miles.__getitem__)

    assert [row.pk for row in table.nearest(thanet.pk, everywhere, 1000, 4)] == nearest[:4]
    assert [row.pk for row in table.nearest(thanet.pk, everywhere - {nearest[0]}, 1000, 1)] == nearest[1:2]
    assert table.nearest(thanet.pk, everywhere, miles[nearest[0]] - 1, 4) == []
