"""Orders and layouts of printed lists."""

from django.db.models import TextChoices


class Order(TextChoices):
    """What the groups of a list are sectioned by."""

    OWN = "own", "In my own order"
    DAY = "day", "By day"
    PLACE = "place", "By place"
    ORGANISATION = "organisation", "By organisation"


class Layout(TextChoices):
    """The page design of a printed list."""

    STANDARD = "standard", "Standard"
    LARGE = "large", "Large print"
    WEEK = "week", "A week on a page"
    EASY = "easy", "One group on each page"
    POCKET = "pocket", "To fold for a pocket"
