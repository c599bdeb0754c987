"""The field of a search form for how far somebody can go."""

from django import forms

from .query import MILES


class MilesField(forms.TypedChoiceField):
    """How far somebody can go. Unasked, or unreadable, it shows the distance that is meant."""

    def bound_data(self, data: str | None, initial: int) -> str | int:
        return data if data in {str(miles) for miles in MILES} else initial
