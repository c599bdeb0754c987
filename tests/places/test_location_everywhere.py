"""What must hold for every name in the gazetteer, tried on an even sample of the real ones."""

import pytest

from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices
from places.models import Area, PostcodeSector, Town

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("test_location.py makes the same queries on each")]


def test_locate_finds_a_sector_by_its_own_name():
    for sector in PostcodeSector.objects.order_by("sector")[::50]:
        assert locate(sector.sector).sector == sector.sector


def test_locate_finds_towns_again_by_its_own_queries():
    for name in Town.objects.order_by("folded_name").values_list("name", flat=True)[::25]:
        answer = locate(name)
        options = answer.options if isinstance(answer, PlaceChoices) else (answer, *answer.also)
        for option in options:
            again = locate(option.query)
            assert isinstance(again, LocatedPlace)
            assert (again.kind, again.area, again.latitude) == (option.kind, option.area, option.latitude)


def test_locate_finds_every_area_by_its_name():
    for area in Area.objects.all():
        answer = locate(area.name)
        options = answer.options if isinstance(answer, PlaceChoices) else (answer,)
        assert area in {option.area for option in options}
