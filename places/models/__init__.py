"""Models of areas, towns and postcodes of the United Kingdom."""

from common.models import ChangeTracked, PublicModel

from .area import Area, AreaPart
from .gazetteer import GazetteerLoad, Locality, Postcode, PostcodeSector
from .town import Town

__all__ = [
    "Area",
    "AreaPart",
    "GazetteerLoad",
    "Locality",
    "ChangeTracked",
    "PublicModel",
    "Postcode",
    "PostcodeSector",
    "Town",
]
