"""The distance field of the search form."""

from django import forms

from .query import MILES


class MilesField(forms.TypedChoiceField):
    """A distance in miles. Shows the default if it is missing or invalid."""

    def bound_data(self, data: str | None, initial: int) -> str | int:
        return data if data in {str(miles) for miles in MILES} else initial
