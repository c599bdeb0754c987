"""Orders of printed lists."""

from django.db.models import TextChoices


class Order(TextChoices):
    """What the groups of a list are sectioned by."""

    OWN = "own", "In my own order"
    DAY = "day", "By day"
    PLACE = "place", "By place"
    ORGANISATION = "organisation", "By organisation"
