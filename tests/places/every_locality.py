"""Every real locality, in place of the sample that the suite stands on."""

from places.loading.gazetteer import load_gazetteer
from places.loading.sources import Sources
from places.models import Locality
from tests.places.small_gazetteer import SOME_POSTCODES


def load_every_locality() -> None:
    """Load the localities that come with the site: some seconds. The test's transaction takes them away again."""
    load_gazetteer(Sources(given_postcodes=SOME_POSTCODES), every_postcode=False)
    assert Locality.objects.count() > 26_000
