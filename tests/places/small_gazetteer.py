"""The places that the whole suite stands on: every real area, sector, town and alias; few postcodes and localities."""

from pathlib import Path

from places.loading.gazetteer import load_gazetteer
from places.loading.sources import Sources

#: Real postcodes of a few sectors: TA20 1, CT9 1, TS13 4, TS14 6, DY1 1, ME13 7, CF10 1, EH1 1, LL11 1 and others.
SOME_POSTCODES = Path(__file__).parent / "data" / "postcodes.csv"

#: Every real locality of some names: Clapham, Dalston, Chorlton, Ash, Newton, what aliases mean, and others.
SOME_LOCALITIES = Path(__file__).parent / "data" / "localities.csv"


def load_small_gazetteer() -> None:
    """Load the places that come with the site, by the same code, with samples of the largest files: about a second."""
    sources = Sources(given_postcodes=SOME_POSTCODES, given_localities=SOME_LOCALITIES)
    load_gazetteer(sources, every_postcode=False)
