"""How a list can be ordered, and laid out on paper."""

from django.db.models import TextChoices


class Order(TextChoices):
    """By what the groups of a list stand together."""

    OWN = "own", "In my own order"
    DAY = "day", "By day"
    PLACE = "place", "By place"
    ORGANISATION = "organisation", "By organisation"


class Layout(TextChoices):
    """How a list looks on paper."""

    STANDARD = "standard", "Standard"
    LARGE = "large", "Large print"
    WEEK = "week", "A week on a page"
    EASY = "easy", "One group on each page"
    POCKET = "pocket", "To fold for a pocket"
