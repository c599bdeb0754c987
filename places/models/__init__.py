"""Where: areas, towns and postcodes of the United Kingdom."""

from common.models import Kept, Noun

from .area import Area, AreaPart
from .gazetteer import GazetteerLoad, Postcode, PostcodeSector
from .ground import GroundTile
from .town import Town

__all__ = ["Area", "AreaPart", "GazetteerLoad", "GroundTile", "Kept", "Noun", "Postcode", "PostcodeSector", "Town"]
