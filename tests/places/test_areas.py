import pytest
from django.core.exceptions import ValidationError

from places.choices import AreaKind
from places.models import Area

pytestmark = pytest.mark.django_db


def names(areas) -> set[str]:
    return set(areas.values_list("name", flat=True))


def test_area_holding_a_district_is_every_area_it_lies_in():
    thanet = Area.objects.get(name="Thanet")

    holding = names(Area.objects.holding(thanet.pk).listed())

    assert holding == {"England", "South East", "Kent", "Thanet", "East Kent", "Kent and Medway"}


def test_area_holding_a_part_of_a_district_depends_on_the_outward_code():
    swale = Area.objects.get(name="Swale")

    faversham = names(Area.objects.holding(swale.pk, "ME13").listed())
    sheerness = names(Area.objects.holding(swale.pk, "ME12").listed())

    assert faversham - sheerness == {"East Kent"}
    assert sheerness == {"England", "South East", "Kent", "Swale", "Kent and Medway"}


def test_area_named_finds_every_name():
    named = names(Area.objects.named("ynys mon", "hull", "kent"))

    assert named == {"Isle of Anglesey", "Kingston upon Hull", "Kent"}


def test_area_named_finds_nothing_by_a_part_of_a_name():
    assert not Area.objects.named("ynys").exists()
    assert not Area.objects.named().exists()


def test_area_ancestors_of_an_informal_area_are_none():
    assert list(Area.objects.ancestors_of(Area.objects.get(name="East Kent"))) == []


def test_area_within_a_nation_is_everything_below_it():
    wales = Area.objects.get(name="Wales")

    assert Area.objects.within(wales).count() == 22


def test_area_folds_its_names_when_saved():
    area = Area(name="St. Mary's", name_cy="Môn", aliases=["Our & Patch"], slug="st-marys", kind=AreaKind.INFORMAL)

    area.save()

    assert area.folded_names == "|st marys|mon|our and patch|"


def test_area_has_a_gss_code_unless_it_is_informal():
    with pytest.raises(ValidationError) as refusal:
        Area(name="Nowhere", slug="nowhere", kind=AreaKind.COUNTY).full_clean()

    assert refusal.value.messages == ["An official area has a GSS code; an informal one has none."]
