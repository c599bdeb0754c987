"""The result of a load."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Model


@dataclass
class Summary:
    """Counts of rows created (by model), changed, and left as editors have them."""

    loaded: Counter[type[Model]] = field(default_factory=Counter)
    changed: int = 0
    left: int = 0

    def __str__(self) -> str:
        kinds = [_count(number, model) for model, number in self.loaded.items()]
        loaded = f"{', '.join(kinds)} loaded" if kinds else "Nothing new to load"
        return f"{loaded}; {self.changed} changed; {self.left} left as editors have them."


def _count(number: int, model: type[Model]) -> str:
    return f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
