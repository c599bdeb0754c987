"""The fixed choices of places, in the words visitors read."""

from django.db.models import TextChoices

#: The GSS code of London, a region that people speak of as a city.
LONDON = "E12000007"


class AreaKind(TextChoices):
    """What an area is: official (with a GSS code), or informal (people really use it and no code names it)."""

    NATION = "nation", "nation"
    REGION = "region", "region"
    COUNTY = "county", "county"
    DISTRICT = "district", "district"
    UNITARY_AUTHORITY = "unitary authority", "unitary authority"
    METROPOLITAN_DISTRICT = "metropolitan district", "metropolitan district"
    LONDON_BOROUGH = "london borough", "London borough"
    INFORMAL = "informal", "informal area"


#: The kinds that lie at the leaves of the tree: every postcode, town and venue is in exactly one of them.
DISTRICT_KINDS = [
    AreaKind.DISTRICT,
    AreaKind.UNITARY_AUTHORITY,
    AreaKind.METROPOLITAN_DISTRICT,
    AreaKind.LONDON_BOROUGH,
]


class LocationKind(TextChoices):
    """What somebody named when they said where: the kinds of answer that `locate` gives."""

    POSTCODE = "postcode", "postcode"
    SECTOR = "sector", "part of a postcode"
    OUTWARD_CODE = "outward code", "first half of a postcode"
    TOWN = "town", "town"
    AREA = "area", "area"
    POSITION = "position", "where somebody is"
