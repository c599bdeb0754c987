"""Where: areas, towns and postcodes of the United Kingdom."""

from .area import Area, AreaPart
from .gazetteer import GazetteerLoad, Postcode, PostcodeSector
from .noun import Noun
from .town import Town

__all__ = ["Area", "AreaPart", "GazetteerLoad", "Noun", "Postcode", "PostcodeSector", "Town"]
