"""The places that the whole suite stands on: every real area, sector and town, and the postcodes of a few sectors."""

from pathlib import Path

from places.loading.gazetteer import load_gazetteer
from places.loading.sources import Sources

#: Real postcodes of a few sectors: TA20 1, CT9 1, TS13 4, TS14 6, DY1 1, ME13 7, CF10 1, EH1 1, LL11 1 and others.
SOME_POSTCODES = Path(__file__).parent / "data" / "postcodes.csv"


def load_small_gazetteer() -> None:
    """Load the places that come with the site, by the same code, with a sample of their postcodes: about a second."""
    load_gazetteer(Sources(given_postcodes=SOME_POSTCODES), every_postcode=False)
